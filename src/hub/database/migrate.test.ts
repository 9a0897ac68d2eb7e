/** Several hubs start at once, and hubs of the version before are still up. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { startPostgres } from '../testing/test-databases.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres-database.ts';

test('hubs that start together on an empty database apply each migration once', async () => {
  const server = await startPostgres();
  const hubs = Array.from({ length: 4 }, () =>
    openPostgres(server.url, (error) => {
      throw error;
    }),
  );
  await Promise.all(hubs.map((hub) => migrate(hub)));
  const applied = await hubs[0]?.rows(z.object({ name: z.string() }), 'select name from migrations');
  expect(new Set(applied?.map(({ name }) => name)).size).toBe(applied?.length);
  expect(applied?.length).toBeGreaterThan(8);
  for (const hub of hubs) await hub.close();
  await server.stop();
});

test('a migration takes nothing away that an older hub uses', () => {
  const folder = new URL('./migrations/', import.meta.url);
  // Constraints and triggers may be dropped: they hold an older hub back from nothing.
  const takes =
    /\bdrop (table|column|view)\b|\brename (column|to)\b|\balter column \w+ (type|drop default)\b/i;
  expect(takes.test('alter table visits drop column room')).toBe(true);
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  expect(files.filter((name) => takes.test(readFileSync(new URL(name, folder), 'utf8')))).toEqual([]);
});

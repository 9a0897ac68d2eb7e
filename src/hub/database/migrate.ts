/** Brings a database to the newest schema: each file of migrations/ once, in order, all or none. */
import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Database } from './database.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

export async function migrate(database: Database): Promise<void> {
  await database.script(
    'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
  );
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  await database.transaction(async (queries) => {
    // Two hubs that start together: the second waits here and finds everything applied.
    await queries.script('lock table migrations in exclusive mode');
    const applied = await queries.rows(z.object({ name: z.string() }), 'select name from migrations');
    for (const name of files) {
      if (applied.some((migration) => migration.name === name)) continue;
      await queries.script(await readFile(new URL(name, FOLDER), 'utf8'));
      await queries.run('insert into migrations (name) values ($1)', [name]);
    }
  });
}

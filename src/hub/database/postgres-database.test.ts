import { expect, test } from 'vitest';
import { startPostgres } from '../testing/test-databases.ts';
import { openPostgres } from './postgres-database.ts';

test('who closes a database has let go of the server: one that stops then cuts nothing short', async () => {
  const lost: string[] = [];
  const server = await startPostgres();
  const databases = [1, 2, 3, 4].map(() => openPostgres(server.url, (error) => lost.push(error.message)));
  const connections = Array.from({ length: 8 });
  await Promise.all(
    databases.flatMap((database) => connections.map(() => database.run('select pg_sleep(0.05)'))),
  );
  for (const database of databases) await database.close();
  await server.stop();
  expect(lost).toEqual([]);
});

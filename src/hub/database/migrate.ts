/** Brings a database to the newest schema: each file of migrations/ once, in order, all or none. */
import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Database } from './database.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

/**
 * @param only of these files alone: a back-up of a former version is loaded into the schema that it had.
 * @throws RangeError where one of them is not known here.
 */
export async function migrate(database: Database, only?: readonly string[]): Promise<void> {
  const known = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  const unknown = only?.find((name) => !known.includes(name));
  if (unknown) throw new RangeError(`The migration ${unknown} is not known here.`);
  const files = known.filter((name) => only?.includes(name) ?? true);
  await database.transaction(async (queries) => {
    // Hubs that start together on an empty database: "if not exists" alone lets two of them meet. Any number will do.
    await queries.script('select pg_advisory_xact_lock(7301)');
    await queries.script(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
    );
    // The second waits here and finds everything applied.
    await queries.script('lock table migrations in exclusive mode');
    const applied = await queries.rows(z.object({ name: z.string() }), 'select name from migrations');
    for (const name of files) {
      if (applied.some((migration) => migration.name === name)) continue;
      await queries.script(await readFile(new URL(name, FOLDER), 'utf8'));
      await queries.run('insert into migrations (name) values ($1)', [name]);
    }
  });
}

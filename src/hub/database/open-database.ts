import { join } from 'node:path';
import type { HubConfiguration } from '../configuration.ts';
import type { Database } from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { migrate } from './migrate.ts';
import { openPglite } from './pglite-database.ts';
import { openPostgres } from './postgres-database.ts';

/** Opens the configured database and brings it to the newest schema. */
export async function openDatabase(
  configuration: HubConfiguration['database'],
  onLost: (error: Error) => void,
): Promise<Database> {
  const database = await openAsItIs(configuration, onLost);
  await migrate(database);
  return database;
}

/** Whatever its schema, or without one. */
export async function openAsItIs(
  configuration: HubConfiguration['database'],
  onLost: (error: Error) => void,
): Promise<Database> {
  return configuration.kind === 'url'
    ? openPostgres(configuration.url, onLost)
    : openFolder(configuration.folder);
}

async function openFolder(folder: string): Promise<Database> {
  const unlock = lockFolder(folder);
  // PGlite wants its folder for itself.
  const database = await openPglite(join(folder, 'postgresql'));
  return {
    ...database,
    close: async () => {
      await database.close();
      unlock();
    },
  };
}

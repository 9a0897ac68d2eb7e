/** The hub's own database, while the hub is down: for what no page does, such as the passing of days. */
import { join } from 'node:path';
import type { Town } from '#rig/town.ts';
import type { Database } from '../../src/hub/database/database.ts';
import { openDatabase } from '../../src/hub/database/open-database.ts';

export async function whileHubIsDown(
  { hub }: Pick<Town, 'hub'>,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  await hub.kill9();
  const database = await openDatabase({ kind: 'folder', folder: join(hub.folder, 'database') }, (error) => {
    throw error;
  });
  try {
    await work(database);
  } finally {
    await database.close();
  }
  await hub.restart();
}

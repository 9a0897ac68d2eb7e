/** What the operator's commands share: the hub's configuration, a key file, sentences in French, and how they end. */
import { pathToFileURL } from 'node:url';
import { type HubConfiguration, readConfiguration } from '../configuration.ts';
import type { Database } from '../database/database.ts';
import { openAsItIs } from '../database/open-database.ts';

export function isCommand(moduleUrl: string): boolean {
  return process.argv[1] !== undefined && moduleUrl === pathToFileURL(process.argv[1]).href;
}

/** A command says what went wrong in one sentence, and ends with 1. */
export class CommandFailed extends Error {}

/**
 * Runs `work` on the configured database, as it is. An embedded one is the running hub's alone: it must be stopped.
 * @param work gives the sentences to say; @throws CommandFailed.
 */
export async function runCommand(
  work: (database: Database, configuration: HubConfiguration) => Promise<readonly string[]>,
): Promise<void> {
  try {
    const configuration = readConfiguration(process.env);
    const database = await openAsItIs(configuration.database, (error) => console.error(error.name));
    try {
      for (const sentence of await work(database, configuration)) process.stdout.write(`${sentence}\n`);
    } finally {
      await database.close();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

/** @throws CommandFailed where the variable is missing. */
export function keyFileOf(variables: Record<string, string | undefined>): string {
  const file = variables.HUB_BACKUP_KEY_FILE;
  if (file) return file;
  throw new CommandFailed(
    'HUB_BACKUP_KEY_FILE doit nommer un fichier qui contient une phrase secrète ou une clé « age ».',
  );
}

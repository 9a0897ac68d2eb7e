/** npm run backup -- FILE: everything that the hub keeps, and its secret, in one encrypted file. */
import { existsSync } from 'node:fs';
import type { Database } from '../database/database.ts';
import { readSecrets, secretLines } from '../secret.ts';
import { CommandFailed, isCommand, keyFileOf, runCommand } from './command.ts';
import { dumpDatabase } from './dump.ts';
import { type BackupKey, readBackupKey, writeSealed } from './sealed-file.ts';

interface Backup {
  readonly database: Database;
  readonly file: string;
  readonly key: BackupKey;
  readonly secretFile: string;
  readonly at: number;
}

/** @returns how many rows. */
export async function backUpHub({ database, file, key, secretFile, at }: Backup): Promise<number> {
  const secrets = secretLines(readSecrets(secretFile));
  let rows = 0;
  await writeSealed(file, key, async (write) => {
    rows = await dumpDatabase(database, { at, secrets }, write);
  });
  return rows;
}

if (isCommand(import.meta.url)) {
  await runCommand(async (database, { secretFile }) => {
    const file = process.argv[2];
    if (!file) throw new CommandFailed('Dites où : npm run backup -- FICHIER');
    if (existsSync(file)) throw new CommandFailed(`${file} existe déjà : il ne sera pas remplacé.`);
    if (!existsSync(secretFile)) throw new CommandFailed(`Le secret du hub manque : ${secretFile}`);
    const key = await readBackupKey(keyFileOf(process.env));
    const rows = await backUpHub({ database, file, key, secretFile, at: Date.now() });
    return [
      `Sauvegarde faite : ${file} (${rows} lignes).`,
      'Elle contient aussi le secret du hub : gardez-la, et sa clé, en deux endroits différents.',
    ];
  });
}

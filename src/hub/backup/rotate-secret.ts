/**
 * npm run rotate-secret, with every hub stopped: a new secret, and everything personal sealed with it. The former one
 * stays below it in the secret's file: what it sealed meanwhile opens, and the audit trail's older links are verified
 * with it. Its line may be taken out once the trail is younger than the change, after twelve months.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { retention } from '../retention/retention.ts';
import { deriveKey, newSecret, readSecrets, type Secrets, secretLines } from '../secret.ts';
import { openBytes, sealBytes } from '../visits/personal-seal.ts';
import { isCommand, runCommand } from './command.ts';

/** @returns how many things were sealed anew. The file is changed first: a stop in between leaves nothing unreadable. */
export async function rotateSecret(database: Database, secretFile: string): Promise<number> {
  const secrets: Secrets = [newSecret(), ...readSecrets(secretFile)];
  writeFileSync(`${secretFile}.new`, secretLines(secrets), { mode: 0o600 });
  renameSync(`${secretFile}.new`, secretFile);
  return sealAnew(database, secrets);
}

function sealAnew(database: Database, secrets: Secrets): Promise<number> {
  return database.transaction(async (queries) => {
    let count = 0;
    for (const [table, { sealed = {}, sealedBy = 'id' }] of Object.entries(retention)) {
      for (const [column, use] of Object.entries(sealed)) {
        const keys = secrets.map((secret) => deriveKey(secret, use));
        const rows = await queries.rows(
          z.object({ id: z.uuid(), sealed: z.instanceof(Uint8Array) }),
          `select ${sealedBy} as id, ${column} as sealed from ${table} where ${column} is not null for update`,
        );
        for (const row of rows) {
          const anew = sealBytes(deriveKey(secrets[0], use), row.id, openBytes(keys, row.id, row.sealed));
          await queries.run(`update ${table} set ${column} = $2 where ${sealedBy} = $1`, [row.id, anew]);
        }
        count += rows.length;
      }
    }
    return count;
  });
}

if (isCommand(import.meta.url)) {
  await runCommand(async (database, { secretFile }) => {
    const count = await rotateSecret(database, secretFile);
    return [
      `Le secret est changé, et ${count} enregistrements sont chiffrés avec le nouveau.`,
      'Copiez ce fichier sur chaque hub, puis démarrez-les. Chacun devra se connecter de nouveau.',
    ];
  });
}

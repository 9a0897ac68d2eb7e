/** One-time codes that let a new terminal's public key into the hub. Only a keyed hash of a code is kept. */
import { createHmac, randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database, Queries } from '../database/database.ts';

/** No I and O: they are read as 1 and 0, which the code does not have. 34 − 2 = 32 signs: 60 bits a code. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
/** ms */
const CODE_LIFE = 3_600_000;

export interface EnrolmentCode {
  readonly code: string;
  readonly expiresAt: number;
}

export async function createEnrolmentCode(
  database: Queries,
  key: Uint8Array,
  request: { readonly mairieId: string; readonly terminalName: string; readonly now: number },
): Promise<EnrolmentCode> {
  const group = () => Array.from({ length: 4 }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  const code = [group(), group(), group()].join('-');
  const expiresAt = request.now + CODE_LIFE;
  await database.run('delete from enrolment_codes where expires_at < $1', [new Date(request.now)]);
  await database.run(
    'insert into enrolment_codes (code_hash, mairie_id, terminal_name, expires_at) values ($1, $2, $3, $4)',
    [hashCode(key, code), request.mairieId, request.terminalName, new Date(expiresAt)],
  );
  return { code, expiresAt };
}

/** Uses the code up and makes the terminal, both or neither. Null where the code is wrong, used or out of date. */
export function enrolTerminal(
  database: Database,
  key: Uint8Array,
  enrolment: { readonly code: string; readonly publicKey: string; readonly now: number },
): Promise<string | null> {
  const now = new Date(enrolment.now);
  return database.transaction(async (queries) => {
    const [used] = await queries.rows(
      z.object({ mairie_id: z.uuid(), terminal_name: z.string() }),
      `update enrolment_codes set used_at = $2
       where code_hash = $1 and used_at is null and expires_at > $2
       returning mairie_id, terminal_name`,
      [hashCode(key, enrolment.code), now],
    );
    if (!used) return null;
    const terminalId = randomUUID();
    await queries.run(
      'insert into terminals (id, mairie_id, name, public_key, enrolled_at) values ($1, $2, $3, $4, $5)',
      [terminalId, used.mairie_id, used.terminal_name, enrolment.publicKey, now],
    );
    return terminalId;
  });
}

/** The mairie's territory, to check that an operator is at home there. */
export async function territoryOf(database: Queries, mairieId: string): Promise<string | null> {
  const [found] = await database.rows(
    z.object({ territory_id: z.uuid() }),
    'select territory_id from mairies where id = $1',
    [mairieId],
  );
  return found?.territory_id ?? null;
}

function hashCode(key: Uint8Array, code: string): string {
  return createHmac('sha256', key).update(code).digest('base64url');
}

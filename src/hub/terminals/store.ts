import { z } from 'zod';
import {
  type SignedWipeReport,
  signedWipeReport,
  type TerminalReport,
  terminalReport,
} from '#shared/protocol/terminal-report.ts';
import { type SelfTestResult, selfTestResult } from '#shared/self-test.ts';
import type { Queries } from '../database/database.ts';

/** A report that an older terminal left in another shape is no reason to fail: it counts as none. */
const terminalRow = z
  .object({
    id: z.uuid(),
    name: z.string(),
    mairie_id: z.uuid(),
    mairie: z.string(),
    territory_id: z.uuid(),
    last_contact: z.date().nullable(),
    report: terminalReport.nullable().catch(null),
    last_wipe: signedWipeReport.nullable().catch(null),
    last_self_test: selfTestResult.nullable().catch(null),
    public_key: z.string(),
  })
  .transform((row) => ({
    terminalId: row.id,
    name: row.name,
    mairieId: row.mairie_id,
    mairie: row.mairie,
    territoryId: row.territory_id,
    lastContact: row.last_contact?.getTime() ?? null,
    report: row.report,
    lastWipe: row.last_wipe,
    lastSelfTest: row.last_self_test,
    publicKey: row.public_key,
  }));
export type TerminalRecord = z.output<typeof terminalRow>;

const SELECT = `
  select t.id, t.name, t.mairie_id, m.name as mairie, m.territory_id, t.last_contact, t.report, t.last_wipe,
    t.last_self_test, t.public_key
  from terminals t join mairies m on m.id = t.mairie_id`;

export function allTerminals(database: Queries): Promise<TerminalRecord[]> {
  return database.rows(terminalRow, `${SELECT} order by m.name, t.name, t.id`);
}

export async function findTerminal(database: Queries, terminalId: string): Promise<TerminalRecord | null> {
  const [found] = await database.rows(terminalRow, `${SELECT} where t.id = $1`, [terminalId]);
  return found ?? null;
}

/** Ed25519 public key, SPKI DER, base64url. */
export async function publicKeyOf(database: Queries, terminalId: string): Promise<string | null> {
  const [found] = await database.rows(
    z.object({ public_key: z.string() }),
    'select public_key from terminals where id = $1',
    [terminalId],
  );
  return found?.public_key ?? null;
}

export async function saveReport(
  database: Queries,
  terminalId: string,
  report: TerminalReport,
  at: number,
): Promise<void> {
  await database.run('update terminals set report = $2, last_contact = $3 where id = $1', [
    terminalId,
    JSON.stringify(report),
    new Date(at),
  ]);
}

export async function saveWipe(
  database: Queries,
  terminalId: string,
  report: SignedWipeReport,
): Promise<void> {
  await database.run('update terminals set last_wipe = $2 where id = $1', [
    terminalId,
    JSON.stringify(report),
  ]);
}

/** In place of the one before. */
export async function saveSelfTest(
  database: Queries,
  terminalId: string,
  result: SelfTestResult,
): Promise<void> {
  await database.run('update terminals set last_self_test = $2 where id = $1', [
    terminalId,
    JSON.stringify(result),
  ]);
}

export async function saveContact(database: Queries, terminalId: string, at: number): Promise<void> {
  await database.run('update terminals set last_contact = $2 where id = $1', [terminalId, new Date(at)]);
}

/** Of several terminals at once. */
export async function saveContacts(
  database: Queries,
  terminalIds: readonly string[],
  at: number,
): Promise<void> {
  await database.run('update terminals set last_contact = $2 where id = any($1::uuid[])', [
    terminalIds,
    new Date(at),
  ]);
}

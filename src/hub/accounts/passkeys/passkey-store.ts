/** Passkeys as the database has them. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { MOST_PASSKEYS } from '#shared/protocol/passkeys.ts';
import type { Queries } from '../../database/database.ts';
import type { NewPasskey } from './relying-party.ts';

const listed = z
  .object({ id: z.uuid(), label: z.string(), added_at: z.date(), last_used_at: z.date().nullable() })
  .transform((row) => ({
    passkeyId: row.id,
    label: row.label,
    addedAt: row.added_at.getTime(),
    lastUsedAt: row.last_used_at?.getTime() ?? null,
  }));

export function passkeysOf(queries: Queries, accountId: string) {
  return queries.rows(
    listed,
    'select id, label, added_at, last_used_at from passkeys where account_id = $1 order by added_at, id',
    [accountId],
  );
}

const named = z.object({ credential_id: z.string(), transports: z.array(z.string()) });

/** What the browser is told, so that no authenticator is added twice. */
export async function credentialsOf(queries: Queries, accountId: string) {
  const rows = await queries.rows(
    named,
    'select credential_id, transports from passkeys where account_id = $1',
    [accountId],
  );
  return rows.map(({ credential_id: id, transports }) => ({ id, transports }));
}

/** @returns its id, or why not. */
export async function addPasskey(
  queries: Queries,
  accountId: string,
  { credentialId, publicKey, counter, transports }: NewPasskey,
  { label, now }: { readonly label: string; readonly now: number },
): Promise<{ readonly passkeyId: string } | 'passkeyThere' | 'passkeysFull'> {
  // Of two that are added at once one comes first: the account's row is locked.
  await queries.rows(z.object({}), 'select 1 from accounts where id = $1 for update', [accountId]);
  if ((await passkeysOf(queries, accountId)).length >= MOST_PASSKEYS) return 'passkeysFull';
  const passkeyId = randomUUID();
  const added = await queries.run(
    `insert into passkeys (id, account_id, credential_id, public_key, counter, transports, label, added_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (credential_id) do nothing`,
    [passkeyId, accountId, credentialId, publicKey, counter, transports, label, new Date(now)],
  );
  return added > 0 ? { passkeyId } : 'passkeyThere';
}

/** False: there is none of this account by that id. */
export async function namePasskey(
  queries: Queries,
  accountId: string,
  passkeyId: string,
  label: string,
): Promise<boolean> {
  return (
    (await queries.run('update passkeys set label = $3 where id = $2 and account_id = $1', [
      accountId,
      passkeyId,
      label,
    ])) > 0
  );
}

export async function removePasskey(
  queries: Queries,
  accountId: string,
  passkeyId: string,
): Promise<boolean> {
  return (
    (await queries.run('delete from passkeys where id = $2 and account_id = $1', [accountId, passkeyId])) > 0
  );
}

const owned = z
  .object({
    id: z.uuid(),
    account_id: z.uuid(),
    email: z.string(),
    credential_id: z.string(),
    public_key: z.instanceof(Uint8Array),
  })
  .transform((row) => ({
    passkeyId: row.id,
    accountId: row.account_id,
    email: row.email,
    credentialId: row.credential_id,
    publicKey: row.public_key,
  }));
export type OwnedPasskey = z.output<typeof owned>;

/** Also of an account that may not log in: the audit is to say whose it was. */
export async function findPasskey(queries: Queries, credentialId: string): Promise<OwnedPasskey | null> {
  const [found] = await queries.rows(
    owned,
    `select p.id, p.account_id, a.email, p.credential_id, p.public_key
     from passkeys p join accounts a on a.id = p.account_id where p.credential_id = $1`,
    [credentialId],
  );
  return found ?? null;
}

/**
 * Web Authentication Level 3, 7.2, step 22: a counter that does not rise means that there may be a copy of the key. In one
 * statement: of two answers with one counter, at two hubs, one counts. False: it did not rise.
 */
export async function countUse(
  queries: Queries,
  passkeyId: string,
  counter: number,
  now: number,
): Promise<boolean> {
  const risen = await queries.run(
    `update passkeys set counter = $2::bigint, last_used_at = $3
     where id = $1 and (counter < $2::bigint or (counter = 0 and $2::bigint = 0))`,
    [passkeyId, counter, new Date(now)],
  );
  return risen > 0;
}

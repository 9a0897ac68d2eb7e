/** Which account somebody whom the provider vouches for is, and which returns from the provider were used. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FailureCode } from '#shared/failure.ts';
import type { Queries } from '../../database/database.ts';
import { type Account, findAccount, findAccountByEmail } from '../store.ts';
import type { Vouched } from './provider.ts';
import { ROUND_TRIP } from './round-trip-cookie.ts';

export type AccountFound =
  | { readonly ok: true; readonly account: Account }
  /** `accountId`: the account it was about, as far as there is one. */
  | { readonly ok: false; readonly code: FailureCode; readonly accountId: string | null };

/**
 * The provider alone makes no account. At the first log-in the e-mail address finds the account; from then on the provider's own
 * id does, so that an address that is changed there, or given to a successor, moves nothing here. At every log-in the person's
 * establishment must be the one written for the account: who has changed employer is out although the mairie forgot to say so.
 * Where none is written, nobody comes in by the provider: an e-mail address alone is what some other organisation's identity
 * provider says it is.
 */
export async function findLinkedAccount(
  database: Queries,
  vouched: Vouched,
  now: number,
): Promise<AccountFound> {
  const { issuer, subject, siret } = vouched;
  const [linked] = await database.rows(
    z.object({ account_id: z.uuid() }),
    'select account_id from provider_accounts where issuer = $1 and subject = $2',
    [issuer, subject],
  );
  const account = linked
    ? await findAccount(database, linked.account_id)
    : vouched.emailVerified
      ? ((await findAccountByEmail(database, vouched.email))?.account ?? null)
      : null;
  if (!account) return { ok: false, code: 'noAccount', accountId: null };
  const { accountId } = account;
  const expected = await establishmentOf(database, accountId);
  if (expected === null) return { ok: false, code: 'organisationNotLinked', accountId };
  if (expected !== siret) return { ok: false, code: 'wrongOrganisation', accountId };
  if (!linked && !(await link(database, vouched, accountId, now))) {
    return { ok: false, code: 'noAccount', accountId };
  }
  return { ok: true, account };
}

async function establishmentOf(database: Queries, accountId: string): Promise<string | null> {
  const [row] = await database.rows(
    z.object({ siret: z.string().nullable() }),
    `select coalesce(a.siret, m.siret, b.siret, t.siret) as siret
     from accounts a
     left join mairies m on m.id = a.mairie_id
     left join bodies b on b.id = a.body_id
     left join territories t on t.id = a.territory_id
     where a.id = $1`,
    [accountId],
  );
  return row?.siret ?? null;
}

/** False where the account is somebody else's already. */
async function link(
  database: Queries,
  { issuer, subject }: Vouched,
  accountId: string,
  now: number,
): Promise<boolean> {
  await database.run(
    `insert into provider_accounts (issuer, subject, account_id, linked_at) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [issuer, subject, accountId, new Date(now)],
  );
  // Two first log-ins of one person at once: the second finds what the first wrote.
  const own = await database.rows(
    z.object({}),
    'select 1 from provider_accounts where issuer = $1 and subject = $2 and account_id = $3',
    [issuer, subject, accountId],
  );
  return own.length > 0;
}

/** False where this return was used before, here or at another hub. */
export async function spendLogIn(database: Queries, state: string, now: number): Promise<boolean> {
  const hash = createHash('sha256').update(state).digest('base64url');
  const spent = await database.run(
    'insert into spent_log_ins (state_hash, until) values ($1, $2) on conflict do nothing',
    [hash, new Date(now + ROUND_TRIP)],
  );
  return spent === 1;
}

export function removeSpentLogIns(database: Queries, now: number): Promise<number> {
  return database.run('delete from spent_log_ins where until < $1', [new Date(now)]);
}

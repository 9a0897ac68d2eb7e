import { z } from 'zod';
import { role } from '#shared/protocol/views.ts';
import type { Queries } from '../database/database.ts';

const accountRow = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role,
    mairie_id: z.uuid().nullable(),
    mairie_ids: z.array(z.uuid()),
    body_id: z.uuid().nullable(),
    territory_id: z.uuid().nullable(),
    place: z.string(),
    password_hash: z.string(),
  })
  .transform((row): AccountWithPassword => {
    const common = { accountId: row.id, name: row.name, place: row.place };
    return { account: { ...common, ...scopeOf(row) }, passwordHash: row.password_hash };
  });

interface Common {
  readonly accountId: string;
  readonly name: string;
  /** The name of the mairie, the body or the territory; an agent's mairies; '' for an administrator. */
  readonly place: string;
}
export type Clerk = Common & { readonly role: 'clerk'; readonly mairieId: string };
/** Of France services: receives residents in several mairies, and does there what a clerk does. */
export type Agent = Common & { readonly role: 'agent'; readonly mairieIds: readonly string[] };
/** Whoever receives residents. */
export type Receiver = Clerk | Agent;
export type Counsellor = Common & { readonly role: 'counsellor'; readonly bodyId: string };
/** Answers a body's written questions. */
export type Correspondent = Common & { readonly role: 'correspondent'; readonly bodyId: string };
/** Whoever works for a body and writes in its name. */
export type Writer = Counsellor | Correspondent;
export type Operator = Common & { readonly role: 'operator'; readonly territoryId: string };
/** Of the whole hub: says who is who, and sees no visit. */
export type Administrator = Common & { readonly role: 'administrator' };
export type Account = Clerk | Agent | Counsellor | Correspondent | Operator | Administrator;

interface AccountWithPassword {
  readonly account: Account;
  readonly passwordHash: string;
}

const SELECT = `
  select a.id, a.name, a.role, a.mairie_id, a.body_id, a.territory_id, a.password_hash,
    coalesce(m.name, b.name, t.name, receives.names, '') as place, coalesce(receives.ids, '{}') as mairie_ids
  from accounts a
  left join mairies m on m.id = a.mairie_id
  left join bodies b on b.id = a.body_id
  left join territories t on t.id = a.territory_id
  left join lateral (
    select array_agg(am.mairie_id order by n.name, n.id) as ids, left(string_agg(n.name, ', ' order by n.name, n.id), 200) as names
    from agent_mairies am join mairies n on n.id = am.mairie_id where am.account_id = a.id
  ) receives on a.role = 'agent'`;

export function isReceiver(account: Account | null): account is Receiver {
  return account?.role === 'clerk' || account?.role === 'agent';
}

/** Those whose residents are this account's business. */
export function mairiesOf(account: Receiver): readonly string[] {
  return account.role === 'clerk' ? [account.mairieId] : account.mairieIds;
}

export function receivesAt(account: Account, mairieId: string): boolean {
  return isReceiver(account) && mairiesOf(account).includes(mairieId);
}

/** Null too where it is only invited, locked or removed: such a one is nobody. */
export async function findAccount(database: Queries, accountId: string): Promise<Account | null> {
  const [found] = await database.rows(accountRow, `${SELECT} where a.id = $1 and a.standing = 'active'`, [
    accountId,
  ]);
  return found?.account ?? null;
}

export async function findAccountByEmail(
  database: Queries,
  email: string,
): Promise<AccountWithPassword | null> {
  const [found] = await database.rows(accountRow, `${SELECT} where a.email = $1 and a.standing = 'active'`, [
    email.toLowerCase(),
  ]);
  return found ?? null;
}

const counsellorRow = z
  .object({ id: z.uuid(), name: z.string(), body_id: z.uuid(), skills: z.array(z.string()) })
  .transform(({ id, body_id: bodyId, ...rest }) => ({ accountId: id, bodyId, ...rest }));
export type CounsellorRecord = z.output<typeof counsellorRow>;

export function allCounsellors(database: Queries): Promise<CounsellorRecord[]> {
  return database.rows(
    counsellorRow,
    `select id, name, body_id, skills from accounts where role = 'counsellor' and standing = 'active' order by name, id`,
  );
}

function scopeOf(row: {
  role: Account['role'];
  mairie_id: string | null;
  mairie_ids: string[];
  body_id: string | null;
  territory_id: string | null;
}) {
  const { role, mairie_id: mairieId, body_id: bodyId, territory_id: territoryId } = row;
  if (role === 'clerk' && mairieId) return { role, mairieId };
  if (role === 'agent') return { role, mairieIds: row.mairie_ids };
  if ((role === 'counsellor' || role === 'correspondent') && bodyId) return { role, bodyId };
  if (role === 'operator' && territoryId) return { role, territoryId };
  if (role === 'administrator') return { role };
  throw new Error('An account without its scope: the database’s own check forbids it.');
}

export async function passwordHashOf(database: Queries, accountId: string): Promise<string | null> {
  const [found] = await database.rows(
    z.object({ password_hash: z.string() }),
    `select password_hash from accounts where id = $1 and standing = 'active'`,
    [accountId],
  );
  return found?.password_hash ?? null;
}

export async function emailOf(database: Queries, accountId: string): Promise<string> {
  const [found] = await database.rows(
    z.object({ email: z.string() }),
    'select email from accounts where id = $1',
    [accountId],
  );
  if (!found) throw new Error('An account that was just there is gone: rows of accounts are never deleted.');
  return found.email;
}

/** Whoever could log in until now no longer can with the old one. */
export async function setPassword(queries: Queries, accountId: string, passwordHash: string): Promise<void> {
  await queries.run(
    `update accounts set password_hash = $2, standing = 'active' where id = $1 and standing in ('invited', 'active')`,
    [accountId, passwordHash],
  );
}

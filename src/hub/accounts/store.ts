import { z } from 'zod';
import type { Queries } from '../database/database.ts';

const accountRow = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: z.enum(['clerk', 'counsellor', 'operator']),
    mairie_id: z.uuid().nullable(),
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
  /** The name of the mairie, the body or the territory. */
  readonly place: string;
}
export type Clerk = Common & { readonly role: 'clerk'; readonly mairieId: string };
export type Counsellor = Common & { readonly role: 'counsellor'; readonly bodyId: string };
type Operator = Common & { readonly role: 'operator'; readonly territoryId: string };
export type Account = Clerk | Counsellor | Operator;

interface AccountWithPassword {
  readonly account: Account;
  readonly passwordHash: string;
}

const SELECT = `
  select a.id, a.name, a.role, a.mairie_id, a.body_id, a.territory_id, a.password_hash,
    coalesce(m.name, b.name, t.name) as place
  from accounts a
  left join mairies m on m.id = a.mairie_id
  left join bodies b on b.id = a.body_id
  left join territories t on t.id = a.territory_id`;

export async function findAccount(database: Queries, accountId: string): Promise<Account | null> {
  const [found] = await database.rows(accountRow, `${SELECT} where a.id = $1`, [accountId]);
  return found?.account ?? null;
}

export async function findAccountByEmail(
  database: Queries,
  email: string,
): Promise<AccountWithPassword | null> {
  const [found] = await database.rows(accountRow, `${SELECT} where a.email = $1`, [email.toLowerCase()]);
  return found ?? null;
}

const counsellorRow = z
  .object({ id: z.uuid(), name: z.string(), body_id: z.uuid() })
  .transform((row) => ({ accountId: row.id, name: row.name, bodyId: row.body_id }));
export type CounsellorRecord = z.output<typeof counsellorRow>;

export function allCounsellors(database: Queries): Promise<CounsellorRecord[]> {
  return database.rows(
    counsellorRow,
    `select id, name, body_id from accounts where role = 'counsellor' order by name, id`,
  );
}

function scopeOf(row: {
  role: Account['role'];
  mairie_id: string | null;
  body_id: string | null;
  territory_id: string | null;
}) {
  if (row.role === 'clerk' && row.mairie_id) return { role: row.role, mairieId: row.mairie_id };
  if (row.role === 'counsellor' && row.body_id) return { role: row.role, bodyId: row.body_id };
  if (row.role === 'operator' && row.territory_id) return { role: row.role, territoryId: row.territory_id };
  throw new Error('An account without its scope: the database’s own check forbids it.');
}

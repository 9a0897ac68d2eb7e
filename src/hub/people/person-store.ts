/** What is done to accounts by others. Each takes the queries of the caller's transaction. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fail, type Result, succeed } from '#shared/failure.ts';
import type { InviteBody, PersonBody, Scope } from '#shared/protocol/people.ts';
import { type Role, role } from '#shared/protocol/views.ts';
import type { Queries } from '../database/database.ts';

/** In place of the name where something that stays points to a removed account: an appointment that was kept. */
const FORMER_NAME = 'Compte supprimé';

const found = z
  .object({
    role,
    email: z.string(),
    standing: z.enum(['invited', 'active', 'locked']),
    in_scope: z.boolean(),
  })
  .transform(({ in_scope: inScope, ...rest }) => ({ ...rest, inScope }));

/** Whose employer is not the place where they work. */
export const EMPLOYED_ELSEWHERE: readonly Role[] = ['agent', 'administrator'];

/** Null: removed, unknown, or out of this group's scope. */
export async function findPerson(queries: Queries, accountId: string, groupId: string | null) {
  const [person] = await queries.rows(
    found,
    `select a.role, a.email, a.standing, $2::uuid is null
       or (a.role = 'clerk' and (select territory_id from mairies where id = a.mairie_id) = $2)
       or (a.role = 'agent' and exists (select 1 from agent_mairies where account_id = a.id) and not exists (
         select 1 from agent_mairies am join mairies m on m.id = am.mairie_id
         where am.account_id = a.id and m.territory_id <> $2)) as in_scope
     from accounts a where a.id = $1 and a.standing <> 'removed'`,
    [accountId, groupId],
  );
  return person?.inScope ? person : null;
}

/** Whether every place of this scope exists, and belongs to this group where one is given. */
export async function mayPlace(queries: Queries, scope: Scope, groupId: string | null): Promise<boolean> {
  const exists = async (table: 'bodies' | 'territories', id: string) =>
    (await queries.rows(z.object({}), `select 1 from ${table} where id = $1`, [id])).length > 0;
  switch (scope.role) {
    case 'clerk':
      return areMairies(queries, [scope.mairieId], groupId);
    case 'agent':
      return areMairies(queries, scope.mairieIds, groupId);
    case 'counsellor':
    case 'correspondent':
      return groupId === null && exists('bodies', scope.bodyId);
    case 'operator':
      return groupId === null && exists('territories', scope.groupId);
    case 'administrator':
      return groupId === null;
  }
}

export async function areMairies(
  queries: Queries,
  mairieIds: readonly string[],
  groupId: string | null,
): Promise<boolean> {
  const rows = await queries.rows(
    z.object({}),
    'select 1 from mairies where id = any($1::uuid[]) and ($2::uuid is null or territory_id = $2)',
    [mairieIds, groupId],
  );
  return rows.length === new Set(mairieIds).size;
}

/** @param passwordHash of a password that nobody knows: the invited person sets another. */
export async function addPerson(
  queries: Queries,
  { name, email, scope }: InviteBody,
  passwordHash: string,
): Promise<Result<string>> {
  const accountId = randomUUID();
  const added = await queries.run(
    `insert into accounts (id, email, name, role, password_hash, mairie_id, body_id, territory_id, standing)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'invited') on conflict (email) do nothing`,
    [
      ...[accountId, email.toLowerCase(), name, scope.role, passwordHash],
      scope.role === 'clerk' ? scope.mairieId : null,
      scope.role === 'counsellor' || scope.role === 'correspondent' ? scope.bodyId : null,
      scope.role === 'operator' ? scope.groupId : null,
    ],
  );
  if (added === 0) return fail('emailTaken');
  if (scope.role === 'agent') await setMairies(queries, accountId, scope.mairieIds);
  return succeed(accountId);
}

export async function changePerson(
  queries: Queries,
  accountId: string,
  { name, mairieIds, skills, siret }: PersonBody,
): Promise<void> {
  await queries.run(
    `update accounts set name = $2, siret = case when role = any($4) then $3 else siret end
     where id = $1 and standing <> 'removed'`,
    [accountId, name, siret, EMPLOYED_ELSEWHERE],
  );
  if (mairieIds) await setMairies(queries, accountId, mairieIds);
  if (skills) await setSkills(queries, accountId, skills);
}

/** What the body no longer calls a motive is left out: it would be found in no visit. */
async function setSkills(queries: Queries, accountId: string, skills: readonly string[]): Promise<void> {
  await queries.run(
    `update accounts set skills = array(
       select distinct motive from bodies b, unnest(b.motives) motive
       where b.id = accounts.body_id and motive = any($2::text[]))
     where id = $1`,
    [accountId, skills],
  );
}

async function setMairies(queries: Queries, accountId: string, mairieIds: readonly string[]): Promise<void> {
  await queries.run('delete from agent_mairies where account_id = $1', [accountId]);
  await queries.run(
    `insert into agent_mairies (account_id, mairie_id) select distinct $1::uuid, unnest($2::uuid[])`,
    [accountId, mairieIds],
  );
}

export async function setLocked(queries: Queries, accountId: string, locked: boolean): Promise<void> {
  await queries.run(`update accounts set standing = $2 where id = $1 and standing <> 'removed'`, [
    accountId,
    locked ? 'locked' : 'active',
  ]);
  if (locked) await queries.run('delete from account_links where account_id = $1', [accountId]);
}

/** Of two administrators who close each other's account at once, one keeps it: their rows are locked. */
export async function isLastAdministrator(queries: Queries, accountId: string, of: Role): Promise<boolean> {
  if (of !== 'administrator') return false;
  const active = await queries.rows(
    z.object({ id: z.uuid() }),
    `select id from accounts where role = 'administrator' and standing = 'active' order by id for update`,
  );
  return active.every(({ id }) => id === accountId);
}

/** What must come to its end first; null: nothing. */
export async function keepsPerson(
  queries: Queries,
  accountId: string,
  now: number,
): Promise<'hasAppointments' | 'inVisit' | null> {
  // An appointment that is just being booked holds the row: it is waited for, and then seen.
  await queries.rows(z.object({}), 'select 1 from accounts where id = $1 for update', [accountId]);
  const [kept] = await queries.rows(
    z.object({ booked: z.boolean(), visiting: z.boolean() }),
    `select exists (select 1 from appointments where counsellor_id = $1 and state = 'booked' and ends_at > $2) as booked,
       exists (select 1 from visits where counsellor_id = $1) as visiting`,
    [accountId, new Date(now)],
  );
  if (kept?.visiting) return 'inVisit';
  return kept?.booked ? 'hasAppointments' : null;
}

/** The row stays, without anything of the person, for the appointments that point to it; everything else goes. */
export async function removePerson(queries: Queries, accountId: string): Promise<void> {
  await queries.run(
    `update accounts set standing = 'removed', name = $2, email = id || '@removed.invalid', password_hash = 'removed', skills = '{}' where id = $1`,
    [accountId, FORMER_NAME],
  );
  for (const table of [
    'sessions',
    'account_links',
    'second_factors',
    'passkeys',
    'passkey_challenges',
    'provider_accounts',
    'agent_mairies',
  ]) {
    await queries.run(`delete from ${table} where account_id = $1`, [accountId]);
  }
  for (const table of ['opening_hours', 'closures', 'calendar_feeds']) {
    await queries.run(`delete from ${table} where counsellor_id = $1`, [accountId]);
  }
}

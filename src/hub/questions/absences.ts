/** Who answers a body's questions today: its correspondents who are there, and the deputies of those who are not. */
import { z } from 'zod';
import { fail, type Result, succeed } from '#shared/failure.ts';
import { type Absence, type AbsenceAnswer, absence } from '#shared/protocol/questions.ts';
import type { Correspondent } from '../accounts/store.ts';
import type { Queries } from '../database/database.ts';
import { today } from './scope.ts';

const personRow = z.object({ id: z.uuid(), email: z.string() });
const correspondentRow = z.object({ ...personRow.shape, away: z.boolean(), deputy_id: z.uuid().nullable() });

export interface Answerers {
  readonly emails: readonly string[];
  /** Nobody is there: these are all of the body's correspondents. */
  readonly allAway: boolean;
}

export async function answerersOf(queries: Queries, bodyId: string, now: number): Promise<Answerers> {
  const correspondents = await queries.rows(
    correspondentRow,
    `select a.id, a.email, n.account_id is not null as away, n.deputy_id
     from accounts a left join absences n on n.account_id = a.id and $2::date between n.first_day and n.last_day
     where a.body_id = $1 and a.role = 'correspondent' order by a.name, a.id`,
    [bodyId, today(now)],
  );
  const away = new Set(correspondents.filter((one) => one.away).map((one) => one.id));
  const deputyIds = correspondents.flatMap((one) => (one.away && one.deputy_id ? [one.deputy_id] : []));
  const deputies = await queries.rows(
    personRow,
    `select id, email from accounts where id = any($1::uuid[]) and body_id = $2 order by name, id`,
    [deputyIds.filter((one) => !away.has(one)), bodyId],
  );
  const there = [...correspondents.filter((one) => !one.away), ...deputies];
  const chosen = there.length > 0 ? there : correspondents;
  return { emails: [...new Set(chosen.map(({ email }) => email))], allAway: there.length === 0 };
}

const absenceRow = z.object({ first_day: z.string(), last_day: z.string(), deputy_id: z.uuid().nullable() });

export async function absenceOf(
  queries: Queries,
  account: Correspondent,
  now: number,
): Promise<AbsenceAnswer> {
  const [found] = await queries.rows(
    absenceRow,
    `select first_day::text, last_day::text, deputy_id from absences where account_id = $1 and last_day >= $2::date`,
    [account.accountId, today(now)],
  );
  const colleagues = await queries.rows(
    z.object({ id: z.uuid(), name: z.string() }),
    'select id, name from accounts where body_id = $1 and id <> $2 order by name, id',
    [account.bodyId, account.accountId],
  );
  return {
    absence: found
      ? absence.parse({ firstDay: found.first_day, lastDay: found.last_day, deputyId: found.deputy_id })
      : null,
    colleagues,
    allAway: (await answerersOf(queries, account.bodyId, now)).allAway,
  };
}

export async function setAbsence(
  queries: Queries,
  { accountId, bodyId }: Correspondent,
  wanted: Absence | null,
): Promise<Result<null>> {
  if (!wanted) {
    await queries.run('delete from absences where account_id = $1', [accountId]);
    return succeed(null);
  }
  const { firstDay, lastDay, deputyId } = wanted;
  if (deputyId !== null) {
    const [colleague] = await queries.rows(
      z.object({}),
      'select 1 from accounts where id = $1 and body_id = $2 and id <> $3',
      [deputyId, bodyId, accountId],
    );
    if (!colleague) return fail('notFound');
  }
  await queries.run(
    `insert into absences (account_id, first_day, last_day, deputy_id) values ($1, $2, $3, $4)
     on conflict (account_id) do update
     set first_day = excluded.first_day, last_day = excluded.last_day, deputy_id = excluded.deputy_id`,
    [accountId, firstDay, lastDay, deputyId],
  );
  return succeed(null);
}

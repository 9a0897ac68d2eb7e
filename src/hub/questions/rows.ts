/** A question as the database has it, and what its pages are given of it. */
import { z } from 'zod';
import { type QuestionLine, questionState } from '#shared/protocol/questions.ts';
import type { Queries, SqlValue } from '../database/database.ts';
import type { AnswerClock } from './answer-clock.ts';
import type { Side } from './scope.ts';
import type { QuestionSeals } from './seals.ts';

const row = z
  .object({
    id: z.uuid(),
    body_id: z.uuid(),
    body: z.string(),
    mairie_id: z.uuid(),
    mairie: z.string(),
    asked_by: z.uuid().nullable(),
    asked_at: z.date(),
    changed_at: z.date(),
    state: questionState,
    round_began_at: z.date(),
    used_ms: z.number(),
    running_since: z.date().nullable(),
    due_at: z.date().nullable(),
    closed_at: z.date().nullable(),
    closed_by_time: z.boolean(),
    sealed: z.instanceof(Uint8Array),
  })
  .transform((found) => ({
    questionId: found.id,
    bodyId: found.body_id,
    body: found.body,
    mairieId: found.mairie_id,
    mairie: found.mairie,
    askedBy: found.asked_by,
    askedAt: found.asked_at.getTime(),
    changedAt: found.changed_at.getTime(),
    state: found.state,
    clock: {
      roundBeganAt: found.round_began_at.getTime(),
      used: found.used_ms,
      runningSince: found.running_since?.getTime() ?? null,
    } satisfies AnswerClock,
    dueAt: found.due_at?.getTime() ?? null,
    closedAt: found.closed_at?.getTime() ?? null,
    closedByTime: found.closed_by_time,
    sealed: found.sealed,
  }));
export type QuestionRecord = z.output<typeof row>;

const SELECT = `
  select q.id, q.body_id, b.name as body, q.mairie_id, m.name as mairie, q.asked_by, q.asked_at, q.changed_at, q.state,
    q.round_began_at, q.used_ms, q.running_since, q.due_at, q.closed_at, q.closed_by_time, q.sealed
  from questions q join bodies b on b.id = q.body_id join mairies m on m.id = q.mairie_id`;

/** Longer than any list that somebody reads. */
const LIST_LIMIT = 200;

/** Late ones first, then by what is left, then those for which the clock stands. */
export const BODY_LIST_SQL = `${SELECT}
  where q.body_id = $1 and q.state <> 'closed' order by q.due_at, q.changed_at desc limit ${LIST_LIMIT}`;
/** The newest change first. */
export const MAIRIE_LIST_SQL = `${SELECT}
  where q.mairie_id = any($1::uuid[]) and q.sealed is not null order by q.changed_at desc limit ${LIST_LIMIT}`;

export function listQuestions(queries: Queries, side: Side): Promise<QuestionRecord[]> {
  const [sql, of]: [string, SqlValue] =
    side.side === 'body' ? [BODY_LIST_SQL, side.bodyId] : [MAIRIE_LIST_SQL, side.mairieIds];
  return queries.rows(row, sql, [of]);
}

/** All whose content is still there. */
export function questionsOfMairies(
  queries: Queries,
  mairieIds: readonly string[],
): Promise<QuestionRecord[]> {
  return queries.rows(
    row,
    `${SELECT} where q.mairie_id = any($1::uuid[]) and q.sealed is not null order by q.asked_at`,
    [mairieIds],
  );
}

/** Null: there is none, or what it said was removed. */
export async function findQuestion(queries: Queries, questionId: string): Promise<QuestionRecord | null> {
  const [found] = await queries.rows(row, `${SELECT} where q.id = $1 and q.sealed is not null`, [questionId]);
  return found ?? null;
}

/** Nobody else changes it until the transaction ends. */
export async function lockQuestion(queries: Queries, questionId: string): Promise<QuestionRecord | null> {
  await queries.rows(z.object({}), 'select 1 from questions where id = $1 for update', [questionId]);
  return findQuestion(queries, questionId);
}

export function lineOf(seals: QuestionSeals, record: QuestionRecord, now: number): QuestionLine {
  const { motive, residentName } = seals.person.open(record.questionId, record.sealed);
  const { questionId, bodyId, body, mairie, state, askedAt, changedAt, dueAt } = record;
  return {
    ...{ questionId, bodyId, body, mairie, motive, residentName, state, askedAt, changedAt, dueAt },
    late: dueAt !== null && dueAt <= now,
  };
}

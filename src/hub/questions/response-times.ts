/**
 * How quickly bodies answer, counted so that nobody looks quicker than they are: by when the question was put, with what
 * is late and still unanswered (or was given up so) in it; without the time in which the mairie was asked back.
 */
import { z } from 'zod';
import { ANSWER_WITHIN } from '#shared/protocol/questions.ts';
import type { Queries } from '../database/database.ts';

/** Below this many, a median is an anecdote and may point at one person: null. */
export const FEWEST = 5;

/** ms since the epoch; questions put from `from` on and before `until`. */
interface Period {
  readonly from: number;
  readonly until: number;
  readonly now: number;
}

export interface ResponseTime {
  readonly bodyId: string;
  /** Answered ones, and those whose 72 hours are over. */
  readonly questions: number;
  /** ms of the body's time; what is unanswered counts with its time so far, so that this is never too long. Null: too few. */
  readonly median: number | null;
  /** From 0 to 1. Null: too few. */
  readonly within72: number | null;
}

const row = z.object({
  body_id: z.uuid(),
  questions: z.number(),
  median: z.number(),
  within: z.number(),
});

/** $1 from, $2 until, $3 now, $4 the limit in ms. */
export const RESPONSE_TIMES_SQL = `
  with counted as (
    select body_id, body_ms, answered from question_rounds where began_at >= $1 and began_at < $2
    union all
    select body_id, used_ms + coalesce(extract(epoch from ($3::timestamptz - running_since)) * 1000, 0)::float8, false
    from questions where state in ('waiting', 'askedBack') and round_began_at >= $1 and round_began_at < $2
  )
  select body_id, count(*)::int as questions, percentile_cont(0.5) within group (order by body_ms) as median,
    count(*) filter (where answered and body_ms <= $4)::int as within
  from counted where answered or body_ms > $4 group by body_id`;

/** Bodies that were asked nothing in this time are not in it. */
export async function responseTimes(
  queries: Queries,
  { from, until, now }: Period,
): Promise<readonly ResponseTime[]> {
  const rows = await queries.rows(row, RESPONSE_TIMES_SQL, [
    new Date(from),
    new Date(until),
    new Date(now),
    ANSWER_WITHIN,
  ]);
  return rows.map(({ body_id, questions, median, within }) => ({
    bodyId: body_id,
    questions,
    median: questions < FEWEST ? null : median,
    within72: questions < FEWEST ? null : within / questions,
  }));
}

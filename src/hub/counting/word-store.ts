/** The resident's word: given once after a visit, on its day, and kept where nothing says after which. */
import { z } from 'zod';
import type { ResidentWord } from '#shared/protocol/counting.ts';
import type { Database, Queries } from '../database/database.ts';
import { mondayOf } from './count-visit.ts';

/** A mairie's day. */
interface Day {
  readonly mairieId: string;
  readonly from: Date;
  readonly to: Date;
}

const toAskRow = z
  .object({ id: z.uuid(), ended_at: z.date(), body: z.string() })
  .transform((row) => ({ visitId: row.id, endedAt: row.ended_at.getTime(), body: row.body }));

/** Visits that were held to their end on this day, the last one first. */
export function visitsToAsk(queries: Queries, { mairieId, from, to }: Day) {
  return queries.rows(
    toAskRow,
    `select p.id, p.ended_at, b.name as body
     from terminals t
     join past_visits p on p.terminal_id = t.id and p.ended_at >= $2 and p.ended_at < $3
     join bodies b on b.id = p.body_id
     where t.mairie_id = $1 and p.reason = 'completed' and not p.word_given
     order by p.ended_at desc, p.id`,
    [mairieId, from, to],
  );
}

/** False where this mairie had no such visit on this day, or its word was given before. */
export function giveWord(
  database: Database,
  { mairieId, from, to }: Day,
  visitId: string,
  word: ResidentWord,
  week: { readonly at: number; readonly timeZone: string },
): Promise<boolean> {
  return database.transaction(async (queries) => {
    const [asked] = await queries.rows(
      z.object({ body_id: z.uuid() }),
      `update past_visits p set word_given = true from terminals t
       where p.id = $1 and t.id = p.terminal_id and t.mairie_id = $2 and p.ended_at >= $3 and p.ended_at < $4
         and p.reason = 'completed' and not p.word_given
       returning p.body_id`,
      [visitId, mairieId, from, to],
    );
    if (!asked) return false;
    await queries.run(
      'insert into counted_words (week, mairie_id, body_id, word) values ($1::date, $2, $3, $4)',
      [mondayOf(week.at, week.timeZone), mairieId, asked.body_id, word],
    );
    return true;
  });
}

/** How quickly bodies answer written questions, in the weeks of a year that are over. Of the body alone, for everybody who asks it. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { CountingAnswer } from '#shared/protocol/counting.ts';
import type { Queries } from '../database/database.ts';
import { FEWEST, responseTimes } from '../questions/response-times.ts';
import type { Weeks } from './counts-store.ts';

const HOUR = 3_600_000;
const bodyRow = z.object({ id: z.uuid(), name: z.string() });

/** @param bodyId null: every body that was asked something. */
export async function answerTimes(
  queries: Queries,
  bodyId: string | null,
  weeks: Weeks,
  now: number,
): Promise<CountingAnswer['answerTimes']> {
  const times = await responseTimes(queries, {
    from: midnight(weeks.first, 0),
    until: midnight(weeks.last, 7),
    now,
  });
  const names = await queries.rows(bodyRow, 'select id, name from bodies where id = any($1::uuid[])', [
    times.map((one) => one.bodyId).filter((id) => bodyId === null || id === bodyId),
  ]);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  return times
    .flatMap((one) => {
      const body = nameOf.get(one.bodyId);
      if (body === undefined) return [];
      const { questions, median, within72 } = one;
      return {
        body,
        questions: questions < FEWEST ? null : questions,
        // Never quicker than it was.
        medianHours: median === null ? null : Math.ceil(median / HOUR),
        within72: within72 === null ? null : Math.floor(within72 * 100),
      };
    })
    .sort((a, b) => a.body.localeCompare(b.body, 'fr'));
}

/** ms since the epoch; on the clock by which weeks are over (periods.ts). @param monday ISO. */
function midnight(monday: string, days: number): number {
  return Temporal.PlainDate.from(monday).add({ days }).toZonedDateTime('Europe/Paris').epochMilliseconds;
}

/**
 * What a visit leaves to be counted, and why that is nobody's personal data. A row holds the week (no day, no hour), the
 * mairie, the body, a motive from the body's own public list (what the clerk typed in her own words is not kept), how it
 * ended, two durations rounded to five minutes and cut off at two hours, and how many pages were printed and scanned. It
 * holds no id, neither its own nor another's, so that nothing leads from it to a visit, an account or a name, nor from
 * one row to the next visit of the same person. Whoever knows that somebody came that week learns nothing of it from the
 * pages either: what they show is protected before it leaves the hub (hide-small.ts).
 */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { CountedOutcome } from '#shared/protocol/counting.ts';
import type { Queries } from '../database/database.ts';

/** What counting reads of a visit that is about to be removed. Times in ms since the epoch. */
export interface EndedVisit {
  readonly visitId: string;
  readonly terminalId: string;
  readonly bodyId: string;
  readonly motive: string;
  readonly announcedAt: number;
  /** By the first counsellor who took it; null: nobody did. */
  readonly pickedUpAt: number | null;
}

/** Minutes. */
const STEP = 5;
const MOST = 120;

/** Its orders must still be there: their pages are counted. Part of the transaction that ends the visit. */
export async function countVisit(
  queries: Queries,
  visit: EndedVisit,
  outcome: CountedOutcome,
  at: number,
): Promise<void> {
  const place = await placeOf(queries, visit.terminalId);
  const { announcedAt, pickedUpAt } = visit;
  await queries.run(
    `insert into counted_visits
       (week, mairie_id, body_id, motive, outcome, wait_minutes, talk_minutes, printed_pages, scanned_pages)
     select $1::date, $2, b.id, case when $4 = any(b.motives) then $4 end, $5, $6::int, $7::int, p.printed, p.scanned
     from bodies b cross join (
       select coalesce(sum(case when status->'outcome'->>'kind' = 'printed'
           then (status->'outcome'->>'pages')::int end), 0) as printed,
         coalesce(sum(case
           when status->'outcome'->>'kind' = 'scanned' then jsonb_array_length(status->'outcome'->'pages')
           when status->>'status' = 'failed' and jsonb_typeof(status->'pages') = 'array'
             then jsonb_array_length(status->'pages') end), 0) as scanned
       from orders where visit_id = $8
     ) p where b.id = $3`,
    [
      mondayOf(at, place.timeZone),
      place.mairieId,
      visit.bodyId,
      visit.motive,
      outcome,
      rounded((pickedUpAt ?? at) - announcedAt),
      pickedUpAt === null ? null : rounded(at - pickedUpAt),
      visit.visitId,
    ],
  );
}

/** A visit that could not even be announced. */
export async function countRefusal(
  queries: Queries,
  { terminalId, bodyId }: { readonly terminalId: string; readonly bodyId: string },
  outcome: 'terminalBusy' | 'terminalClosed',
  at: number,
): Promise<void> {
  const { mairieId, timeZone } = await placeOf(queries, terminalId);
  await queries.run(
    `insert into counted_visits (week, mairie_id, body_id, outcome, printed_pages, scanned_pages)
     values ($1::date, $2, $3, $4, 0, 0)`,
    [mondayOf(at, timeZone), mairieId, bodyId, outcome],
  );
}

/** ISO: the Monday of the week in which this instant lies on that clock. */
export function mondayOf(at: number, timeZone: string): string {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}

const placeRow = z
  .object({ mairie_id: z.uuid(), time_zone: z.string() })
  .transform((row) => ({ mairieId: row.mairie_id, timeZone: row.time_zone }));

async function placeOf(queries: Queries, terminalId: string): Promise<z.output<typeof placeRow>> {
  const [place] = await queries.rows(
    placeRow,
    'select t.mairie_id, m.time_zone from terminals t join mairies m on m.id = t.mairie_id where t.id = $1',
    [terminalId],
  );
  if (!place) throw new Error('A terminal without a mairie: the database’s own reference forbids it.');
  return place;
}

/** ms in, minutes out. Clocks that were set back give no negative time. */
function rounded(duration: number): number {
  return Math.min(MOST, Math.max(0, Math.round(duration / 60_000 / STEP) * STEP));
}

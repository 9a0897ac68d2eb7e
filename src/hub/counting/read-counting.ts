/** The page's whole answer: whose counts, of which year, protected. */
import type { CountingAnswer } from '#shared/protocol/counting.ts';
import type { Queries } from '../database/database.ts';
import { answerTimes } from './answer-times.ts';
import {
  type CountedPlace,
  type CountsOf,
  countedPlaces,
  countedSince,
  type YearCounts,
  yearCounts,
} from './counts-store.ts';
import { lastMondayOver, monthsOf, sundayOf, weeksOf, yearOf } from './periods.ts';
import { publishTerritory } from './publish-territory.ts';
import { publishYear } from './publish-year.ts';

export type CountingScope =
  | { readonly kind: 'mairie' | 'body'; readonly id: string; readonly name: string }
  | { readonly kind: 'mairies'; readonly name: string; readonly mairies: readonly CountedPlace[] };

type Reading = Omit<CountingAnswer, 'mairies'> | null;

/**
 * The same, kept for a while: what is counted of a week that is over does not change any more. Only the names of places
 * and where they lie can, and they are looked up again soon enough.
 */
export function createCountingReader(queries: Queries, clock: () => number) {
  const kept = new Map<string, { readonly until: number; readonly reading: Promise<Reading> }>();
  return (scope: CountingScope, year: number | undefined): Promise<Reading> => {
    const now = clock();
    const whose = scope.kind === 'mairies' ? scope.mairies.map(({ id }) => id).join() : scope.id;
    const key = `${scope.kind} ${whose} ${year ?? ''} ${lastMondayOver(now)}`;
    const known = kept.get(key);
    if (known && now < known.until && now >= known.until - KEPT) return known.reading;
    kept.delete(key);
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    const reading = readCounting(queries, scope, year, now);
    kept.set(key, { until: now + KEPT, reading });
    // Whoever asks next asks the database again.
    reading.catch(() => kept.delete(key));
    return reading;
  };
}

/** ms. */
const KEPT = 10 * 60_000;
/** Of some ten kilobytes each. */
const MOST_KEPT = 200;

/** @param year undefined: the newest. @returns null for a year of which nothing was counted, or a territory without mairies. */
async function readCounting(
  queries: Queries,
  scope: CountingScope,
  year: number | undefined,
  now: number,
): Promise<Reading> {
  const of: CountsOf =
    scope.kind === 'mairies'
      ? { kind: 'mairie', ids: scope.mairies.map(({ id }) => id) }
      : scope.kind === 'body'
        ? { kind: 'body', ids: [scope.id] }
        : { kind: 'mairie', ids: [scope.id] };
  if (of.ids.length === 0) return null;
  const lastMonday = lastMondayOver(now);
  const newest = yearOf(lastMonday);
  const since = await countedSince(queries, of);
  const oldest = since === null ? newest : Math.min(newest, yearOf(since));
  const years = Array.from({ length: newest - oldest + 1 }, (_, index) => oldest + index);
  const wanted = year ?? newest;
  const months = monthsOf(wanted, lastMonday);
  const weeks = weeksOf(months);
  if (!weeks || !years.includes(wanted)) return null;

  const counts = await yearCounts(queries, of, weeks);
  const places = await countedPlaces(queries, {
    mairies: [...new Set([...counts.visits.map((row) => row.mairie_id)])],
    bodies: [...new Set(counts.visits.map((row) => row.body_id))],
  });
  const published =
    scope.kind === 'mairies'
      ? publishTerritory(
          scope.mairies.map(({ id, name }) => ({
            name,
            year: publishYear({ kind: 'mairie', year: wanted, months, counts: ofMairie(counts, id), places }),
          })),
        )
      : publishYear({ kind: scope.kind, year: wanted, months, counts, places });
  return {
    scope: { kind: scope.kind, name: scope.name },
    year: wanted,
    years,
    until: sundayOf(weeks.last),
    ...published,
    answerTimes: await answerTimes(queries, scope.kind === 'body' ? scope.id : null, weeks, now),
  };
}

function ofMairie({ visits, words, medians }: YearCounts, mairieId: string): YearCounts {
  return {
    visits: visits.filter((row) => row.mairie_id === mairieId),
    words: words.filter((row) => row.mairie_id === mairieId),
    medians: medians.filter((row) => row.of === mairieId),
  };
}

/** What was counted in a year, as the database adds it up: still with its small numbers, for the hub alone. */
import { z } from 'zod';
import { countedOutcome, residentWord } from '#shared/protocol/counting.ts';
import type { Queries } from '../database/database.ts';
import type { Place } from './travel.ts';

/** Whose counts: a body's, or those of these mairies. */
export type CountsOf =
  | { readonly kind: 'body'; readonly ids: readonly [string] }
  | { readonly kind: 'mairie'; readonly ids: readonly string[] };

const key = { week: z.string(), mairie_id: z.uuid(), body_id: z.uuid() };
const visitsRow = z.object({
  ...key,
  motive: z.string().nullable(),
  outcome: countedOutcome,
  visits: z.number(),
  printed: z.number(),
  scanned: z.number(),
});
const wordsRow = z.object({ ...key, word: residentWord, residents: z.number() });
const mediansRow = z.object({
  of: z.uuid(),
  month: z.string().nullable(),
  wait: z.number().nullable(),
  talk: z.number().nullable(),
});

export type VisitCount = z.output<typeof visitsRow>;
export type WordCount = z.output<typeof wordsRow>;
export type Medians = z.output<typeof mediansRow>;

export interface YearCounts {
  readonly visits: readonly VisitCount[];
  readonly words: readonly WordCount[];
  /** `month` null: of the whole year. */
  readonly medians: readonly Medians[];
}

/** Mondays, ISO: the first and the last week that is counted. */
export interface Weeks {
  readonly first: string;
  readonly last: string;
}

/** The three questions of the page; `column` is ours, never a reader's. */
export function countsSql(kind: CountsOf['kind']) {
  const column = kind === 'body' ? 'body_id' : 'mairie_id';
  const where = `where ${column} = any($1::uuid[]) and week between $2::date and $3::date`;
  return {
    visits: `select week::text, mairie_id, body_id, motive, outcome, count(*)::int as visits,
        sum(printed_pages)::int as printed, sum(scanned_pages)::int as scanned
      from counted_visits ${where} group by week, mairie_id, body_id, motive, outcome`,
    words: `select week::text, mairie_id, body_id, word, count(*)::int as residents
      from counted_words ${where} group by week, mairie_id, body_id, word`,
    // Thursday says in which month a week is.
    medians: `select ${column} as of, to_char(month, 'YYYY-MM') as month,
        percentile_disc(0.5) within group (order by wait_minutes) as wait,
        percentile_disc(0.5) within group (order by talk_minutes) as talk
      from (
        select *, date_trunc('month', week + 3) as month from counted_visits ${where} and outcome = 'completed'
      ) held group by grouping sets ((${column}), (${column}, month))`,
  };
}

export async function yearCounts(
  queries: Queries,
  of: CountsOf,
  { first, last }: Weeks,
): Promise<YearCounts> {
  const sql = countsSql(of.kind);
  const values = [of.ids, first, last] as const;
  const [visits, words, medians] = await Promise.all([
    queries.rows(visitsRow, sql.visits, values),
    queries.rows(wordsRow, sql.words, values),
    queries.rows(mediansRow, sql.medians, values),
  ]);
  return { visits, words, medians };
}

/** Years (by the Thursday of their weeks) for which there is anything, oldest first. */
export async function countedSince(queries: Queries, of: CountsOf): Promise<string | null> {
  const column = of.kind === 'body' ? 'body_id' : 'mairie_id';
  const [found] = await queries.rows(
    z.object({ first: z.string().nullable() }),
    `select min(first)::text as first from unnest($1::uuid[]) as owner cross join lateral (
       select week as first from counted_visits where ${column} = owner order by week limit 1
     ) oldest`,
    [of.ids],
  );
  return found?.first ?? null;
}

export interface CountedPlace {
  readonly id: string;
  readonly name: string;
  readonly place: Place | null;
}

const placeRow = z
  .object({
    id: z.uuid(),
    name: z.string(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
  })
  .transform(({ id, name, latitude, longitude }): CountedPlace => {
    const place = latitude === null || longitude === null ? null : { latitude, longitude };
    return { id, name, place };
  });

export interface Places {
  readonly mairies: ReadonlyMap<string, CountedPlace>;
  readonly bodies: ReadonlyMap<string, CountedPlace>;
}

export async function countedPlaces(
  queries: Queries,
  ids: { readonly mairies: readonly string[]; readonly bodies: readonly string[] },
): Promise<Places> {
  const [mairies, bodies] = await Promise.all(
    (['mairies', 'bodies'] as const).map((table) =>
      queries.rows(
        placeRow,
        `select id, name, latitude, longitude from ${table} where id = any($1::uuid[])`,
        [ids[table]],
      ),
    ),
  );
  const byId = (all: readonly CountedPlace[] = []) => new Map(all.map((one) => [one.id, one]));
  return { mairies: byId(mairies), bodies: byId(bodies) };
}

/** What an operator or an agent may choose from, by name. */
export async function mairiesToChoose(
  queries: Queries,
  of: { readonly territoryId: string } | { readonly mairieIds: readonly string[] },
): Promise<CountedPlace[]> {
  const [where, value] =
    'territoryId' in of ? ['territory_id = $1', of.territoryId] : ['id = any($1::uuid[])', of.mairieIds];
  return queries.rows(
    placeRow,
    `select id, name, latitude, longitude from mairies where ${where} order by name, id`,
    [value],
  );
}

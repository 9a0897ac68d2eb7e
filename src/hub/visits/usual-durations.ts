/** How long the last visits of each body took, asked of the database at most once a minute. */
import { z } from 'zod';
import type { Queries } from '../database/database.ts';

export interface UsualDurations {
  /** ms by body (id): the median of its last visits; absent where there were too few to tell. */
  readonly now: () => Promise<ReadonlyMap<string, number>>;
}

/** ms. */
const FRESH = 60_000;
const LAST_VISITS = 20;
const ENOUGH = 5;

const row = z.object({ id: z.uuid(), usual: z.coerce.number() });

export function createUsualDurations(database: Queries, clock: () => number): UsualDurations {
  let known: ReadonlyMap<string, number> = new Map();
  let askedAt = Number.NEGATIVE_INFINITY;
  return {
    async now() {
      if (clock() - askedAt < FRESH) return known;
      askedAt = clock();
      const rows = await database.rows(
        row,
        `select b.id, percentile_cont(0.5) within group (order by last.seconds) * 1000 as usual
         from bodies b cross join lateral (
           select extract(epoch from p.ended_at - p.picked_up_at) as seconds
           from past_visits p
           where p.body_id = b.id and p.picked_up_at is not null
           order by p.ended_at desc limit ${LAST_VISITS}
         ) last
         group by b.id having count(*) >= ${ENOUGH}`,
      );
      known = new Map(rows.map(({ id, usual }) => [id, usual]));
      return known;
    },
  };
}

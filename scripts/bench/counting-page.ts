/**
 * The page of figures with 100 mairies, 50 bodies and 100,000 visits of the past on PostgreSQL: the clerk's request, with
 * her session, the protection of small numbers and the way through the hub, against the same questions asked of the
 * database and nothing else.
 */
import { countingAnswer } from '#shared/protocol/counting.ts';
import { yearCounts } from '../../src/hub/counting/counts-store.ts';
import { testDatabases } from '../../src/hub/testing/test-databases.ts';
import { createWorld, startTestHub } from '../../src/hub/testing/test-hub.ts';
import type { Measurement } from './figure.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 21;
const WARM_UP = 5;
/** A Monday: the week before it is over. Two years are counted, the newest of them whole. */
const NOW = Date.UTC(2027, 0, 4, 9);
const YEAR = { first: '2025-12-29', last: '2026-12-28' };

/** ms. */
export function measureCountingPage(): Promise<Measurement> {
  return withClosers(async (close) => {
    const server = testDatabases.find(({ name }) => name === 'PostgreSQL');
    if (!server) throw new Error('No PostgreSQL to measure on.');
    const opened = await server.open();
    close(opened.close);
    const world = await createWorld(opened.database);
    const hub = await startTestHub(world, { clock: () => NOW });
    close(hub.close);
    await opened.database.script(`
      insert into mairies (id, territory_id, name)
        select gen_random_uuid(), t.id, 'Mairie ' || n from territories t, generate_series(1, 99) n;
      insert into bodies (id, name, motives)
        select gen_random_uuid(), 'Organisme ' || n, array['Un', 'Deux', 'Trois'] from generate_series(1, 48) n;
      update mairies set latitude = 47 + random(), longitude = 1 + random();
      update bodies set latitude = 47 + random(), longitude = 1 + random();
      insert into counted_visits
      select date '2024-12-30' + 7 * (random() * 103)::int, m.id, b.id, b.motives[1 + (random() * 2)::int],
        case when random() < 0.9 then 'completed' else 'residentGone' end, 5 * (n % 10), 5 * (n % 7), n % 5, n % 3
      from generate_series(1, 100000) n
      join (select id, row_number() over (order by name) as rank from mairies) m on m.rank = 1 + n % 100
      join (select id, motives, row_number() over (order by name) as rank from bodies) b
        on b.rank = 1 + floor(50 * power((n * 7919 % 99991) / 99991.0, 3));
      analyze`);
    const cookie = await hub.logIn('clerk');
    const values: number[] = [];
    const baselines: number[] = [];
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      const start = performance.now();
      const response = await fetch(new URL('/api/counting?year=2026', hub.origin), {
        headers: { origin: hub.origin, cookie },
      });
      const text = await response.text();
      const asked = performance.now();
      await yearCounts(opened.database, { kind: 'mairie', ids: [world.demo.mairieId] }, YEAR);
      const queried = performance.now();
      countingAnswer.parse(JSON.parse(text));
      if (round < 0) continue;
      values.push(asked - start);
      baselines.push(queried - asked);
    }
    return { unit: 'ms', values, baselines, allowance: { kind: 'times', factor: 2 } };
  });
}

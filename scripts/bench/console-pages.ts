/**
 * What a console page asks of the hub, from the request to the answer that was read, with 100 mairies, 50 bodies, 10,000
 * sheets, 30,000 appointments and 20,000 questions on PostgreSQL; against the same statements asked of the database and
 * nothing else. A statement that reads the whole of a large table is no page at all: it is not measured then.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database, SqlValue } from '../../src/hub/database/database.ts';
import { testDatabases } from '../../src/hub/testing/test-databases.ts';
import {
  createWorld,
  type Person,
  startTestHub,
  type TestHub,
  type World,
} from '../../src/hub/testing/test-hub.ts';
import type { Measurement } from './figure.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 31;
const WARM_UP = 10;
/** A Monday in winter, 08:00 in Paris. */
const NOW = Date.UTC(2026, 1, 2, 7);
const LARGE =
  /Seq Scan on (sheets|sheet_words|appointments|questions|question_entries|past_visits|counted_visits)\b/;
/** Of whoever asks: before the page's own questions, and part of what is measured only. */
const GUARD = /\bsessions\b|a\.id = \$1 and a\.standing/;

export const consolePages = {
  'sheets-page': { who: 'clerk', path: () => '/api/sheets/recent' },
  'sheet-search': { who: 'clerk', path: () => '/api/sheets/search?words=alocation+logment7' },
  'appointments-page': { who: 'clerk', path: () => '/api/appointments' },
  'slots-page': {
    who: 'clerk',
    path: ({ terminalId, bodyId }) =>
      `/api/appointments/slots?terminalId=${terminalId}&bodyId=${bodyId}&date=2026-02-02`,
  },
  'questions-page': { who: 'correspondent', path: () => '/api/questions' },
  'people-page': { who: 'administrator', path: () => '/api/people' },
} as const satisfies Record<
  string,
  { who: Person; path: (ids: { terminalId: string; bodyId: string }) => string }
>;

interface Asked {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** ms. */
export function measureConsolePage(name: keyof typeof consolePages): () => Promise<Measurement> {
  return () =>
    withClosers(async (close) => {
      const server = testDatabases.find((each) => each.name === 'PostgreSQL');
      if (!server) throw new Error('No PostgreSQL to measure on.');
      const { database, close: drop } = await server.open();
      close(drop);
      const asked: Asked[] = [];
      const world: World = { ...(await createWorld(database)), database: heard(database, asked) };
      const hub = await startTestHub(world, { clock: () => NOW });
      close(hub.close);
      const terminalId = await fill(hub, world);
      const { who, path } = consolePages[name];
      const url = new URL(path({ terminalId, bodyId: world.bodies.office }), hub.origin);
      const headers = { origin: hub.origin, cookie: await hub.logIn(who) };

      const values: number[] = [];
      const baselines: number[] = [];
      for (let round = -WARM_UP; round < ROUNDS; round += 1) {
        asked.length = 0;
        const start = performance.now();
        const response = await fetch(url, { headers });
        JSON.parse(await response.text());
        const read = performance.now();
        if (response.status !== 200) throw new Error(`${url.pathname} answered ${response.status}.`);
        const own = asked.filter(({ sql }) => !GUARD.test(sql));
        if (own.length === 0) throw new Error(`${url.pathname} asked the database nothing.`);
        if (round === -WARM_UP) await refuseFullScans(database, own);
        const begun = performance.now();
        for (const { sql, values } of own) await database.rows(z.unknown(), sql, values);
        if (round < 0) continue;
        values.push(read - start);
        baselines.push(performance.now() - begun);
      }
      return { unit: 'ms', values, baselines, allowance: { kind: 'times', factor: 2 } };
    });
}

/** Writes down what is asked of it. */
function heard(database: Database, asked: Asked[]): Database {
  return {
    ...database,
    rows: (row, sql, values = []) => {
      asked.push({ sql, values });
      return database.rows(row, sql, values);
    },
  };
}

async function refuseFullScans(database: Database, asked: readonly Asked[]): Promise<void> {
  for (const { sql, values } of asked) {
    const plan = await database.rows(z.object({ 'QUERY PLAN': z.string() }), `explain ${sql}`, values);
    const full = plan.map((line) => line['QUERY PLAN']).filter((line) => LARGE.test(line));
    if (full.length > 0) throw new Error(`Without an index: ${full.join('; ').trim()}\n${sql}`);
  }
}

/** By the database itself, but for what is sealed: that is written through the hub. */
async function fill(hub: TestHub, { database, bodies, demo }: World): Promise<string> {
  const terminalId = randomUUID();
  await database.script(`
    insert into mairies (id, territory_id, name)
      select gen_random_uuid(), t.id, 'Mairie ' || n from territories t, generate_series(1, 99) n;
    insert into bodies (id, name, motives)
      select gen_random_uuid(), 'Organisme ' || n, array['Un', 'Deux', 'Trois'] from generate_series(1, 48) n;
    insert into accounts (id, email, name, role, password_hash, mairie_id)
      select gen_random_uuid(), 'clerk' || n || '@mairie.example', 'Secrétaire ' || n, 'clerk', 'x', m.id
      from generate_series(1, 100) n join (select id, row_number() over () as rank from mairies) m on m.rank = n;
    insert into accounts (id, email, name, role, password_hash, body_id)
      select gen_random_uuid(), 'c' || n || '@office.example', 'Conseiller ' || n, 'counsellor', 'x', b.id
      from generate_series(1, 200) n join (select id, row_number() over () as rank from bodies) b on b.rank = 1 + n % 50;
    insert into sheets (id, source_id, source_hash, source_address, title, summary, content, content_text, author, written_at)
      select gen_random_uuid(), 'F' || n, 'x', 'https://source.example', 'Démarche ' || n || ' logement' || n % 500,
        'Demande ' || n || ' aide' || n % 90, '[{"kind":"paragraph","text":"x"}]', 'Allocation ' || n % 700, 'X',
        now() - n * interval '1 minute'
      from generate_series(1, 10000) n;
    insert into sheet_words select distinct word from generate_series(0, 499) n,
      lateral (values ('logement' || n), ('allocation'), ('demarche'), ('aide' || n % 90)) as t (word)
      on conflict do nothing`);
  await database.run(
    `insert into terminals (id, mairie_id, name, public_key, enrolled_at) values ($1, $2, 'Accueil', '', now())`,
    [terminalId, demo.mairieId],
  );
  await database.run(
    `insert into appointments (id, terminal_id, body_id, counsellor_id, starts_at, ends_at, state, booked_by, booked_at)
     select gen_random_uuid(), $1, $2, c.id, at, at + interval '10 minutes',
       case when n % 3 = 0 then 'kept' else 'booked' end, c.id, at
     from generate_series(1, 30000) n, lateral (select $3::timestamptz + (n - 29500) * interval '25 minutes' as at) t,
       (select id from accounts where role = 'counsellor' and body_id = $2 order by name limit 1) c`,
    [terminalId, bodies.office, new Date(NOW)],
  );
  await database.run(
    `insert into questions (id, body_id, mairie_id, asked_at, changed_at, state, round_began_at, used_ms, closed_at)
     select gen_random_uuid(), $1, $2, at, at, 'closed', at, 0, at
     from generate_series(1, 20000) n, lateral (select $3::timestamptz - n * interval '1 hour' as at) t`,
    [bodies.office, demo.mairieId, new Date(NOW)],
  );
  await openUp(hub, terminalId);
  for (let question = 0; question < 30; question += 1) {
    await send(hub, 'clerk', 'POST', '/api/questions', {
      ...{ bodyId: bodies.office, mairieId: demo.mairieId, motive: 'Aide', contact: null },
      ...{ residentName: `Madame ${question}`, text: 'Où en est le dossier ?', files: [] },
    });
  }
  await database.script('analyze');
  return terminalId;
}

async function openUp(hub: TestHub, terminalId: string): Promise<void> {
  const hours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '18:00' }));
  await send(hub, 'nadia', 'PUT', '/api/calendars/body', { hours, closures: [], minutes: 30 });
  const room = { hours, closures: [], timeZone: 'Europe/Paris' };
  await send(hub, 'clerk', 'PUT', `/api/calendars/terminals/${terminalId}`, room);
}

async function send(hub: TestHub, who: Person, method: string, path: string, body: object): Promise<void> {
  const answer = await fetch(new URL(path, hub.origin), {
    method,
    headers: {
      ...{ origin: hub.origin, cookie: await hub.logIn(who) },
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
}

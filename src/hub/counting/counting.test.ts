/** Counting through the hub, by every role, on both databases. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CountingAnswer, countingAnswer, wordsToAskAnswer } from '#shared/protocol/counting.ts';
import { addOrder, saveStatus } from '../orders/store.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  auditTrail,
  createWorld,
  type Person,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';
import { countsSql, yearCounts } from './counts-store.ts';
import { seedPast } from './seed-past.ts';

const MINUTE = 60_000;
/** Thursday, 5 November 2026, 10:00 in Paris. */
const NOW = Date.UTC(2026, 10, 5, 9);
const WEEK = 7 * 24 * 60 * MINUTE;
const NAME = 'Madame Zéphyrine Quatrepoint';
const MOTIVE = 'Attestation de droits';

describe.each(testDatabases)('counting on $name', ({ open }) => {
  let opened: TestDatabase;
  let world: World;
  let hub: TestHub;
  let now = NOW;

  beforeAll(async () => {
    opened = await open();
    world = await createWorld(opened.database);
  });
  afterEach(() => hub?.close());
  afterAll(async () => {
    await opened?.close();
  });
  beforeEach(async () => {
    now = NOW;
    hub = await startTestHub(world, { clock: () => now });
    await resetWorld(world);
    await opened.database.script(
      `update mairies set latitude = null, longitude = null; update bodies set latitude = null, longitude = null`,
    );
  });

  async function ask(person: Person, method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(new URL(path, hub.origin), {
      method,
      headers: {
        origin: hub.origin,
        cookie: await hub.logIn(person),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
  async function read(person: Person, query = ''): Promise<CountingAnswer> {
    const response = await ask(person, 'GET', `/api/counting${query}`);
    expect(response.status).toBe(200);
    return countingAnswer.parse(await response.json());
  }
  /** Everybody logs in again: no session is as long as that. */
  function later(time: number): void {
    now += time;
    world.cookies.clear();
  }
  const code = async (response: Response) => z.object({ code: z.string() }).parse(await response.json()).code;

  const countedRow = z.record(z.string(), z.unknown());
  const counted = () =>
    opened.database.rows(countedRow, 'select *, week::text as week from counted_visits order by outcome');

  async function addTerminal(): Promise<string> {
    const terminalId = randomUUID();
    await opened.database.run(
      `insert into terminals (id, mairie_id, name, public_key, enrolled_at) values ($1, $2, 'Accueil', '', now())`,
      [terminalId, world.demo.mairieId],
    );
    return terminalId;
  }
  async function announce(terminalId: string, motive = MOTIVE): Promise<string> {
    const visitId = randomUUID();
    const personal = { residentName: NAME, motive, details: {}, identityPaper: null };
    const visit = { visitId, terminalId, bodyId: world.bodies.office, personal, showName: true, at: now };
    expect(await hub.hub.visits.announce(visit)).toBe(true);
    return visitId;
  }
  async function pickUp(visitId: string): Promise<void> {
    const [nadia] = await opened.database.rows(
      z.object({ id: z.uuid() }),
      `select id from accounts where email = 'nadia@office.example'`,
    );
    const room = 'a-room-of-the-test-that-nobody-knows';
    await hub.hub.visits.pickUp({
      ...{ visitId, counsellorId: nadia?.id ?? '', room, deployment: 'https://a.example', at: now },
    });
  }
  /** As if they had ended in that week. `week`: its Monday. */
  async function fill(week: string, visits: number, change: Partial<Record<string, string | number>> = {}) {
    const row = {
      mairie_id: world.demo.mairieId,
      body_id: world.bodies.office,
      motive: MOTIVE,
      outcome: 'completed',
      wait_minutes: 10,
      talk_minutes: 20,
      printed_pages: 2,
      scanned_pages: 1,
      ...change,
    };
    const columns = Object.keys(row);
    await opened.database.run(
      `insert into counted_visits (week, ${columns.join(', ')})
       select '${week}'::date, ${columns.map((_, at) => `v.v${at}`).join(', ')}
       from (select ${columns
         .map(
           (name, at) =>
             `$${at + 1}::${name.endsWith('_id') ? 'uuid' : name.match(/_/) ? 'int' : 'text'} as v${at}`,
         )
         .join(', ')}) v, generate_series(1, ${visits})`,
      Object.values(row).map((value) => value ?? null),
    );
  }
  /** Another mairie of another territory, with its visits to the same body. */
  async function addStranger(visits: number): Promise<void> {
    const [territoryId, mairieId] = [randomUUID(), randomUUID()];
    await opened.database.run('insert into territories values ($1, $2)', [territoryId, 'Ailleurs']);
    await opened.database.run('insert into mairies (id, territory_id, name) values ($1, $2, $3)', [
      mairieId,
      territoryId,
      'Beaumont-le-Vieux',
    ]);
    await fill('2026-10-12', visits, { mairie_id: mairieId });
  }

  it('counts a visit when it ends, with its pages, and keeps nothing of whose it was', async () => {
    const terminalId = await addTerminal();
    const visitId = await announce(terminalId);
    now += 13 * MINUTE;
    await pickUp(visitId);
    const orderOf = async (request: object, outcome: object) => {
      const orderId = randomUUID();
      const order = { orderId, visitId, request: request as never, at: now, deadline: now + MINUTE };
      await addOrder(opened.database, order);
      await saveStatus(opened.database, orderId, terminalId, { status: 'done', outcome: outcome as never });
    };
    const documentId = randomUUID();
    await orderOf({ kind: 'print', documentId, copies: 2 }, { kind: 'printed', pages: 6 });
    await orderOf({ kind: 'print', documentId, copies: 1 }, { kind: 'printed', pages: 3 });
    await orderOf({ kind: 'scan', purpose: 'letter', source: 'auto' }, { kind: 'scanned', pages: [{}, {}] });
    await orderOf({ kind: 'clearDesk' }, { kind: 'shown' });
    now += 29 * MINUTE;
    expect(await hub.hub.visits.end(visitId, 'completed', now)).toBe(true);
    expect(await hub.hub.visits.end(visitId, 'completed', now)).toBe(false);
    expect(await counted()).toEqual([
      {
        week: '2026-11-02',
        mairie_id: world.demo.mairieId,
        body_id: world.bodies.office,
        motive: MOTIVE,
        outcome: 'completed',
        wait_minutes: 15,
        talk_minutes: 30,
        printed_pages: 9,
        scanned_pages: 2,
      },
    ]);
  });

  it('keeps no motive that is not on the body’s list', async () => {
    const visitId = await announce(await addTerminal(), 'Mon voisin Paul me doit 300 euros');
    await hub.hub.visits.end(visitId, 'cancelledByClerk', now);
    expect(await counted()).toMatchObject([
      { motive: null, outcome: 'cancelledByClerk', wait_minutes: 0, talk_minutes: null },
    ]);
  });

  it('counts what nobody ended, once, and what two end at once, once', async () => {
    const [first, second] = [await announce(await addTerminal()), await announce(await addTerminal())];
    await Promise.all([1, 2, 3].map(() => hub.hub.visits.end(first, 'residentGone', now)));
    now += 300 * MINUTE;
    expect(await hub.hub.visitLimits.endOverdue()).toBe(1);
    expect(await hub.hub.visitLimits.endOverdue()).toBe(0);
    expect((await counted()).map(({ outcome, wait_minutes }) => [outcome, wait_minutes])).toEqual([
      ['residentGone', 0],
      // Cut off: longer waits would be rare enough to be known again.
      ['terminalTimeout', 120],
    ]);
    expect(await hub.hub.visits.past(second)).toMatchObject({ reason: 'terminalTimeout' });
  });

  it('counts nothing of a visit that could not be moved', async () => {
    const visitId = await announce(await addTerminal());
    await opened.database.run(
      `insert into past_visits (id, terminal_id, body_id, announced_at, ended_at, reason)
       select id, terminal_id, body_id, now(), now(), 'completed' from visits`,
    );
    await expect(hub.hub.visits.end(visitId, 'completed', now)).rejects.toThrow();
    expect(await counted()).toEqual([]);
    expect(await hub.hub.visits.find(visitId)).not.toBeNull();
  });

  it('counts an announcement that was refused, with why', async () => {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    const announcement = {
      type: 'announce',
      terminalId: terminal.terminalId,
      bodyId: world.bodies.office,
      residentName: NAME,
      showName: true,
      motive: MOTIVE,
      consent: true,
    } as const;
    expect(await clerk.ask(announcement)).toMatchObject({ ok: true });
    expect(await clerk.ask(announcement)).toMatchObject({ ok: false, code: 'terminalBusy' });
    expect(await counted()).toMatchObject([
      { outcome: 'terminalBusy', motive: null, wait_minutes: null, talk_minutes: null },
    ]);
    await Promise.all([clerk.cut(), terminal.cut()]);
  });

  it('says a month in numbers, once its weeks are over', async () => {
    await fill('2026-10-05', 6);
    await fill('2026-10-12', 20, { motive: 'Naissance', wait_minutes: 30 });
    await fill('2026-10-26', 8, { body_id: world.bodies.taxes, motive: 'Taxe foncière' });
    await fill('2026-11-02', 50);
    await fill('2026-10-12', 7, { outcome: 'residentGone', talk_minutes: 5 });
    const { scope, year, years, until, periods, motives } = await read('clerk');
    expect({ scope, year, years, until }).toEqual({
      scope: { kind: 'mairie', name: 'Saint-Martin-des-Prés' },
      year: 2026,
      years: [2026],
      until: '2026-11-01',
    });
    expect(periods.map(({ period }) => period)).toEqual([
      '2026',
      ...Array.from({ length: 10 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}`),
    ]);
    expect(periods.at(-1)).toEqual({
      period: '2026-10',
      firstDay: '2026-09-28',
      lastDay: '2026-11-01',
      visits: 34,
      atLeast: false,
      steps: [
        { firstDay: '2026-09-28', visits: 0 },
        { firstDay: '2026-10-05', visits: 6 },
        { firstDay: '2026-10-12', visits: 20 },
        { firstDay: '2026-10-19', visits: 0 },
        { firstDay: '2026-10-26', visits: 8 },
      ],
      failed: 7,
      answered: 0,
      wait: 30,
      talk: 20,
      printedPages: 68,
      scannedPages: 34,
      ...{ bodies: [], mairies: [], failures: [], words: [], travel: null },
    });
    expect(periods[0]).toMatchObject({
      ...{ period: '2026', firstDay: '2025-12-29', lastDay: '2026-11-01', visits: 34, failed: 7 },
      bodies: [
        { name: 'Office des familles du Val-Clair', visits: 26 },
        { name: 'Service des impôts du Val-Clair', visits: 8 },
      ],
      failures: [{ why: 'residentGone', visits: 7 }],
      words: [
        { word: 'yes', residents: 0 },
        { word: 'partly', residents: 0 },
        { word: 'no', residents: 0 },
      ],
    });
    expect(motives).toEqual([
      { body: 'Office des familles du Val-Clair', motive: 'Naissance', visits: 20 },
      { body: 'Office des familles du Val-Clair', motive: 'Attestation de droits', visits: 6 },
      { body: 'Service des impôts du Val-Clair', motive: 'Taxe foncière', visits: 8 },
    ]);
  });

  it('hides small numbers, and what would give them away', async () => {
    await fill('2026-10-05', 21);
    await fill('2026-10-12', 7, { body_id: world.bodies.taxes });
    await fill('2026-09-07', 2, { body_id: world.bodies.taxes });
    const { periods, motives } = await read('clerk');
    const [year, october, september] = ['2026', '2026-10', '2026-09'].map((wanted) =>
      periods.find(({ period }) => period === wanted),
    );
    expect(year?.visits).toBe(30);
    // September is 2; with the year and October, it would be known.
    expect([october?.visits, september?.visits]).toEqual([null, null]);
    expect(october?.wait).toBeNull();
    expect(october?.printedPages).toBeNull();
    expect(JSON.stringify(september)).not.toMatch(/"(visits|residents)":[1-9]/);
    expect(motives.every(({ visits }) => visits === null || visits >= 5)).toBe(true);
  });

  it('estimates the way that nobody had to make, where both places are known', async () => {
    await fill('2026-10-05', 10);
    await fill('2026-10-12', 10, { body_id: world.bodies.taxes });
    await opened.database.script(
      `update mairies set latitude = 49.0, longitude = 2.0;
       update bodies set latitude = 49.1, longitude = 2.0 where name like 'Office%'`,
    );
    // A tenth of a degree of a meridian is 11.12 km; × 1.3 × 2 × 10 visits, at 50 km/h.
    const { periods } = await read('clerk');
    expect(periods[0]?.travel).toEqual({ kilometres: 289, minutes: 347, visits: 10 });
    await expect(opened.database.run('update mairies set latitude = 91')).rejects.toThrow();
    await expect(opened.database.run('update mairies set latitude = null')).rejects.toThrow();
  });

  it('shows each their own, and a territory no more than its mairies', async () => {
    await fill('2026-10-05', 10);
    await fill('2026-10-12', 6, { body_id: world.bodies.taxes });
    await addStranger(9);
    const totals = async (person: Person, query = '') => {
      const { scope, periods } = await read(person, query);
      const [year] = periods;
      return [scope.kind, year?.visits, year?.bodies.length, year?.mairies.map(({ name }) => name)];
    };
    expect(await totals('clerk')).toEqual(['mairie', 16, 2, []]);
    expect(await totals('nadia')).toEqual(['body', 19, 0, ['Saint-Martin-des-Prés', 'Beaumont-le-Vieux']]);
    expect(await totals('sophie')).toEqual(['body', 6, 0, ['Saint-Martin-des-Prés']]);
    expect(await totals('correspondent')).toEqual(await totals('nadia'));
    expect(await totals('operator')).toEqual(['mairies', 16, 2, ['Saint-Martin-des-Prés']]);
    expect(await totals('agent')).toEqual(['mairies', 16, 2, ['Saint-Martin-des-Prés']]);
    const refused = await ask('administrator', 'GET', '/api/counting');
    expect([refused.status, await code(refused)]).toEqual([403, 'forbidden']);
    expect((await auditTrail(world)).at(-1)).toMatchObject({ action: 'counting', outcome: 'forbidden' });
    expect(await totals('operator', `?mairieId=${world.demo.mairieId}`)).toEqual(['mairie', 16, 2, []]);
    expect((await read('operator')).mairies).toEqual([
      { mairieId: world.demo.mairieId, name: 'Saint-Martin-des-Prés' },
    ]);
  });

  it('is closed to whoever is not logged in, and nothing out of scope exists', async () => {
    for (const path of ['/api/counting', '/api/counting/words']) {
      expect((await fetch(new URL(path, hub.origin))).status).toBe(401);
    }
    await addStranger(9);
    const [stranger] = await opened.database.rows(
      z.object({ id: z.uuid() }),
      `select id from mairies where name = 'Beaumont-le-Vieux'`,
    );
    for (const person of ['clerk', 'agent', 'nadia', 'correspondent', 'operator'] as const) {
      const response = await ask(person, 'GET', `/api/counting?mairieId=${stranger?.id}`);
      expect([response.status, await code(response)]).toEqual([404, 'notFound']);
      expect((await auditTrail(world)).at(-1)).toMatchObject({ action: 'counting', outcome: 'notFound' });
    }
    for (const query of ['?year=1999', '?year=x', '?mairieId=1', '?day=2026-10-01']) {
      expect((await ask('clerk', 'GET', `/api/counting${query}`)).status).toBe(400);
    }
    for (const query of ['?year=2025', '?year=2027']) {
      expect((await ask('clerk', 'GET', `/api/counting${query}`)).status).toBe(404);
    }
  });

  describe('the resident’s word', () => {
    const toAsk = async () =>
      wordsToAskAnswer.parse(await (await ask('clerk', 'GET', '/api/counting/words')).json()).visits;
    const give = (visitId: string, word = 'partly', person: Person = 'clerk') =>
      ask(person, 'POST', '/api/counting/words', { visitId, word });
    const words = () => opened.database.rows(countedRow, 'select *, week::text as week from counted_words');

    async function held(): Promise<string> {
      const visitId = await announce(await addTerminal());
      await hub.hub.visits.end(visitId, 'completed', now);
      return visitId;
    }

    it('is asked once for each visit of today, and kept without saying of which', async () => {
      const visitId = await held();
      expect(await toAsk()).toEqual([{ visitId, endedAt: now, body: 'Office des familles du Val-Clair' }]);
      expect((await give(visitId)).status).toBe(204);
      expect((await give(visitId, 'yes')).status).toBe(404);
      expect(await toAsk()).toEqual([]);
      expect(await words()).toEqual([
        {
          week: '2026-11-02',
          mairie_id: world.demo.mairieId,
          body_id: world.bodies.office,
          word: 'partly',
        },
      ]);
      const told = (await auditTrail(world)).filter(
        ({ action, outcome }) => action === 'residentWord' && outcome === 'ok',
      );
      expect(told).toMatchObject([{ subject: null }]);
    });

    it('is not asked the next day, nor of a visit that was not held', async () => {
      const visitId = await held();
      await hub.hub.visits.end(await announce(await addTerminal()), 'cancelledByClerk', now);
      expect((await toAsk()).length).toBe(1);
      later(24 * 60 * MINUTE);
      expect(await toAsk()).toEqual([]);
      expect((await give(visitId)).status).toBe(404);
      expect(await words()).toEqual([]);
    });

    it.each(['nadia', 'correspondent', 'operator', 'administrator'] as const)(
      'is none of %s’s business',
      async (person) => {
        const visitId = await held();
        for (const response of [
          await ask(person, 'GET', '/api/counting/words'),
          await give(visitId, 'yes', person),
        ]) {
          expect([response.status, await code(response)]).toEqual([403, 'forbidden']);
          expect((await auditTrail(world)).at(-1)).toMatchObject({
            action: 'residentWord',
            outcome: 'forbidden',
          });
        }
        expect(await words()).toEqual([]);
      },
    );

    it('is given by the agent too, where she receives', async () => {
      const visitId = await held();
      expect((await give(visitId, 'yes', 'agent')).status).toBe(204);
      expect(await toAsk()).toEqual([]);
    });

    it('is one of three', async () => {
      expect((await give(await held(), 'maybe')).status).toBe(400);
      expect(await words()).toEqual([]);
    });

    it('is counted', async () => {
      for (let one = 0; one < 6; one += 1) await give(await held(), one < 5 ? 'yes' : 'no');
      later(WEEK);
      const [year] = (await read('clerk')).periods;
      expect(year?.answered).toBe(6);
      // One "no" is hidden, and so is what would tell it.
      expect(year?.words.map(({ residents }) => residents)).toEqual([null, 0, null]);
    });
  });

  it('says how quickly bodies answer written questions, and nothing of few', async () => {
    const asked = async (bodyId: string, hours: readonly number[], day: string) => {
      for (const each of hours) {
        const questionId = randomUUID();
        await opened.database.run(
          `insert into questions
             (id, body_id, mairie_id, asked_at, changed_at, state, round_began_at, used_ms, closed_at)
           select $1, $2, $3, at, at, 'closed', at, 0, at from (select $4::timestamptz as at) one`,
          [questionId, bodyId, world.demo.mairieId, `${day}T10:00:00Z`],
        );
        await opened.database.run(
          `insert into question_rounds values ($1, $2, $3::timestamptz, $3::timestamptz + '1 day', $4, true)`,
          [questionId, bodyId, `${day}T10:00:00Z`, each * 60 * MINUTE],
        );
      }
    };
    await fill('2026-10-05', 10);
    await asked(world.bodies.office, [2, 9.2, 20, 30, 80, 5], '2026-10-06');
    await asked(world.bodies.taxes, [1, 1, 1, 1], '2026-10-07');
    // A week that is not over, and another year.
    await asked(world.bodies.taxes, [1, 1, 1, 1, 1], '2026-11-04');
    await asked(world.bodies.taxes, [1, 1, 1, 1, 1], '2025-06-04');
    const office = {
      body: 'Office des familles du Val-Clair',
      ...{ questions: 6, medianHours: 15, within72: 83 },
    };
    const taxes = {
      body: 'Service des impôts du Val-Clair',
      ...{ questions: null, medianHours: null, within72: null },
    };
    expect((await read('clerk')).answerTimes).toEqual([office, taxes]);
    expect((await read('operator')).answerTimes).toEqual([office, taxes]);
    expect((await read('nadia')).answerTimes).toEqual([office]);
    await opened.database.script('delete from questions');
  });

  it('answers the same for ten minutes, and then what has changed', async () => {
    await fill('2026-10-05', 10);
    const total = async () => (await read('clerk')).periods[0]?.visits;
    expect(await total()).toBe(10);
    await fill('2026-10-12', 10);
    expect(await total()).toBe(10);
    later(11 * MINUTE);
    expect(await total()).toBe(20);
  });

  it('is filled for a demo: the same seed, the same two months', async () => {
    const past = {
      mairieIds: [world.demo.mairieId],
      bodies: [
        { bodyId: world.bodies.office, motives: [MOTIVE, 'Naissance'] },
        { bodyId: world.bodies.taxes, motives: ['Taxe foncière'] },
      ],
      now,
    };
    const filled = async (seed: number) => {
      await opened.database.script('truncate counted_visits, counted_words');
      await seedPast(opened.database, { ...past, seed });
      later(11 * MINUTE);
      return (await read('clerk')).periods;
    };
    const first = await filled(7);
    expect(first[0]?.visits).toBeGreaterThan(30);
    expect(first[0]?.answered).toBeGreaterThan(10);
    expect(await filled(7)).toEqual(first);
    expect(await filled(8)).not.toEqual(first);
  });

  it('finds a year among 100,000 visits by its indexes', async () => {
    await opened.database.script(`
      insert into counted_visits
      select date '2024-01-01' + 7 * (n % 150), m.id, b.id, null, 'completed', 5 * (n % 10), 5 * (n % 7), 1, 1
      from generate_series(1, 50000) n, mairies m, bodies b where m.name like 'Saint%' and b.name like 'Office%';
      insert into territories select gen_random_uuid(), 'Autre ' || n from generate_series(1, 1) n;
      insert into mairies (id, territory_id, name)
        select gen_random_uuid(), (select id from territories where name = 'Autre 1' limit 1), 'Mairie ' || n from generate_series(1, 100) n;
      insert into bodies (id, name, motives) select gen_random_uuid(), 'Organisme ' || n, '{}' from generate_series(1, 50) n;
      insert into counted_visits
      select date '2024-01-01' + 7 * (n % 150), m.id, b.id, null, 'completed', 5 * (n % 10), 5 * (n % 7), 1, 1
      from generate_series(1, 50000) n
      join (select id, row_number() over (order by name) as rank from mairies where name like 'Mairie%') m on m.rank = 1 + n % 100
      join (select id, row_number() over (order by name) as rank from bodies where name like 'Organisme%') b on b.rank = 1 + n % 50;
      analyze counted_visits; analyze mairies; analyze bodies`);
    const [some] = await opened.database.rows(
      z.object({ mairie: z.uuid(), body: z.uuid() }),
      `select m.id as mairie, b.id as body from mairies m, bodies b where m.name = 'Mairie 7' and b.name = 'Organisme 7'`,
    );
    for (const kind of ['mairie', 'body'] as const) {
      const id = some?.[kind] ?? '';
      const weeks = { first: '2025-12-29', last: '2026-10-26' };
      for (const [name, sql] of Object.entries(countsSql(kind))) {
        const plan = await opened.database.rows(z.object({ 'QUERY PLAN': z.string() }), `explain ${sql}`, [
          [id],
          weeks.first,
          weeks.last,
        ]);
        const told = plan.map((row) => row['QUERY PLAN']).join('\n');
        const table = name === 'words' ? 'words' : 'visits';
        expect(told).toMatch(new RegExp(`counted_${table}_${kind}`));
        expect(told).not.toMatch(/Seq Scan on counted_visits/);
      }
      const counts = await yearCounts(opened.database, { kind, ids: [id] }, weeks);
      expect(counts.visits.length).toBeGreaterThan(0);
    }
    await opened.database.script(
      `truncate counted_visits; delete from mairies where name like 'Mairie %'; delete from bodies where name like 'Organisme %'`,
    );
  });
});

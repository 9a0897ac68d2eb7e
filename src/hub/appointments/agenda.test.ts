/** What each terminal's free screen is told of its next appointment, on both databases and between two hubs. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SHOWN_AFTER } from '#shared/protocol/agenda.ts';
import { bookAnswer, slotsAnswer } from '#shared/protocol/appointments.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  createWorld,
  type Person,
  reportOf,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';
import type { TestTerminal } from '../testing/test-peers.ts';
import { NEXT_SQL, nextAppointments } from './next-appointments.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Monday in winter, 08:00 in Paris. */
const NOW = Date.UTC(2026, 1, 2, 7);
const PARIS = 'Europe/Paris';
/** Only a failing test waits this long. */
const PATIENCE = { timeout: 20_000 };

describe.each(testDatabases)('the agenda on $name', ({ name, open }) => {
  let opened: TestDatabase;
  let world: World;
  let hub: TestHub;
  let now = NOW;
  let hubs: TestHub[] = [];

  beforeAll(async () => {
    opened = await open();
    world = await createWorld(opened.database);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await resetWorld(world);
    await world.database.run(`update sessions set expires_at = '2100-01-01'`);
    await world.database.run('update mairies set time_zone = $1', [PARIS]);
    now = NOW;
    hubs = [];
    hub = await start();
  });
  afterEach(async () => {
    for (const each of hubs) await each.close();
  });

  async function start(): Promise<TestHub> {
    const peer = name === 'PostgreSQL' ? { peer: { host: '127.0.0.1', port: 0 } } : {};
    const started = await startTestHub(world, { clock: () => now, ...peer });
    hubs.push(started);
    return started;
  }

  /** As if it had been booked before, whoever is open when. */
  async function put(terminalId: string, startsAt: number): Promise<string> {
    const appointmentId = randomUUID();
    const [who] = await world.database.rows(
      z.object({ id: z.uuid(), body_id: z.uuid() }),
      `select id, body_id from accounts where role = 'counsellor' order by name limit 1`,
    );
    if (!who) throw new Error('The demo has no counsellor.');
    const booked = await hub.hub.appointments.book({
      ...{ appointmentId, terminalId, bodyId: who.body_id, bookedBy: who.id, at: now },
      slot: { startsAt, endsAt: startsAt + 30 * MINUTE, counsellorIds: [who.id] },
      person: {
        ...{ residentName: 'Madame Martin', motive: 'Aide', showName: true, telephone: null, email: null },
      },
    });
    expect(booked).toBe(true);
    return appointmentId;
  }

  const told = (terminal: TestTerminal) =>
    terminal.inbox.all.flatMap((message) => (message.type === 'agenda' ? [message.next] : []));
  const untilTold = (terminal: TestTerminal, at: number | null) =>
    expect.poll(() => told(terminal).at(-1), PATIENCE).toEqual(at === null ? null : { at, timeZone: PARIS });
  const as = async (who: Person, method: string, path: string, body?: unknown) => {
    const answer = await fetch(new URL(path, hub.origin), {
      method,
      headers: {
        origin: hub.origin,
        cookie: await hub.logIn(who),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect([200, 204]).toContain(answer.status);
    return answer;
  };
  /** Room and body are open all day; answers with the instants that are free today. */
  async function openUp(terminalId: string): Promise<number[]> {
    const hours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '18:00' }));
    await as('nadia', 'PUT', '/api/calendars/body', { hours, closures: [], minutes: 30 });
    const room = { hours, closures: [], timeZone: PARIS };
    await as('clerk', 'PUT', `/api/calendars/terminals/${terminalId}`, room);
    const path = `/api/appointments/slots?terminalId=${terminalId}&bodyId=${world.bodies.office}`;
    const { slots } = slotsAnswer.parse(await (await as('clerk', 'GET', path)).json());
    return slots.map(({ startsAt }) => startsAt);
  }
  async function book(terminalId: string, startsAt: number): Promise<string> {
    const { residentName, motive } = { residentName: 'Madame Martin', motive: 'Aide au logement' };
    const answer = await as('clerk', 'POST', '/api/appointments', {
      ...{ terminalId, bodyId: world.bodies.office, startsAt, consent: true },
      person: { residentName, motive, showName: true, telephone: null, email: null },
    });
    return bookAnswer.parse(await answer.json()).appointmentId;
  }

  test('a terminal is told as soon as it is linked, after its visit, and its hour alone', async () => {
    const identity = await hub.enrol();
    const at = NOW + 2 * HOUR;
    await put(identity.terminalId, at + HOUR);
    await put(identity.terminalId, at);
    const terminal = await hub.link(identity);
    await untilTold(terminal, at);
    expect(told(terminal)).toHaveLength(1);
    expect(terminal.inbox.all.map(({ type }) => type)).toEqual(['challenge', 'visit', 'agenda']);
    const other = await hub.link();
    await untilTold(other, null);
  });

  test('booked, moved, cancelled, missed, erased: each is told at once, and nothing is told twice', async () => {
    const terminal = await hub.link();
    const { terminalId } = terminal;
    const [first = 0, second = 0, third = 0] = (await openUp(terminalId)).slice(2);
    await untilTold(terminal, null);
    const one = await book(terminalId, second);
    await untilTold(terminal, second);
    const other = await book(terminalId, third);
    await as('clerk', 'POST', `/api/appointments/${one}/move`, { startsAt: first });
    await untilTold(terminal, first);
    await as('clerk', 'POST', `/api/appointments/${one}/missed`);
    await untilTold(terminal, third);
    await as('clerk', 'POST', `/api/appointments/${other}/cancel`);
    await untilTold(terminal, null);
    const last = await book(terminalId, second);
    await untilTold(terminal, second);
    await as('clerk', 'POST', '/api/persons/erase', { domain: 'appointment', id: last });
    await untilTold(terminal, null);
    expect(told(terminal).map((next) => next?.at ?? null)).toEqual([
      ...[null, second, first, third, null, second, null],
    ]);
  });

  test('one that begins is a visit, and the screen is right again before it ends', async () => {
    const terminal = await hub.link();
    const { terminalId } = terminal;
    terminal.send({ type: 'report', report: reportOf('idle', null) });
    const [first = 0, second = 0] = await openUp(terminalId);
    const one = await book(terminalId, first);
    await book(terminalId, second);
    await untilTold(terminal, first);
    await as('clerk', 'POST', `/api/appointments/${one}/start`);
    await terminal.untilVisit(({ visit }) => visit);
    await untilTold(terminal, second);
  });

  test('the clock on the mairie’s wall is changed, and the terminal is told of it', async () => {
    const terminal = await hub.link();
    const at = NOW + 2 * HOUR;
    await put(terminal.terminalId, at);
    const room = { hours: [], closures: [], timeZone: 'Indian/Reunion' };
    await as('clerk', 'PUT', `/api/calendars/terminals/${terminal.terminalId}`, room);
    await expect.poll(() => told(terminal).at(-1), PATIENCE).toEqual({ at, timeZone: 'Indian/Reunion' });
  });

  test('stays for who comes late; then time alone brings the next, and at midnight the next day', async () => {
    const identity = await hub.enrol();
    const [first, second] = [NOW + HOUR, NOW + 3 * HOUR];
    /** 00:20 of the next day in Paris. */
    const third = Date.UTC(2026, 1, 2, 23, 20);
    for (const at of [first, second, third]) await put(identity.terminalId, at);
    const terminal = await hub.link(identity);
    const agendaUntil = () => hub.hub.switchboard.snapshot()?.agenda.until;
    const lookAt = (time: number) => {
      now = time;
      hub.hub.agendaAlarm.check();
    };
    await untilTold(terminal, first);
    // The first of the morning is an hour away, and nothing else is due before.
    expect(agendaUntil()).toBe(NOW + HOUR);
    lookAt(first + SHOWN_AFTER - MINUTE);
    await expect.poll(agendaUntil, PATIENCE).toBe(first + SHOWN_AFTER);
    lookAt(first + SHOWN_AFTER);
    await untilTold(terminal, second);
    lookAt(second + SHOWN_AFTER);
    await untilTold(terminal, null);
    const midnight = Date.UTC(2026, 1, 2, 23);
    lookAt(midnight - MINUTE);
    await expect.poll(agendaUntil, PATIENCE).toBe(midnight);
    lookAt(midnight);
    await untilTold(terminal, third);
    expect(told(terminal).map((next) => next?.at ?? null)).toEqual([first, second, null, third]);
  });

  test('lets go of it by itself, with nobody who does anything', async () => {
    const real = await startTestHub(world);
    hubs.push(real);
    const terminal = await real.link();
    await untilTold(terminal, null);
    const at = Date.now() - SHOWN_AFTER + 3_000;
    await put(terminal.terminalId, at);
    await real.hub.switchboard.refresh();
    await untilTold(terminal, at);
    await untilTold(terminal, null);
    expect(Date.now()).toBeGreaterThanOrEqual(at + SHOWN_AFTER);
  });

  test.each([
    // The clocks go back in the night before: a day of 25 hours, whose last half hour is still of that day.
    ['Europe/Paris', Date.UTC(2026, 9, 24, 22, 30), Date.UTC(2026, 9, 25, 22, 30), true],
    ['Europe/Paris', Date.UTC(2026, 9, 24, 22, 30), Date.UTC(2026, 9, 25, 23), false],
    // 17:00 on Monday in Nouméa is 19:00 on Sunday in Tahiti.
    ['Pacific/Noumea', Date.UTC(2026, 1, 2, 6), Date.UTC(2026, 1, 2, 12, 30), true],
    ['Pacific/Noumea', Date.UTC(2026, 1, 2, 6), Date.UTC(2026, 1, 2, 13), false],
    ['Pacific/Tahiti', Date.UTC(2026, 1, 2, 6), Date.UTC(2026, 1, 2, 9, 30), true],
    ['Pacific/Tahiti', Date.UTC(2026, 1, 2, 6), Date.UTC(2026, 1, 2, 10), false],
  ] as const)('today in %s at %i: %i is of it: %s', async (timeZone, at, startsAt, isToday) => {
    const { terminalId } = await hub.enrol();
    await world.database.run('update mairies set time_zone = $1', [timeZone]);
    await put(terminalId, startsAt);
    const { next, until } = await nextAppointments(world.database, at);
    expect(next.get(terminalId) ?? null).toEqual(isToday ? { at: startsAt, timeZone } : null);
    expect(until).toBeGreaterThan(at);
    expect(until).toBeLessThanOrEqual(at + HOUR);
  });

  test('is read by index, with 30,000 appointments of a year', async () => {
    const { terminalId } = await hub.enrol();
    const [who] = await world.database.rows(
      z.object({ id: z.uuid(), body_id: z.uuid() }),
      `select id, body_id from accounts where role = 'counsellor' limit 1`,
    );
    await world.database.run(
      `insert into appointments (id, terminal_id, body_id, counsellor_id, starts_at, ends_at, state, booked_by, booked_at)
       select gen_random_uuid(), $1, $2, $3, at, at + interval '10 minutes',
         case when n % 3 = 0 then 'kept' else 'booked' end, $3, at
       from generate_series(1, 30000) n, lateral (select $4::timestamptz + (n - 20000) * interval '15 minutes' as at) t`,
      [terminalId, who?.body_id ?? '', who?.id ?? '', new Date(NOW)],
    );
    await world.database.script('analyze appointments');
    const plan = async (sql: string, values: readonly Date[]) =>
      (await world.database.rows(z.object({ 'QUERY PLAN': z.string() }), `explain ${sql}`, values))
        .map((line) => line['QUERY PLAN'])
        .join('\n');
    const full = /Seq Scan on appointments/;
    const between = [new Date(NOW - SHOWN_AFTER), new Date(NOW + 26 * HOUR)];
    expect(await plan(NEXT_SQL, between)).toMatch(/appointments_to_come/);
    expect(await plan(NEXT_SQL, between)).not.toMatch(full);
    // The check can fail.
    expect(await plan('select id from appointments where booked_at > $1', between.slice(0, 1))).toMatch(full);
  });

  // A PGlite belongs to one hub alone.
  if (name === 'PostgreSQL')
    test('booked and cancelled at one hub, told by the other', async () => {
      const there = await start();
      const terminal = await there.link(await hub.enrol());
      const [, first = 0] = await openUp(terminal.terminalId);
      await untilTold(terminal, null);
      const id = await book(terminal.terminalId, first);
      await untilTold(terminal, first);
      expect(hub.hub.switchboard.terminalLine(terminal.terminalId)).toBeNull();
      await as('clerk', 'POST', `/api/appointments/${id}/cancel`);
      await untilTold(terminal, null);
    });
});

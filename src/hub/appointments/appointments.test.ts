/** Appointments over the hub's own routes, with every role, on both databases. */
import ICAL from 'ical.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type AppointmentPerson,
  appointmentsAnswer,
  bodyCalendar,
  bookAnswer,
  feedAnswer,
  placesAnswer,
  slotsAnswer,
  terminalCalendar,
} from '#shared/protocol/appointments.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  auditTrail,
  counsellorView,
  createWorld,
  type Person,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';

/** A Sunday evening in winter: the next day's week has no holiday. */
const NOW = Date.UTC(2026, 1, 1, 18);
const MONDAY = '2026-02-02';
const WEEKDAYS = [1, 2, 3, 4, 5];
const hours = (from: string, to: string) => WEEKDAYS.map((weekday) => ({ weekday, from, to }));
const person: AppointmentPerson = {
  residentName: 'Madame Martin',
  motive: 'Aide au logement',
  showName: true,
  telephone: '06 12 34 56 78',
  email: null,
};

describe.each(testDatabases)('appointments on $name', ({ open }) => {
  let opened: TestDatabase;
  let world: World;
  let hub: TestHub;
  let terminalId: string;
  let otherId: string;
  let now = NOW;

  beforeAll(async () => {
    opened = await open();
    world = await createWorld(opened.database);
    // Another mairie of the same territory, with a terminal that is none of this clerk's business.
    await world.database.run(
      `insert into mairies (id, territory_id, name) select gen_random_uuid(), territory_id, 'Les Aulnes' from mairies`,
    );
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await resetWorld(world);
    // Whoever logged in for a test before stays logged in for this one.
    await world.database.run(`update sessions set expires_at = '2100-01-01'`);
    now = NOW;
    hub = await startTestHub(world, { clock: () => now });
    const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
    for (const [id, mairie] of [
      [one, 'Saint-Martin-des-Prés'],
      [other, 'Les Aulnes'],
    ] as const) {
      await world.database.run(
        `insert into terminals (id, mairie_id, name, public_key, enrolled_at)
         select $1, id, 'Accueil', '', now() from mairies where name = $2`,
        [id, mairie],
      );
    }
    [terminalId, otherId] = [one, other];
  });
  afterEach(() => hub.close());

  const as = async (who: Person, method: string, path: string, body?: unknown) =>
    fetch(new URL(path, hub.origin), {
      method,
      headers: {
        origin: hub.origin,
        cookie: await hub.logIn(who),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const said = async (response: Response) =>
    response.ok ? 'ok' : z.object({ code: z.string() }).parse(await response.json()).code;
  async function openUp(from = '09:00', to = '12:00', minutes = 30): Promise<void> {
    const body = await as('nadia', 'PUT', '/api/calendars/body', {
      hours: hours(from, to),
      closures: [],
      minutes,
    });
    const room = await as('clerk', 'PUT', `/api/calendars/terminals/${terminalId}`, {
      ...{ hours: hours(from, to), closures: [] },
      timeZone: 'Europe/Paris',
    });
    expect([body.status, room.status]).toEqual([204, 204]);
  }
  const slotsPath = (id = terminalId, bodyId = world.bodies.office, date = MONDAY) =>
    `/api/appointments/slots?terminalId=${id}&bodyId=${bodyId}&date=${date}`;
  const slots = async (who: Person = 'clerk') =>
    slotsAnswer.parse(await (await as(who, 'GET', slotsPath())).json());
  const book = (who: Person, startsAt: number, change: object = {}) =>
    as(who, 'POST', '/api/appointments', {
      ...{ terminalId, bodyId: world.bodies.office, startsAt, person, consent: true },
      ...change,
    });
  const booked = async (startsAt: number) =>
    bookAnswer.parse(await (await book('clerk', startsAt)).json()).appointmentId;
  const list = async (who: Person) =>
    appointmentsAnswer.parse(await (await as(who, 'GET', `/api/appointments?date=${MONDAY}`)).json())
      .appointments;
  const first = async (index = 0) => (await slots()).slots[index]?.startsAt ?? 0;

  test('a week’s free slots; one is booked, listed, moved and cancelled, and is free again', async () => {
    await openUp();
    const before = await slots();
    expect(before.slots).toHaveLength(30);
    expect(before.week.days[0]).toBe(MONDAY);
    expect(before.slots[0]).toEqual({
      day: MONDAY,
      startsAt: Date.UTC(2026, 1, 2, 8),
      endsAt: Date.UTC(2026, 1, 2, 8, 30),
    });
    const id = await booked(await first());
    expect((await slots()).slots).toHaveLength(29);
    const [mine] = await list('clerk');
    expect(mine).toMatchObject({ appointmentId: id, day: MONDAY, state: 'booked', person });
    const [nadias, juliens] = [await list('nadia'), await list('julien')];
    expect([...nadias, ...juliens]).toEqual([mine]);
    expect(await list('sophie')).toEqual([]);

    const later = await first(5);
    expect((await as('clerk', 'POST', `/api/appointments/${id}/move`, { startsAt: later })).status).toBe(204);
    expect((await list('clerk'))[0]).toMatchObject({ startsAt: later, state: 'booked', person });
    expect(await said(await as('clerk', 'POST', `/api/appointments/${id}/move`, { startsAt: later }))).toBe(
      'slotTaken',
    );
    expect((await as('clerk', 'POST', `/api/appointments/${id}/cancel`)).status).toBe(204);
    expect((await slots()).slots).toHaveLength(30);
    expect((await list('clerk'))[0]).toMatchObject({ state: 'cancelled', person: null });
    for (const verb of ['cancel', 'missed', 'start']) {
      expect(await said(await as('clerk', 'POST', `/api/appointments/${id}/${verb}`))).toBe(
        'appointmentOver',
      );
    }
  });

  test('of 200 bookings at once on the same 50 slots exactly 50 succeed', async () => {
    await openUp('09:00', '14:00');
    const { slots: free } = await slots();
    expect(free).toHaveLength(50);
    const answers = await Promise.all(
      // Four side by side for each slot: they all find it free before the first of them has it.
      Array.from({ length: 200 }, async (_, index) =>
        said(await book('clerk', free[Math.floor(index / 4)]?.startsAt ?? 0)),
      ),
    );
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(50);
    expect(answers.filter((answer) => answer === 'slotTaken')).toHaveLength(150);
    const kept = await list('clerk');
    expect(new Set(kept.map(({ startsAt }) => startsAt)).size).toBe(50);
    expect((await slots()).slots).toEqual([]);
  });

  test('moves that meet on one slot: one gets it, the others stay where they are', async () => {
    await openUp();
    const free = (await slots()).slots.map(({ startsAt }) => startsAt);
    const ids = await Promise.all(free.slice(0, 8).map(booked));
    const target = free[20] ?? 0;
    const answers = await Promise.all(
      ids.map(async (id) =>
        said(await as('clerk', 'POST', `/api/appointments/${id}/move`, { startsAt: target })),
      ),
    );
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'slotTaken')).toHaveLength(7);
    const starts = (await list('clerk')).map(({ startsAt }) => startsAt);
    expect(new Set(starts).size).toBe(8);
    expect(starts).toContain(target);
  });

  test('one counsellor is not booked at two mairies at once, whoever asks', async () => {
    await openUp();
    await world.database.run(
      `insert into opening_hours (terminal_id, weekday, open_minute, close_minute) values ($1, 1, 540, 720)`,
      [otherId],
    );
    const at = await first();
    const answers: string[] = [];
    // Nadia and Julien are two: the third terminal's resident would have nobody.
    const third = crypto.randomUUID();
    await world.database.run(
      `insert into terminals (id, mairie_id, name, public_key, enrolled_at)
       select $1, mairie_id, 'Salle', '', now() from terminals where id = $2`,
      [third, otherId],
    );
    await world.database.run(
      `insert into opening_hours (terminal_id, weekday, open_minute, close_minute) values ($1, 1, 540, 720)`,
      [third],
    );
    for (const id of [terminalId, otherId, third])
      answers.push(await said(await book('nadia', at, { terminalId: id })));
    expect(answers).toEqual(['ok', 'ok', 'slotTaken']);
  });

  test('who may book is told where and with whom, and all of it is bookable', async () => {
    const places = async (who: Person) =>
      placesAnswer.parse(await (await as(who, 'GET', '/api/appointments/places')).json());
    const here = { terminalId, name: 'Accueil', mairie: 'Saint-Martin-des-Prés' };
    const there = { terminalId: otherId, name: 'Accueil', mairie: 'Les Aulnes' };
    expect((await places('clerk')).terminals).toEqual([here]);
    expect((await places('clerk')).bodies.map(({ bodyId }) => bodyId).sort()).toEqual(
      [world.bodies.office, world.bodies.taxes].sort(),
    );
    expect(await places('nadia')).toEqual({
      bodies: [{ bodyId: world.bodies.office, name: 'Office des familles du Val-Clair' }],
      terminals: [there, here],
    });
    for (const who of ['clerk', 'nadia', 'sophie', 'agent'] as const) {
      const { bodies, terminals } = await places(who);
      for (const { bodyId } of bodies)
        for (const { terminalId: id } of terminals)
          expect((await as(who, 'GET', slotsPath(id, bodyId))).status).toBe(200);
    }
  });

  test('every route with every role: out of scope nothing exists, and the refusal is audited', async () => {
    await openUp();
    const id = await booked(await first());
    const unknown = crypto.randomUUID();
    const { office, taxes } = world.bodies;
    const room = { hours: hours('09:00', '12:00'), closures: [], timeZone: 'Europe/Paris' };
    const own = { hours: [], closures: [] };
    const at = await first(3);
    const wanted = { terminalId, bodyId: office, startsAt: at, person, consent: true };
    const [clerk, nadia, sophie, operator] = ['clerk', 'nadia', 'sophie', 'operator'] as const;
    const table: [string, string, unknown, Partial<Record<Person, string>>][] = [
      [
        'GET',
        slotsPath(),
        undefined,
        { [clerk]: 'ok', [nadia]: 'ok', [sophie]: 'notFound', [operator]: 'forbidden' },
      ],
      ['GET', slotsPath(otherId), undefined, { [clerk]: 'notFound', [nadia]: 'ok', [operator]: 'forbidden' }],
      ['GET', slotsPath(unknown), undefined, { [clerk]: 'notFound', [nadia]: 'notFound' }],
      [
        'GET',
        slotsPath(terminalId, taxes),
        undefined,
        { [clerk]: 'ok', [nadia]: 'notFound', [sophie]: 'ok' },
      ],
      [
        'GET',
        '/api/appointments/places',
        undefined,
        { [clerk]: 'ok', [nadia]: 'ok', [operator]: 'forbidden' },
      ],
      ['GET', '/api/appointments', undefined, { [clerk]: 'ok', [nadia]: 'ok', [operator]: 'forbidden' }],
      ['POST', '/api/appointments', { ...wanted, terminalId: otherId }, { [clerk]: 'notFound' }],
      ['POST', '/api/appointments', { ...wanted, bodyId: unknown }, { [clerk]: 'notFound' }],
      ['POST', '/api/appointments', wanted, { [sophie]: 'notFound', [operator]: 'forbidden' }],
      ...(['move', 'cancel', 'missed', 'start'] as const).flatMap((verb): typeof table => [
        [
          'POST',
          `/api/appointments/${id}/${verb}`,
          { startsAt: at },
          { [sophie]: 'notFound', [operator]: 'forbidden' },
        ],
        [
          'POST',
          `/api/appointments/${unknown}/${verb}`,
          { startsAt: at },
          { [clerk]: 'notFound', [nadia]: 'notFound' },
        ],
        [
          'POST',
          `/api/appointments/x/${verb}`,
          { startsAt: at },
          { [clerk]: 'notFound', [operator]: 'forbidden' },
        ],
      ]),
      ['POST', `/api/appointments/${id}/start`, {}, { [nadia]: 'forbidden' }],
      ...(['GET', 'PUT'] as const).flatMap((method): typeof table => [
        [
          method,
          '/api/calendars/body',
          method === 'PUT' ? { ...own, minutes: 30 } : undefined,
          { [clerk]: 'forbidden', [operator]: 'forbidden', [sophie]: 'ok' },
        ],
        [
          method,
          '/api/calendars/counsellor',
          method === 'PUT' ? own : undefined,
          { [clerk]: 'forbidden', [operator]: 'forbidden', [sophie]: 'ok' },
        ],
        [
          method,
          `/api/calendars/terminals/${terminalId}`,
          method === 'PUT' ? room : undefined,
          { [nadia]: 'forbidden', [operator]: 'forbidden', [clerk]: 'ok' },
        ],
        [
          method,
          `/api/calendars/terminals/${otherId}`,
          method === 'PUT' ? room : undefined,
          { [clerk]: 'notFound', [nadia]: 'forbidden' },
        ],
        [method, '/api/calendars/terminals/x', method === 'PUT' ? room : undefined, { [clerk]: 'notFound' }],
      ]),
      [
        'POST',
        '/api/calendar-feeds',
        { of: 'terminal', terminalId },
        { [nadia]: 'forbidden', [operator]: 'forbidden', [clerk]: 'ok' },
      ],
      ['POST', '/api/calendar-feeds', { of: 'terminal', terminalId: otherId }, { [clerk]: 'notFound' }],
      [
        'POST',
        '/api/calendar-feeds',
        { of: 'counsellor' },
        { [clerk]: 'forbidden', [operator]: 'forbidden', [nadia]: 'ok' },
      ],
    ];
    let refusals = 0;
    for (const [method, path, body, expected] of table) {
      for (const [who, outcome] of Object.entries(expected) as [Person, string][]) {
        expect([who, method, path, await said(await as(who, method, path, body))]).toEqual([
          who,
          method,
          path,
          outcome,
        ]);
        if (outcome !== 'ok') refusals += 1;
      }
    }
    const audited = (await auditTrail(world)).filter(
      ({ outcome }) => outcome === 'forbidden' || outcome === 'notFound',
    );
    expect(audited).toHaveLength(refusals);
    expect((await list('clerk'))[0]).toMatchObject({ appointmentId: id, state: 'booked' });
    const nobody = await fetch(new URL('/api/appointments', hub.origin));
    expect(nobody.status).toBe(401);
  });

  test('what is wrong with a request or with hours is refused, and nothing changes', async () => {
    await openUp();
    const at = await first();
    for (const change of [
      { startsAt: at + 60_000 },
      { startsAt: at - 86_400_000 },
      { startsAt: 0 },
      { startsAt: Number.MAX_SAFE_INTEGER },
    ]) {
      expect(await said(await book('clerk', at, change))).toBe('slotTaken');
    }
    for (const change of [
      { consent: false },
      { startsAt: -1 },
      { person: { ...person, residentName: 'a'.repeat(300) } },
      { person: { ...person, email: 'nobody' } },
      { person: { ...person, telephone: 'call me' } },
      { person: { ...person, birthDate: '1950-01-01' } },
    ]) {
      expect(await said(await book('clerk', at, change))).toBe('invalidMessage');
    }
    const put = async (calendar: object) =>
      said(
        await as('nadia', 'PUT', '/api/calendars/body', {
          hours: [],
          closures: [],
          minutes: 30,
          ...calendar,
        }),
      );
    const nine = { weekday: 1, from: '09:00', to: '12:00' };
    expect(await put({ hours: [nine, { ...nine, from: '11:30', to: '14:00' }] })).toBe('hoursOverlap');
    expect(await put({ hours: [{ ...nine, to: '08:00' }] })).toBe('hoursBackward');
    expect(await put({ closures: [{ first: '2026-03-02', last: '2026-03-01' }] })).toBe('hoursBackward');
    expect(await put({ hours: [{ ...nine, to: '24:00' }] })).toBe('invalidMessage');
    expect(await put({ closures: [{ first: '2026-02-30', last: '2026-03-01' }] })).toBe('invalidMessage');
    expect(await put({ minutes: 0 })).toBe('invalidMessage');
    const kept = bodyCalendar.parse(await (await as('nadia', 'GET', '/api/calendars/body')).json());
    expect(kept).toEqual({ hours: hours('09:00', '12:00'), closures: [], minutes: 30 });
    // What the code lets pass the database would not.
    await expect(
      world.database.run(
        `insert into opening_hours (body_id, weekday, open_minute, close_minute) values ($1, 1, 600, 660)`,
        [world.bodies.office],
      ),
    ).rejects.toThrow(/opening_hours_body_once/);
  });

  test('a name in Arabic and a formula for a motive come back as they were', async () => {
    await openUp();
    const odd = { ...person, residentName: 'السيدة مارتن', motive: '=1+1;"', email: 'm@example.org' };
    expect(await said(await book('clerk', await first(), { person: odd }))).toBe('ok');
    expect((await list('clerk'))[0]?.person).toEqual(odd);
  });

  test('closures, other zones and hours of a counsellor’s own change what is free', async () => {
    await openUp();
    const rest = { hours: hours('09:00', '12:00'), timeZone: 'Indian/Reunion' };
    const closures = [{ first: MONDAY, last: '2026-02-03' }];
    await as('clerk', 'PUT', `/api/calendars/terminals/${terminalId}`, { ...rest, closures });
    const path = `/api/calendars/terminals/${terminalId}`;
    expect(terminalCalendar.parse(await (await as('clerk', 'GET', path)).json())).toEqual({
      ...rest,
      closures,
    });
    const there = await slots();
    expect(there.timeZone).toBe('Indian/Reunion');
    expect(there.slots).toHaveLength(18);
    expect(there.slots[0]?.startsAt).toBe(Date.UTC(2026, 1, 4, 5));
    const away = { hours: [], closures: [{ first: '2026-02-01', last: '2026-02-08' }] };
    await as('nadia', 'PUT', '/api/calendars/counsellor', away);
    await as('julien', 'PUT', '/api/calendars/counsellor', {
      hours: [{ weekday: 5, from: '09:00', to: '10:00' }],
      closures: [],
    });
    expect((await slots()).slots.map(({ day }) => day)).toEqual(['2026-02-06', '2026-02-06']);
    for (const who of ['nadia', 'julien'] as const) {
      await as(who, 'PUT', '/api/calendars/counsellor', { hours: [], closures: [] });
    }
  });

  test('two who save hours at once: one of them is kept whole', async () => {
    const wanted = [hours('09:00', '12:00'), hours('10:00', '17:00')];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        as('nadia', 'PUT', '/api/calendars/body', { hours: wanted[index % 2], closures: [], minutes: 30 }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(204));
    const kept = bodyCalendar.parse(await (await as('nadia', 'GET', '/api/calendars/body')).json());
    expect(wanted).toContainEqual(kept.hours);
  });

  test('on the day one click makes the visit, once', async () => {
    await openUp();
    const [one, two] = [await booked(await first()), await booked(await first(1))];
    const nadia = await hub.sit('nadia');
    const clicks = await Promise.all(
      [1, 2, 3].map(async () => said(await as('clerk', 'POST', `/api/appointments/${one}/start`))),
    );
    expect(clicks.sort()).toEqual(['appointmentOver', 'appointmentOver', 'ok']);
    const waiting = await nadia.until((view) => counsellorView(view).queue[0]);
    expect(waiting).toMatchObject({ residentName: 'Madame Martin', motive: 'Aide au logement' });
    expect(await said(await as('clerk', 'POST', `/api/appointments/${two}/start`))).toBe('terminalBusy');
    expect((await list('clerk')).map(({ state }) => state)).toEqual(['kept', 'booked']);
    expect((await as('clerk', 'POST', `/api/appointments/${two}/missed`)).status).toBe(204);
    expect((await list('clerk')).map((each) => each.person)).toEqual([null, null]);
    await nadia.cut();
  });

  test('who has an appointment comes before who has none, by its hour, and with this body alone', async () => {
    await openUp();
    const third = crypto.randomUUID();
    await world.database.run(
      `insert into terminals (id, mairie_id, name, public_key, enrolled_at)
       select $1, mairie_id, 'Salle', '', now() from terminals where id = $2`,
      [third, otherId],
    );
    const waits = (id: string, name: string, appointmentAt?: number) => ({
      ...{ visitId: crypto.randomUUID(), terminalId: id, bodyId: world.bodies.office },
      personal: { residentName: name, motive: 'Naissance', details: {}, identityPaper: null },
      ...{ showName: true, at: now - 3_600_000, ...(appointmentAt === undefined ? {} : { appointmentAt }) },
    });
    await hub.hub.visits.announce(waits(otherId, 'Sans rendez-vous'));
    const [earlier, later] = [await first(), await first(1)];
    const id = await booked(later);
    expect(await said(await as('clerk', 'POST', `/api/appointments/${id}/start`))).toBe('ok');
    await hub.hub.visits.announce(waits(third, 'Plus tôt', earlier));
    const nadia = await hub.sit('nadia');
    await hub.hub.switchboard.refresh();
    const queue = (view: ReturnType<typeof nadia.view>) =>
      counsellorView(view).queue.map(({ residentName, position, appointment }) => [
        ...[residentName, position, appointment?.at],
      ]);
    await nadia.until((view) => counsellorView(view).queue.length === 3);
    expect(queue(nadia.view())).toEqual([
      ['Plus tôt', 1, earlier],
      ['Madame Martin', 2, later],
      ['Sans rendez-vous', 3, undefined],
    ]);
    const visitId = counsellorView(nadia.view()).queue[1]?.visitId ?? '';
    expect(counsellorView(nadia.view()).queue[1]?.appointment?.timeZone).toBe('Europe/Paris');
    const sophie = await hub.sit('sophie');
    await nadia.ask({ type: 'pickUp', visitId });
    const to = { kind: 'body', bodyId: world.bodies.taxes } as const;
    expect(await nadia.ask({ type: 'handOver', visitId, to })).toMatchObject({ ok: true });
    await sophie.until((view) => counsellorView(view).queue.length === 1);
    expect(queue(sophie.view())).toEqual([['Madame Martin', 1, undefined]]);
    await Promise.all([nadia.cut(), sophie.cut()]);
  });

  test('nothing personal lies open in the database, and it goes a day after the appointment', async () => {
    await openUp();
    const id = await booked(await first());
    const rows = () =>
      world.database.rows(
        z.object({ text: z.string(), sealed: z.instanceof(Uint8Array).nullable() }),
        `select (to_jsonb(p) - 'sealed')::text as text, sealed from appointments p where id = $1`,
        [id],
      );
    const [before] = await rows();
    const all = `${before?.text}${Buffer.from(before?.sealed ?? []).toString('latin1')}`;
    for (const word of ['Martin', 'logement', '06 12']) expect(all).not.toContain(word);
    expect(before?.sealed?.length).toBeGreaterThan(50);
    now = Date.UTC(2026, 1, 3, 8, 29);
    await hub.hub.watch();
    expect((await rows())[0]?.sealed).not.toBeNull();
    now = Date.UTC(2026, 1, 3, 8, 31);
    await hub.hub.watch();
    expect((await rows())[0]?.sealed).toBeNull();
  });

  test('a calendar’s address shows what and when, never who; a renewed one ends the old', async () => {
    await openUp();
    await booked(await first());
    const gone = await booked(await first(4));
    await as('clerk', 'POST', `/api/appointments/${gone}/cancel`);
    const renew = async (who: Person, wanted: object) =>
      feedAnswer.parse(await (await as(who, 'POST', '/api/calendar-feeds', wanted)).json()).address;
    const address = await renew('clerk', { of: 'terminal', terminalId });
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/calendars\/[\w-]{43}\.ics$/);
    const response = await fetch(address);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const text = await response.text();
    for (const word of ['Martin,', 'Madame', 'logement', '06 12', 'Nadia', 'Julien'])
      expect(text).not.toContain(word);
    const events = new ICAL.Component(ICAL.parse(text))
      .getAllSubcomponents('vevent')
      .map((one) => new ICAL.Event(one));
    expect(events).toHaveLength(1);
    expect(events[0]?.startDate.toJSDate().getTime()).toBe(Date.UTC(2026, 1, 2, 8));
    expect(events[0]?.endDate.toJSDate().getTime()).toBe(Date.UTC(2026, 1, 2, 8, 30));
    expect(events[0]?.summary).toBe('Rendez-vous\u00a0: Office des familles du Val-Clair');
    expect(events[0]?.location).toBe('Saint-Martin-des-Prés, Accueil');
    const counsellors = await Promise.all(
      (['nadia', 'julien'] as const).map(async (who) =>
        (await fetch(await renew(who, { of: 'counsellor' }))).text(),
      ),
    );
    expect(counsellors.filter((one) => one.includes('BEGIN:VEVENT'))).toHaveLength(1);
    const next = await renew('clerk', { of: 'terminal', terminalId });
    expect((await fetch(address)).status).toBe(404);
    expect((await fetch(next)).status).toBe(200);
    const kept = await world.database.rows(
      z.object({ token_hash: z.string() }),
      'select token_hash from calendar_feeds',
    );
    expect(kept).toHaveLength(3);
    for (const { token_hash } of kept) expect(next).not.toContain(token_hash);
  });
});

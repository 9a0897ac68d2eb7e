/** What a resident who left an address reads of the appointment: through the hub, a real mail server and other libraries. */
import ICAL from 'ical.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appointmentsAnswer, bookAnswer, slotsAnswer } from '#shared/protocol/appointments.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  createWorld,
  type Person,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';
import { startMailServer, type TestMailServer } from '../testing/test-mail-server.ts';

/** A Sunday evening in winter. */
const NOW = Date.UTC(2026, 1, 1, 18);
const HOUR = 3_600_000;
const MONDAY = '2026-02-02';
const EMAIL = 'madame.martin@example.org';

describe.each(testDatabases)('mail about appointments on $name', ({ open }) => {
  let opened: TestDatabase;
  let world: World;
  let server: TestMailServer;
  let hub: TestHub;
  let terminalId: string;
  let now = NOW;

  beforeAll(async () => {
    opened = await open();
    world = await createWorld(opened.database);
    server = await startMailServer();
  });
  afterAll(async () => {
    await server?.close();
    await opened?.close();
  });
  beforeEach(async () => {
    await resetWorld(world);
    await world.database.run(`update sessions set expires_at = '2100-01-01'`);
    now = NOW;
    server.answer(null);
    (server.received as unknown[]).length = 0;
    hub = await startTestHub(world, { clock: () => now, mail: server.settings });
    terminalId = crypto.randomUUID();
    await world.database.run(
      `insert into terminals (id, mairie_id, name, public_key, enrolled_at)
       select $1, id, 'Accueil', '', now() from mairies limit 1`,
      [terminalId],
    );
    const hours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '12:00' }));
    await as('nadia', 'PUT', '/api/calendars/body', { hours, closures: [], minutes: 30 });
    const room = { hours, closures: [], timeZone: 'Europe/Paris' };
    await as('clerk', 'PUT', `/api/calendars/terminals/${terminalId}`, room);
  });
  afterEach(() => hub.close());

  async function as(who: Person, method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(new URL(path, hub.origin), {
      method,
      headers: {
        origin: hub.origin,
        cookie: await hub.logIn(who),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
  async function slot(index: number, day = MONDAY): Promise<number> {
    const query = new URLSearchParams({ terminalId, bodyId: world.bodies.office, date: day });
    const { slots } = slotsAnswer.parse(
      await (await as('clerk', 'GET', `/api/appointments/slots?${query}`)).json(),
    );
    return slots.filter((one) => one.day === day)[index]?.startsAt ?? 0;
  }
  async function booked(startsAt: number, change: object = {}): Promise<string> {
    const person = {
      ...{ residentName: 'Madame Martin', motive: 'Aide au logement', showName: true },
      ...{ telephone: '06 12 34 56 78', email: EMAIL },
      ...change,
    };
    const response = await as('clerk', 'POST', '/api/appointments', {
      ...{ terminalId, bodyId: world.bodies.office, startsAt, person, consent: true },
    });
    expect(response.status).toBe(200);
    return bookAnswer.parse(await response.json()).appointmentId;
  }
  const change = async (id: string, verb: string, body: object = {}) =>
    expect((await as('clerk', 'POST', `/api/appointments/${id}/${verb}`, body)).status).toBe(204);
  const subjects = () => server.received.map(({ subject }) => subject?.replaceAll('\u00a0', ' '));
  const arrive = (count: number) => expect.poll(() => server.received.length).toBe(count);
  /** Of the newest mail, read by another library. */
  function calendar() {
    const [file] = server.received.at(-1)?.attachments ?? [];
    const read = new ICAL.Component(ICAL.parse(file?.content.toString('utf8') ?? ''));
    const found = read.getFirstSubcomponent('vevent');
    if (!found) throw new Error('No event in it.');
    const event = new ICAL.Event(found);
    return {
      method: read.getFirstPropertyValue('method'),
      uid: event.uid,
      sequence: event.sequence,
      start: event.startDate.toJSDate().getTime(),
      minutes: event.duration.toSeconds() / 60,
      status: found.getFirstPropertyValue('status'),
    };
  }

  test('booked, moved, cancelled: each time a mail, and a calendar file that replaces the one before', async () => {
    const [first, later] = [await slot(0), await slot(3)];
    const id = await booked(first);
    await arrive(1);
    expect(server.received[0]?.to).toMatchObject({ text: EMAIL });
    expect(subjects()).toEqual(['Votre rendez-vous : lundi 2 février 2026 à 9 h 00']);
    expect(server.received[0]?.text).toContain('Où\u00a0: mairie de Saint-Martin-des-Prés, Accueil');
    const same = { uid: id, minutes: 30 };
    expect(calendar()).toEqual({
      ...{ ...same, method: 'PUBLISH', sequence: 0, start: first, status: 'CONFIRMED' },
    });
    await change(id, 'move', { startsAt: later });
    await arrive(2);
    expect(subjects()[1]).toBe('Nouvelle heure de rendez-vous : lundi 2 février 2026 à 10 h 30');
    expect(calendar()).toEqual({
      ...{ ...same, method: 'PUBLISH', sequence: 1, start: later, status: 'CONFIRMED' },
    });
    await change(id, 'cancel');
    await arrive(3);
    expect(subjects()[2]).toBe('Rendez-vous annulé : lundi 2 février 2026 à 10 h 30');
    expect(calendar()).toEqual({
      ...{ ...same, method: 'CANCEL', sequence: 2, start: later, status: 'CANCELLED' },
    });
    // A postcard: whoever carries it reads neither who nor why, and the subject does not say with whom.
    for (const { subject, text, attachments } of server.received) {
      const all = `${subject}${text}${attachments.map(({ content }) => content.toString('utf8')).join('')}`;
      for (const word of ['Martin,', 'Madame', 'logement', '06 12', 'Nadia']) expect(all).not.toContain(word);
      expect(subject).not.toContain('Office');
    }
  });

  test('the link of the mail shows the hour, follows a move, cancels once, and a forged one is nothing', async () => {
    const [first, later] = [await slot(0), await slot(3)];
    const id = await booked(first);
    await arrive(1);
    const address = /https?:\/\/\S+\/rendez-vous\/\S+/.exec(server.received[0]?.text ?? '')?.[0] ?? '';
    /** As a browser's form does from a page without referrer. */
    const cancel = (url: string) =>
      fetch(`${url}/annuler`, {
        method: 'POST',
        headers: { origin: 'null', 'content-type': 'application/x-www-form-urlencoded' },
      });
    const shown = await fetch(address);
    const text = await shown.text();
    expect(text).toContain('lundi 2 février 2026 à 9\u00a0h\u00a000');
    for (const word of ['Martin<', 'Madame', 'logement', '06 12', 'Nadia']) expect(text).not.toContain(word);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      ...{ 'cache-control': 'no-store', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' },
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-/),
    });
    expect(await (await fetch(`${address}/calendrier.ics`)).text()).toContain('METHOD:PUBLISH');
    await change(id, 'move', { startsAt: later });
    await arrive(2);
    expect(await (await fetch(address)).text()).toContain('à 10\u00a0h\u00a030');

    // The id of another, with this one's hash; and one sign changed.
    const other = Buffer.from(address.split('/').at(-1) ?? '', 'base64url');
    other[0] = (other[0] ?? 0) ^ 1;
    const forged = address.replace(/[^/]+$/, other.toString('base64url'));
    expect([(await fetch(forged)).status, (await cancel(forged)).status]).toEqual([404, 404]);

    // Opened by whoever looks at mail: nothing is changed.
    expect(await (await fetch(`${address}/annuler`)).text()).toContain('Oui, annuler le rendez-vous');
    expect(await slot(3)).not.toBe(later);
    expect(await (await cancel(address)).text()).toContain('Le rendez-vous est annulé');
    await arrive(3);
    expect(subjects()[2]).toBe('Rendez-vous annulé : lundi 2 février 2026 à 10 h 30');
    expect(await (await cancel(address)).text()).toContain('Le rendez-vous est annulé');
    expect(await slot(3)).toBe(later);
    const entries = await world.database.rows(
      z.object({ actor: z.string() }),
      `select actor from audit where action = 'appointment.cancelByResident' and subject = $1`,
      [id],
    );
    expect(entries).toEqual([{ actor: 'nobody' }]);

    await booked(first);
    await arrive(4);
    const next = /https?:\/\/\S+\/rendez-vous\/\S+/.exec(server.received[3]?.text ?? '')?.[0] ?? '';
    now = first + 1;
    expect(await (await cancel(next)).text()).toContain('Ce rendez-vous est passé');
  });

  test('without an address, or without a mail server, nobody is told and everything is booked', async () => {
    const id = await booked(await slot(0), { email: null });
    await change(id, 'move', { startsAt: await slot(2) });
    await change(id, 'cancel');
    const jobs = await world.database.rows(z.unknown(), 'select 1 from jobs');
    expect([jobs, await world.database.rows(z.unknown(), 'select 1 from mails')]).toEqual([[], []]);
    expect(server.received).toEqual([]);
    await hub.close();
    hub = await startTestHub(world, { clock: () => now });
    await booked(await slot(0));
    expect(await world.database.rows(z.unknown(), 'select 1 from mails')).toEqual([]);
  });

  test('the day before, once, with several hubs looking; not where it was cancelled, nor booked the same day', async () => {
    /** Half past ten and so on, by the clock of Paris. */
    const tuesday = (hour: number, minute: number) => Date.UTC(2026, 1, 3, hour - 1, minute);
    const [kept, cancelled] = [await booked(tuesday(10, 0)), await booked(tuesday(10, 30))];
    await arrive(2);
    now = Date.UTC(2026, 1, 2, 6);
    await booked(await slot(4));
    await arrive(3);
    await change(kept, 'move', { startsAt: tuesday(11, 30) });
    await change(cancelled, 'cancel');
    await arrive(5);
    const left = z.object({ count: z.number() });
    const jobs = async () =>
      (await world.database.rows(left, 'select count(*)::int as count from jobs'))[0]?.count;
    const other = await startTestHub(world, { clock: () => now, mail: server.settings });
    const look = async () => {
      for (const one of [hub, other]) one.hub.jobsAlarm.check();
      await Promise.all([hub, other].map((one) => one.hub.background.settled()));
    };
    await look();
    expect(await jobs()).toBe(1);
    // What was to be told of 10 h 00 is told of 11 h 30: not a minute before that hour of the day before.
    now = tuesday(11, 29) - 24 * HOUR;
    await look();
    expect(await jobs()).toBe(1);
    expect(server.received).toHaveLength(5);
    now = tuesday(11, 31) - 24 * HOUR;
    await look();
    await arrive(6);
    expect(subjects()[5]).toBe('Rappel de votre rendez-vous : mardi 3 février 2026 à 11 h 30');
    now += 23 * HOUR;
    await look();
    expect(await jobs()).toBe(0);
    expect(server.received).toHaveLength(6);
    await other.close();
  });

  test('a server that refuses undoes no booking, and what is not sent yet is taken back by what follows', async () => {
    server.answer(451);
    const id = await booked(await slot(0));
    // Refused, and put off by a minute.
    await expect
      .poll(() =>
        world.database.rows(z.unknown(), 'select 1 from mails where tries = 1 and due_at = $1', [
          new Date(NOW + 60_000),
        ]),
      )
      .toHaveLength(1);
    expect(server.received).toEqual([]);
    await change(id, 'cancel');
    server.answer(null);
    now += 2 * HOUR;
    hub.hub.mailbox.hurry();
    await arrive(1);
    expect(subjects()).toEqual(['Rendez-vous annulé : lundi 2 février 2026 à 9 h 00']);
    expect(await world.database.rows(z.unknown(), 'select 1 from mails')).toEqual([]);
  });

  test('an address that the server refuses for good is said beside the appointment', async () => {
    const listed = async () => {
      const response = await as('clerk', 'GET', `/api/appointments?date=${MONDAY}`);
      return appointmentsAnswer
        .parse(await response.json())
        .appointments.map(({ undelivered }) => undelivered);
    };
    server.answer(550);
    await booked(await slot(0));
    await expect.poll(listed).toEqual([true]);
    server.answer(null);
    await booked(await slot(0));
    await arrive(1);
    expect(await listed()).toEqual([true, false]);
  });

  test('names that are long, in Arabic or made to break a file break nothing', async () => {
    const odd = 'ق'.repeat(60);
    const body = 'BEGIN:VEVENT; , \\n <b> " END:VCALENDAR';
    const kept = await world.database.rows(
      z.object({ name: z.string() }),
      'select name from bodies where id = $1',
      [world.bodies.office],
    );
    await world.database.run('update bodies set name = $2 where id = $1', [world.bodies.office, body]);
    const mairie = await world.database.rows(
      z.object({ id: z.uuid(), name: z.string() }),
      'select id, name from mairies limit 1',
    );
    await world.database.run('update mairies set name = $2 where id = $1', [mairie[0]?.id ?? '', odd]);
    const first = await slot(0);
    const id = await booked(first, { residentName: 'السيدة مارتن', motive: '=1+1' });
    await arrive(1);
    expect(server.received[0]?.text).toContain(`mairie de ${odd}`);
    expect(server.received[0]?.text).toContain(body);
    expect(calendar()).toMatchObject({ uid: id, start: first });
    await world.database.run('update bodies set name = $2 where id = $1', [
      world.bodies.office,
      kept[0]?.name ?? '',
    ]);
    await world.database.run('update mairies set name = $2 where id = $1', [
      mairie[0]?.id ?? '',
      mairie[0]?.name ?? '',
    ]);
  });
});

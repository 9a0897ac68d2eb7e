/** What is held of a person is found, given out and erased, within the scope and nowhere else, with both databases. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { personAnswer } from '#shared/protocol/data-protection.ts';
import { askAnswer } from '#shared/protocol/questions.ts';
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
import { visitPersons } from './visit-persons.ts';

const HOUR = 3_600_000;

describe.each(testDatabases)('a person asks, on $name', ({ open }) => {
  let opened: TestDatabase;
  let world: World;
  let hub: TestHub;
  let appointmentId: string;
  let questionId: string;

  beforeAll(async () => {
    opened = await open();
    world = await createWorld(opened.database);
  }, 60_000);
  afterAll(async () => {
    await hub.close();
    await opened.close();
  });
  beforeEach(async () => {
    await hub?.close();
    await resetWorld(world);
    await opened.database.script('truncate purge_runs, questions cascade; delete from audit_base');
    hub = await startTestHub(world, { keepAnnouncement: 24 * HOUR });
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    await clerk.ask({
      ...{ type: 'announce', terminalId: terminal.terminalId, bodyId: world.bodies.office },
      ...{ residentName: 'Hélène Lefèvre', showName: true, motive: 'Aide au logement', consent: true },
      details: { birthName: 'Quéré', birthDate: '1951-03-12' },
    });
    appointmentId = crypto.randomUUID();
    const me = await fetch(new URL('/api/me', hub.origin), { headers: { cookie: await hub.logIn('nadia') } });
    const { accountId } = (await me.json()) as { accountId: string };
    const startsAt = Date.now() + HOUR;
    await hub.hub.appointments.book({
      ...{ appointmentId, terminalId: terminal.terminalId, bodyId: world.bodies.office },
      slot: { startsAt, endsAt: startsAt + HOUR, counsellorIds: [accountId] },
      person: {
        ...{ residentName: 'Helene LEFEVRE', motive: 'Suite', showName: true, telephone: null },
        email: 'h.lefevre@example.fr',
      },
      ...{ bookedBy: accountId, at: Date.now() },
    });
    const question = {
      ...{ bodyId: world.bodies.office, mairieId: world.demo.mairieId, motive: 'Attestation' },
      ...{ residentName: 'Mme Lefèvre Hélène', contact: '05 00 00 00 00' },
      ...{ text: 'Où en est son dossier ?', files: [] },
    };
    const asked = await hub.post('/api/questions', question, { cookie: await hub.logIn('clerk') });
    questionId = askAnswer.parse(await asked.json()).questionId;
  }, 60_000);

  const ask = async (person: Person, path: string, body: unknown) =>
    hub.post(`/api/persons/${path}`, body, { cookie: await hub.logIn(person) });
  const held = async (body: unknown, person: Person = 'clerk') =>
    personAnswer.parse(await (await ask(person, 'search', body)).json()).held;

  it('is found by any name without accents, by birth date, by address', async () => {
    for (const name of ['lefevre', 'LEFÈVRE Hél', 'helene lefevre']) {
      expect((await held({ name })).map(({ domain }) => domain)).toEqual([
        ...['visit', 'appointment', 'question'],
      ]);
    }
    expect(await held({ name: 'quere', birthDate: '1951-03-12' })).toHaveLength(1);
    expect(await held({ email: 'H.Lefevre@example.fr' }, 'operator')).toHaveLength(1);
    expect(await held({ name: 'lefevre', birthDate: '1951-03-13' })).toEqual([]);
    expect(await held({ name: '--' })).toEqual([]);
    const [question] = await held({ name: 'lefevre mme' });
    expect(question?.fields).toContainEqual({
      name: 'Écrit par Claire Fontaine',
      value: 'Où en est son dossier ?',
    });
    const [visit] = await held({ name: 'quere' });
    expect(visit?.fields).toContainEqual({ name: 'Date de naissance', value: '1951-03-12' });
    expect((await ask('clerk', 'search', {})).status).toBe(400);
  });

  it('is erased, with what follows, and nothing of them is in the trail', async () => {
    for (const { domain, id } of await held({ name: 'lefevre' })) {
      expect((await ask('clerk', 'erase', { domain, id })).status).toBe(204);
      expect((await ask('clerk', 'erase', { domain, id })).status).toBe(404);
    }
    expect(await held({ name: 'lefevre' })).toEqual([]);
    expect(await hub.hub.visits.all()).toEqual([]);
    expect((await hub.hub.appointments.find(appointmentId))?.view).toMatchObject({
      ...{ state: 'cancelled', person: null },
    });
    const left = await opened.database.rows(
      z.object({ state: z.string(), empty: z.boolean(), entries: z.number() }),
      `select state, sealed is null as empty,
         (select count(*)::int from question_entries e where e.question_id = q.id) as entries
       from questions q where id = $1`,
      [questionId],
    );
    expect(left).toEqual([{ state: 'closed', empty: true, entries: 0 }]);
    const trail = await auditTrail(world);
    expect(trail.filter(({ action, outcome }) => action === 'person.erase' && outcome === 'ok')).toHaveLength(
      3,
    );
    expect(JSON.stringify(trail).toLowerCase()).not.toMatch(/lef[eè]vre|1951/);
  });

  it('is not looked for by counsellors, nor reached without a session', async () => {
    for (const person of ['nadia', 'sophie'] as const) {
      expect((await ask(person, 'search', { name: 'lefevre' })).status).toBe(403);
      const body = { domain: 'appointment', id: appointmentId };
      expect((await ask(person, 'erase', body)).status).toBe(403);
    }
    expect((await hub.post('/api/persons/search', { name: 'lefevre' })).status).toBe(401);
    expect(await auditTrail(world)).toContainEqual(
      expect.objectContaining({ action: 'person.search', outcome: 'forbidden' }),
    );
    const elsewhere = { mairieIds: new Set<string>() };
    expect(await hub.hub.visits.all()).toHaveLength(1);
    const domain = visitPersons(hub.hub.visits, Date.now, async () => undefined);
    expect(await domain.find({ name: 'lefevre' }, elsewhere)).toEqual([]);
    const [visit] = await hub.hub.visits.all();
    expect(await domain.erase(visit?.visitId ?? '', elsewhere)).toBe('notFound');
  });

  it('is remembered after the visit for as long as the hub is told to, and gone with the purge', async () => {
    const [visit] = await hub.hub.visits.all();
    await hub.hub.visits.end(visit?.visitId ?? '', 'completed', Date.now() - 25 * HOUR);
    expect((await held({ name: 'quere' })).map(({ domain }) => domain)).toEqual(['pastVisit']);
    const before = await hub.hub.purge.state();
    expect(before.find(({ kind }) => kind === 'announcements')).toMatchObject({ overdue: true });
    await hub.hub.watch();
    expect(await held({ name: 'quere' })).toEqual([]);
    const after = await hub.hub.purge.state();
    expect(after.find(({ kind }) => kind === 'announcements')).toMatchObject({
      ...{ overdue: false, late: false, oldest: null, removed: 1 },
    });
    const kept = async (person: Person) =>
      (await fetch(new URL('/api/kept', hub.origin), { headers: { cookie: await hub.logIn(person) } }))
        .status;
    expect(await kept('operator')).toBe(200);
    expect(await kept('clerk')).toBe(403);
  });
});

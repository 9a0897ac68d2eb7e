import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appointmentPerson } from '#shared/protocol/appointments.ts';
import { findAccountByEmail } from '../accounts/store.ts';
import { createAppointmentStore } from '../appointments/store.ts';
import { allMairies } from '../enrolment/mairie-store.ts';
import { responseTimes } from '../questions/response-times.ts';
import { lineOf, listQuestions } from '../questions/rows.ts';
import type { Side } from '../questions/scope.ts';
import { createQuestionSeals } from '../questions/seals.ts';
import { deriveKey } from '../secret.ts';
import { favouriteSheets, findSheets, ownSheets } from '../sheets/store.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import { createWorld, type World } from '../testing/test-hub.ts';
import { allBodies } from '../visits/body-store.ts';
import { createSeal } from '../visits/personal-seal.ts';
import { seedDepartment } from './seed-department.ts';

describe.each(testDatabases)('the demo’s department on $name', ({ open }) => {
  /** A Monday morning. */
  const now = Date.parse('2026-11-23T08:00:00Z');
  let opened: TestDatabase;
  let world: World;

  beforeAll(async () => {
    opened = await open();
    world = await createWorld(opened.database);
    await seedDepartment({
      database: opened.database,
      secret: world.secret,
      mairieId: world.demo.mairieId,
      now,
    });
  });
  afterAll(() => opened.close());

  function stores() {
    const { database } = opened;
    const seal = createSeal(deriveKey(world.secret, 'appointments'), appointmentPerson);
    return { database, appointments: createAppointmentStore(database, seal) };
  }
  async function accountOf(email: string) {
    const found = await findAccountByEmail(opened.database, email);
    if (!found) throw new Error(`Nobody is ${email}.`);
    return found.account;
  }

  test('six mairies and five bodies, each body with counsellors and something to read', async () => {
    expect(await allMairies(opened.database)).toHaveLength(6);
    const bodies = await allBodies(opened.database);
    expect(bodies).toHaveLength(5);
    const account = await accountOf('nadia@office.example');
    for (const { bodyId } of bodies) {
      expect((await ownSheets(opened.database, { account, now }, bodyId)).length).toBeGreaterThan(0);
    }
  });

  test('the clerk has favourites and appointments next week, the agent has other mairies’ too', async () => {
    const { database, appointments } = stores();
    const clerk = await accountOf('secretaire@saint-martin.example');
    expect(await favouriteSheets(database, { account: clerk, now })).toHaveLength(3);
    expect(await findSheets(database, { account: clerk, now }, 'pension reverssion')).not.toEqual([]);
    const between = { from: new Date(now), to: new Date(now + 14 * 24 * 3_600_000) };
    const own = await appointments.ofMairies([world.demo.mairieId], between);
    expect(own.map(({ person }) => person?.residentName)).toContain('Madame Odette Fournier');
    const agent = await accountOf('yasmine@france-services.example');
    if (agent.role !== 'agent') throw new Error('Not an agent.');
    expect(agent.mairieIds).toHaveLength(4);
    expect((await appointments.ofMairies(agent.mairieIds, between)).length).toBeGreaterThan(own.length);
  });

  test('written questions in every state, the late one too, each told to those who asked and those who answer', async () => {
    const { database } = opened;
    const seals = createQuestionSeals(deriveKey(world.secret, 'questions'));
    const linesOf = async (side: Side) =>
      (await listQuestions(database, side)).map((one) => lineOf(seals, one, now));
    const own = await linesOf({ side: 'mairie', mairieIds: [world.demo.mairieId] });
    expect(new Set(own.map(({ state }) => state))).toEqual(
      new Set(['waiting', 'askedBack', 'answered', 'closed']),
    );
    expect(own.filter(({ late }) => late).map(({ residentName }) => residentName)).toEqual([
      'Madame Simone Joly',
    ]);
    const elsewhere = await linesOf({ side: 'body', bodyId: world.bodies.office });
    expect(elsewhere[0]).toMatchObject({ late: true, residentName: 'Madame Simone Joly' });
    expect(elsewhere.filter(({ mairie }) => mairie !== 'Saint-Martin-des-Prés')).toHaveLength(2);
    // The correspondent's clock: one reply gave the body its hours back, minus those it had used.
    const replied = elsewhere.find(({ residentName }) => residentName === 'Madame Nicole Vidal');
    expect(((replied?.dueAt ?? 0) - now) / 3_600_000).toBeCloseTo(72 - 24.4 - (46.3 - 41.5));
  });

  test('enough answers are counted for the body’s answer time to be told; nothing is mailed, nothing said in clear', async () => {
    const { database } = opened;
    const from = now - 31 * 24 * 3_600_000;
    const times = await responseTimes(database, { from, until: now, now });
    expect(times.find(({ bodyId }) => bodyId === world.bodies.office)).toMatchObject({
      questions: 7,
      within72: 6 / 7,
    });
    expect(await database.rows(z.object({}), 'select 1 from mails')).toEqual([]);
    const sealed = await database.rows(
      z.object({ sealed: z.instanceof(Uint8Array) }),
      'select sealed from questions union all select sealed from question_entries',
    );
    expect(sealed.length).toBeGreaterThan(20);
    for (const row of sealed) expect(Buffer.from(row.sealed).toString()).not.toMatch(/Madame|Bonjour/);
  });

  test('every mairie has counted visits and a place, so that ways not travelled can be told', async () => {
    const counted = await opened.database.rows(
      z.object({ visits: z.number(), latitude: z.number() }),
      `select m.latitude, count(c.week)::int as visits from mairies m left join counted_visits c on c.mairie_id = m.id
       group by m.id`,
    );
    expect(counted).toHaveLength(6);
    for (const { visits } of counted) expect(visits).toBeGreaterThan(5);
  });

  test('a counsellor finds a sheet that nags', async () => {
    const account = await accountOf('nadia@office.example');
    if (account.role !== 'counsellor') throw new Error('Not a counsellor.');
    const sheets = await ownSheets(opened.database, { account, now }, account.bodyId);
    expect(sheets.filter(({ toReview }) => toReview)).toHaveLength(1);
  });
});

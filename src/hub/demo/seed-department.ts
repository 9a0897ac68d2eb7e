/** Fills the demo's hub with a little department: every page has something to show. */
import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appointmentPerson } from '#shared/protocol/appointments.ts';
import type { TerminalReport } from '#shared/protocol/terminal-report.ts';
import { hashPassword } from '../accounts/password.ts';
import { allCounsellors } from '../accounts/store.ts';
import { saveBodyCalendar, saveTerminalCalendar } from '../appointments/calendar-store.ts';
import { findSlots } from '../appointments/find-slots.ts';
import { createAppointmentStore } from '../appointments/store.ts';
import { dayOf, weekOf } from '../appointments/weeks.ts';
import { seedPast } from '../counting/seed-past.ts';
import type { Database } from '../database/database.ts';
import { deriveKey } from '../secret.ts';
import { setFavourite, writeSheet } from '../sheets/store.ts';
import { findTerminal } from '../terminals/store.ts';
import { createSeal } from '../visits/personal-seal.ts';
import {
  APPOINTMENTS,
  BODIES,
  MAIRIES,
  PLACES,
  SECOND_ROOM,
  SHEETS,
  TOWN,
  WORKING_HOURS,
} from './department.ts';
import { seedQuestions } from './seed-questions.ts';

export interface DepartmentDeps {
  readonly database: Database;
  /** Of the hub that will read it: what is personal is sealed with its keys. */
  readonly secret: Uint8Array;
  /** Where the demo's terminal is. */
  readonly mairieId: string;
  readonly now: number;
}

const ZONE = 'Europe/Paris';
const DAY = 24 * 3_600_000;

const ready = { state: 'ready' } as const;
/** What such a terminal said last: nothing was wrong. */
const SWITCHED_OFF: TerminalReport = {
  stage: 'idle',
  visitId: null,
  call: null,
  devices: {
    ...{ printer: ready, scanner: ready, camera: ready, microphone: ready, speaker: ready, displays: ready },
    button: { state: 'none' },
  },
  version: '0.1.0',
};

/** In a hub that seedDemo has just filled. */
export async function seedDepartment(deps: DepartmentDeps): Promise<void> {
  const mairies = [{ mairieId: deps.mairieId, room: SECOND_ROOM }, ...(await addMairies(deps))];
  await addBodies(deps);
  const rooms = [];
  for (const mairie of mairies) rooms.push(await addRoom(deps, mairie));
  await writeSheets(deps);
  await bookAppointments(deps, rooms);
  await seedQuestions(deps);
  await addPast(deps, [deps.mairieId, ...mairies.slice(1).map((mairie) => mairie.mairieId)]);
}

async function addMairies({ database, mairieId }: DepartmentDeps) {
  const mairies = MAIRIES.map((mairie) => ({ ...mairie, mairieId: randomUUID() }));
  for (const { mairieId: added, name, agent } of mairies) {
    await database.run(
      'insert into mairies (id, territory_id, name) select $1::uuid, territory_id, $2 from mairies where id = $3',
      [added, name, mairieId],
    );
    if (!agent) continue;
    await database.run(`insert into agent_mairies select id, $1::uuid from accounts where role = 'agent'`, [
      added,
    ]);
  }
  return mairies;
}

/** Nobody logs in as these people: their password is thrown away. */
async function addBodies({ database }: DepartmentDeps): Promise<void> {
  const passwordHash = await hashPassword(randomBytes(24).toString('base64url'));
  let person = 0;
  for (const { name, motives, asked, counsellors, correspondent, minutes } of BODIES) {
    const bodyId = randomUUID();
    await database.run('insert into bodies (id, name, motives, asked) values ($1, $2, $3, $4)', [
      ...[bodyId, name],
      motives,
      asked,
    ]);
    await saveBodyCalendar(database, bodyId, { hours: WORKING_HOURS, closures: [], minutes });
    const people = [
      ...counsellors.map((counsellor) => ({ role: 'counsellor', name: counsellor })),
      { role: 'correspondent', name: correspondent },
    ];
    for (const { role, name: called } of people) {
      person += 1;
      await database.run(
        'insert into accounts (id, email, name, role, password_hash, body_id) values ($1, $2, $3, $4, $5, $6)',
        [randomUUID(), `conseil${person}@val-clair.example`, called, role, passwordHash, bodyId],
      );
    }
  }
}

/** A terminal that was seen last night: the demo runs one, in another mairie. */
async function addRoom(
  { database, now }: DepartmentDeps,
  { mairieId, room }: { readonly mairieId: string; readonly room: string },
): Promise<string> {
  const terminalId = randomUUID();
  await database.run(
    `insert into terminals (id, mairie_id, name, public_key, enrolled_at, last_contact, report)
     values ($1, $2, $3, '', $4, $5, $6)`,
    [
      ...[terminalId, mairieId, room, new Date(now - 60 * DAY), new Date(now - DAY / 2)],
      JSON.stringify(SWITCHED_OFF),
    ],
  );
  await saveTerminalCalendar(
    database,
    { terminalId, mairieId },
    { hours: WORKING_HOURS, closures: [], timeZone: ZONE },
  );
  return terminalId;
}

async function bodiesOf({ database }: DepartmentDeps) {
  return database.rows(
    z.object({ id: z.uuid(), name: z.string() }),
    'select id, name from bodies order by name',
  );
}

async function writeSheets(deps: DepartmentDeps): Promise<void> {
  const { database, mairieId, now } = deps;
  const bodies = await bodiesOf(deps);
  const counsellors = await allCounsellors(database);
  for (const [index, { body, reviewIn, favourite, content, ...sheet }] of SHEETS.entries()) {
    const bodyId = bodies.find(({ name }) => name.startsWith(body))?.id;
    const author = counsellors.find((counsellor) => counsellor.bodyId === bodyId);
    if (!author) throw new Error(`Nobody writes for "${body}".`);
    const writtenAt = now - (SHEETS.length - index) * 5 * DAY;
    const sheetId = await writeSheet(
      database,
      { ...author, role: 'counsellor', place: body },
      { ...sheet, content: [...content], reviewOn: dayOf(now + reviewIn * DAY, ZONE) },
      writtenAt,
    );
    if (favourite) await setFavourite(database, mairieId, sheetId, true);
  }
}

/** In free slots of next week; every second one in the first room. */
async function bookAppointments(deps: DepartmentDeps, rooms: readonly string[]): Promise<void> {
  const { database, secret, now } = deps;
  const seal = createSeal(deriveKey(secret, 'appointments'), appointmentPerson);
  const appointments = createAppointmentStore(database, seal);
  const bodies = await bodiesOf(deps);
  const [clerk] = await database.rows(
    z.object({ id: z.uuid() }),
    `select id from accounts where role = 'clerk'`,
  );
  const days = weekOf(dayOf(now + 7 * DAY, ZONE), ZONE, now).days;
  for (const [index, { body: named, ...person }] of APPOINTMENTS.entries()) {
    const terminalId = rooms[index % 2 === 0 ? 0 : index % rooms.length] ?? '';
    const terminal = await findTerminal(database, terminalId);
    const body = bodies.find(({ name }) => name.startsWith(named));
    if (!terminal || !body || !clerk) throw new Error('The demo’s places are not there.');
    const place = { terminalId, bodyId: body.id, mairieId: terminal.mairieId, timeZone: ZONE } as const;
    const slots = await findSlots(database, { ...place, days, now });
    const slot = slots[(index * 5) % Math.max(slots.length, 1)];
    if (!slot) continue;
    await appointments.book({
      ...place,
      appointmentId: randomUUID(),
      slot,
      person: { ...person, showName: true, telephone: null, email: null },
      bookedBy: clerk.id,
      at: now,
    });
  }
}

/** Two months of visits, counted; places are set, so that ways not travelled can be told. */
async function addPast(deps: DepartmentDeps, mairieIds: readonly string[]): Promise<void> {
  const { database, now } = deps;
  for (const [index, mairieId] of mairieIds.entries()) {
    const { latitude, longitude } = PLACES[index] ?? PLACES[0];
    await database.run('update mairies set latitude = $2, longitude = $3 where id = $1', [
      ...[mairieId, latitude, longitude],
    ]);
  }
  await database.run('update bodies set latitude = $1, longitude = $2', [TOWN.latitude, TOWN.longitude]);
  const bodies = await database.rows(
    z
      .object({ id: z.uuid(), motives: z.array(z.string()) })
      .transform(({ id, motives }) => ({ bodyId: id, motives })),
    'select id, motives from bodies order by name',
  );
  await database.transaction((queries) => seedPast(queries, { mairieIds, bodies, now, seed: 7 }));
}

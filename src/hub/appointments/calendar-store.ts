/** When bodies, rooms and counsellors are there: opening hours and closures, as they are set and as slots need them. */
import { z } from 'zod';
import {
  type BodyCalendar,
  type Closure,
  type CounsellorCalendar,
  type OpeningHours,
  type TerminalCalendar,
  timeZone,
} from '#shared/protocol/appointments.ts';
import type { Database, Queries } from '../database/database.ts';
import { minuteOf } from './opening.ts';

/** Where a body has not chosen. */
const USUAL_MINUTES = 30;

/** Which column of its table names the owner; never anything that came from outside. */
type HoursOwner = 'body_id' | 'terminal_id' | 'counsellor_id';
type ClosuresOwner = 'body_id' | 'mairie_id' | 'counsellor_id';

const hoursRow = z.object({ owner: z.uuid(), weekday: z.number(), opens: z.string(), closes: z.string() });
const closureRow = z.object({ owner: z.uuid(), first: z.string(), last: z.string() });
const WALL = (column: string) => `to_char(make_time(${column} / 60, ${column} % 60, 0), 'HH24:MI')`;

/** What belongs to each of several owners; nothing for those who have none. */
export type ByOwner<T> = (ownerId: string) => readonly T[];

/** In the order of the week. */
export async function hoursOf(
  queries: Queries,
  owner: HoursOwner,
  ownerIds: readonly string[],
): Promise<ByOwner<OpeningHours>> {
  const found = await queries.rows(
    hoursRow,
    `select ${owner} as owner, weekday, ${WALL('open_minute')} as opens, ${WALL('close_minute')} as closes
     from opening_hours where ${owner} = any($1::uuid[]) order by weekday, open_minute`,
    [ownerIds],
  );
  return (ownerId) =>
    found
      .filter((one) => one.owner === ownerId)
      .map(({ weekday, opens, closes }): OpeningHours => ({ weekday, from: opens, to: closes }));
}

/** Those that are not wholly past, in the order of time. @param today ISO. */
export async function closuresOf(
  queries: Queries,
  owner: ClosuresOwner,
  ownerIds: readonly string[],
  today: string,
): Promise<ByOwner<Closure>> {
  const found = await queries.rows(
    closureRow,
    `select ${owner} as owner, first_day::text as first, last_day::text as last
     from closures where ${owner} = any($1::uuid[]) and last_day >= $2::date order by first_day`,
    [ownerIds, today],
  );
  return (ownerId) =>
    found.filter((one) => one.owner === ownerId).map(({ first, last }): Closure => ({ first, last }));
}

export async function minutesOf(queries: Queries, bodyId: string): Promise<number> {
  const [found] = await queries.rows(
    z.object({ minutes: z.number() }),
    'select minutes from appointment_lengths where body_id = $1',
    [bodyId],
  );
  return found?.minutes ?? USUAL_MINUTES;
}

/** Null where there is no such mairie. */
export async function zoneOf(queries: Queries, mairieId: string) {
  const [found] = await queries.rows(
    z.object({ time_zone: timeZone }),
    'select time_zone from mairies where id = $1',
    [mairieId],
  );
  return found?.time_zone ?? null;
}

export function saveBodyCalendar(
  database: Database,
  bodyId: string,
  { hours, closures, minutes }: BodyCalendar,
): Promise<void> {
  return database.transaction(async (queries) => {
    await replaceHours(queries, 'body_id', bodyId, hours);
    await replaceClosures(queries, 'body_id', bodyId, closures);
    await queries.run(
      `insert into appointment_lengths (body_id, minutes) values ($1, $2)
       on conflict (body_id) do update set minutes = excluded.minutes`,
      [bodyId, minutes],
    );
  });
}

/** The closures and the time zone are those of the whole mairie. */
export function saveTerminalCalendar(
  database: Database,
  { terminalId, mairieId }: { readonly terminalId: string; readonly mairieId: string },
  calendar: TerminalCalendar,
): Promise<void> {
  return database.transaction(async (queries) => {
    await replaceHours(queries, 'terminal_id', terminalId, calendar.hours);
    await replaceClosures(queries, 'mairie_id', mairieId, calendar.closures);
    await queries.run('update mairies set time_zone = $2 where id = $1', [mairieId, calendar.timeZone]);
  });
}

export function saveCounsellorCalendar(
  database: Database,
  counsellorId: string,
  { hours, closures }: CounsellorCalendar,
): Promise<void> {
  return database.transaction(async (queries) => {
    await replaceHours(queries, 'counsellor_id', counsellorId, hours);
    await replaceClosures(queries, 'counsellor_id', counsellorId, closures);
  });
}

async function replaceHours(
  queries: Queries,
  owner: HoursOwner,
  ownerId: string,
  hours: readonly OpeningHours[],
): Promise<void> {
  // Of two people who save at once the later one's hours stay, whole.
  await queries.run('select pg_advisory_xact_lock(hashtextextended($1, 0))', [ownerId]);
  await queries.run(`delete from opening_hours where ${owner} = $1`, [ownerId]);
  for (const { weekday, from, to } of hours) {
    await queries.run(
      `insert into opening_hours (${owner}, weekday, open_minute, close_minute) values ($1, $2, $3, $4)`,
      [ownerId, weekday, minuteOf(from), minuteOf(to)],
    );
  }
}

async function replaceClosures(
  queries: Queries,
  owner: ClosuresOwner,
  ownerId: string,
  closures: readonly Closure[],
): Promise<void> {
  await queries.run(`delete from closures where ${owner} = $1`, [ownerId]);
  for (const { first, last } of closures) {
    await queries.run(`insert into closures (${owner}, first_day, last_day) values ($1, $2, $3)`, [
      ownerId,
      first,
      last,
    ]);
  }
}

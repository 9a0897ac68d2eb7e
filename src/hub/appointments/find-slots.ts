/** The free slots of a body at a terminal, from what the database knows. */
import { z } from 'zod';
import type { TimeZone } from '#shared/protocol/appointments.ts';
import type { Queries } from '../database/database.ts';
import { type ByOwner, closuresOf, hoursOf, minutesOf } from './calendar-store.ts';
import { type FreeSlot, freeSlots, type Span } from './free-slots.ts';
import { boundsOf } from './weeks.ts';

interface Wanted {
  readonly terminalId: string;
  readonly mairieId: string;
  readonly bodyId: string;
  readonly timeZone: TimeZone;
  /** ISO, by the mairie's calendar, in order. */
  readonly days: readonly [string, ...string[]];
  readonly now: number;
}

export async function findSlots(queries: Queries, wanted: Wanted): Promise<FreeSlot[]> {
  const { terminalId, mairieId, bodyId, timeZone, days, now } = wanted;
  const [first] = days;
  const bounds = boundsOf(days, timeZone);
  const counsellors = await counsellorsOf(queries, bodyId);
  const [minutes, bodyHours, roomHours, theirHours, ofBody, ofMairie, theirClosures, ofRoom, theirs] =
    await Promise.all([
      minutesOf(queries, bodyId),
      hoursOf(queries, 'body_id', [bodyId]),
      hoursOf(queries, 'terminal_id', [terminalId]),
      hoursOf(queries, 'counsellor_id', counsellors),
      closuresOf(queries, 'body_id', [bodyId], first),
      closuresOf(queries, 'mairie_id', [mairieId], first),
      closuresOf(queries, 'counsellor_id', counsellors, first),
      bookedOf(queries, 'terminal_id', [terminalId], bounds),
      bookedOf(queries, 'counsellor_id', counsellors, bounds),
    ]);
  return freeSlots(
    {
      timeZone,
      minutes,
      bodyHours: bodyHours(bodyId),
      roomHours: roomHours(terminalId),
      roomBooked: ofRoom(terminalId),
      closures: [...ofBody(bodyId), ...ofMairie(mairieId)],
      counsellors: counsellors.map((counsellorId) => ({
        counsellorId,
        hours: theirHours(counsellorId),
        closures: theirClosures(counsellorId),
        booked: theirs(counsellorId),
      })),
    },
    days,
    now,
  );
}

async function counsellorsOf(queries: Queries, bodyId: string): Promise<string[]> {
  const found = await queries.rows(
    z.object({ id: z.uuid() }),
    `select id from accounts where body_id = $1 and role = 'counsellor' and standing = 'active'`,
    [bodyId],
  );
  return found.map(({ id }) => id);
}

async function bookedOf(
  queries: Queries,
  owner: 'terminal_id' | 'counsellor_id',
  ownerIds: readonly string[],
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<ByOwner<Span>> {
  const found = await queries.rows(
    z.object({ owner: z.uuid(), starts_at: z.date(), ends_at: z.date() }),
    `select ${owner} as owner, starts_at, ends_at from appointments
     where ${owner} = any($1::uuid[]) and state = 'booked' and tstzrange(starts_at, ends_at) && tstzrange($2, $3)`,
    [ownerIds, from, to],
  );
  return (ownerId) =>
    found
      .filter((one) => one.owner === ownerId)
      .map((one): Span => ({ startsAt: one.starts_at.getTime(), endsAt: one.ends_at.getTime() }));
}

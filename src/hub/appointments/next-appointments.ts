/** The next appointment of today at each terminal, which its free screen announces, and until when that stays true. */
import { z } from 'zod';
import { type NextAppointment, SHOWN_AFTER } from '#shared/protocol/agenda.ts';
import { type TimeZone, timeZone } from '#shared/protocol/appointments.ts';
import type { Queries } from '../database/database.ts';
import type { Snapshot } from '../live/snapshot.ts';
import type { Switchboard } from '../live/switchboard.ts';
import { boundsOf, dayOf } from './weeks.ts';

export interface Agenda {
  /** By terminal (id); absent: none any more today. */
  readonly next: ReadonlyMap<string, NextAppointment>;
  /** ms since the epoch: until then it stays as it is, unless an appointment is booked, moved or over. */
  readonly until: number;
}

/** ms. However little is booked, it is read again after that: what was too far away then may come nearer. */
const LONGEST = 3_600_000;
/** ms. Whatever may be of today by then: the longest day has 25 hours. */
const AHEAD = 25 * 3_600_000 + LONGEST;

export const NEXT_SQL = `
  select distinct on (p.terminal_id) p.terminal_id, p.starts_at, m.time_zone
  from appointments p
  join terminals t on t.id = p.terminal_id
  join mairies m on m.id = t.mairie_id
  where p.state = 'booked' and p.starts_at > $1 and p.starts_at < $2
  order by p.terminal_id, p.starts_at`;

const row = z.object({ terminal_id: z.uuid(), starts_at: z.date(), time_zone: timeZone });

export async function nextAppointments(queries: Queries, now: number): Promise<Agenda> {
  const rows = await queries.rows(row, NEXT_SQL, [new Date(now - SHOWN_AFTER), new Date(now + AHEAD)]);
  const midnight = midnightsAfter(now);
  const next = new Map<string, NextAppointment>();
  let until = now + LONGEST;
  for (const { terminal_id: terminalId, starts_at: startsAt, time_zone: zone } of rows) {
    const at = startsAt.getTime();
    const isToday = at < midnight(zone);
    if (isToday) next.set(terminalId, { at, timeZone: zone });
    until = Math.min(until, isToday ? at + SHOWN_AFTER : midnight(zone));
  }
  return { next, until };
}

/** The next midnight of each time zone: computed once for all who share it. */
function midnightsAfter(now: number): (zone: TimeZone) => number {
  const known = new Map<TimeZone, number>();
  return (zone) => {
    const midnight = known.get(zone) ?? boundsOf([dayOf(now, zone)], zone).to.getTime();
    known.set(zone, midnight);
    return midnight;
  };
}

/** For an alarm: reads everything again once time alone has changed what terminals are to show. */
export function lookAtAgenda(
  switchboard: Pick<Switchboard, 'snapshot' | 'refreshHere'>,
  clock: () => number,
): () => Promise<number | null> {
  const until = () => switchboard.snapshot()?.agenda.until ?? null;
  return async () => {
    // Every hub does so for the terminals that are connected to it.
    if ((until() ?? Number.POSITIVE_INFINITY) <= clock()) await switchboard.refreshHere();
    return until();
  };
}

/** Whether the alarm must look earlier than it was going to. */
export function isDueEarlier(snapshot: Snapshot, before: Snapshot | null): boolean {
  return before === null || snapshot.agenda.until < before.agenda.until;
}

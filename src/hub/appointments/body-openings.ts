/** When each body opens next, for whoever is told that nobody is there. */
import type { MairieHour, TimeZone } from '#shared/protocol/appointments.ts';
import type { Queries } from '../database/database.ts';
import { closuresOf, hoursOf } from './calendar-store.ts';
import { nextOpening } from './opening.ts';
import { dayOf } from './weeks.ts';

/** By the clock of the mairie that asks. Null while it is open, and where nobody knows. */
export type Openings = (bodyId: string, timeZone: TimeZone) => MairieHour | null;

/** Where a day ends last: what is over there is over everywhere. */
const LAST_MIDNIGHT: TimeZone = 'Pacific/Tahiti';

/** @param now ms since the epoch. */
export async function bodyOpenings(
  queries: Queries,
  bodyIds: readonly string[],
  now: number,
): Promise<Openings> {
  const [hours, closures] = await Promise.all([
    hoursOf(queries, 'body_id', bodyIds),
    closuresOf(queries, 'body_id', bodyIds, dayOf(now, LAST_MIDNIGHT)),
  ]);
  const known = new Map<string, number | null>();
  return (bodyId, timeZone) => {
    const key = `${bodyId} ${timeZone}`;
    const before = known.get(key);
    const at = before === undefined ? nextOpening(hours(bodyId), closures(bodyId), timeZone, now) : before;
    known.set(key, at);
    return at === null ? null : { at, timeZone };
  };
}

/** When something is open by its weekly hours, its closures and the public holidays. Pure. */
import { Temporal } from 'temporal-polyfill';
import type { Closure, OpeningHours, TimeZone } from '#shared/protocol/appointments.ts';
import { isPublicHoliday } from './public-holidays.ts';

/** Minutes after midnight, the end not in it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Days. What opens later than that is not told: by then its hours may have changed. */
const LOOK_AHEAD = 60;

/**
 * ms since the epoch; null while it is open, and where nobody knows: without hours, or closed for two months.
 * @param timeZone whose clock the hours are by. @param now ms since the epoch.
 */
export function nextOpening(
  hours: readonly OpeningHours[],
  closures: readonly Closure[],
  timeZone: TimeZone,
  now: number,
): number | null {
  if (hours.length === 0) return null;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  for (let ahead = 0; ahead <= LOOK_AHEAD; ahead += 1) {
    const date = today.add({ days: ahead });
    if (!isOpenOn(date, closures)) continue;
    const at = (minutes: number) =>
      date.toPlainDateTime().add({ minutes }).toZonedDateTime(timeZone).epochMilliseconds;
    const stretch = stretchesOf(hours, date.dayOfWeek).find(({ to }) => now < at(to));
    if (stretch) return at(stretch.from) <= now ? null : at(stretch.from);
  }
  return null;
}

export function isOpenOn(date: Temporal.PlainDate, closures: readonly Closure[]): boolean {
  return !isPublicHoliday(date) && !isClosed(closures, date.toString());
}

/** In the order of the day. @param weekday 1 is Monday. */
export function stretchesOf(hours: readonly OpeningHours[], weekday: number): Stretch[] {
  return hours
    .filter((one) => one.weekday === weekday)
    .map(({ from, to }) => ({ from: minuteOf(from), to: minuteOf(to) }))
    .sort((a, b) => a.from - b.from);
}

/** ISO days sort as text. */
export function isClosed(closures: readonly Closure[], day: string): boolean {
  return closures.some(({ first, last }) => first <= day && day <= last);
}

/** "09:30" is 570. */
export function minuteOf(wallTime: string): number {
  const time = Temporal.PlainTime.from(wallTime);
  return time.hour * 60 + time.minute;
}

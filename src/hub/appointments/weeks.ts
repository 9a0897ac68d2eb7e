/** Weeks and days as a mairie's calendar has them. */
import { Temporal } from 'temporal-polyfill';
import type { Week } from '#shared/protocol/appointments.ts';

/** @param date ISO; undefined: today. @param now ms since the epoch. */
export function weekOf(
  date: string | undefined,
  timeZone: string,
  now: number,
): Week & { readonly days: [string, ...string[]] } {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const wanted = date === undefined ? today : Temporal.PlainDate.from(date);
  const monday = wanted.subtract({ days: wanted.dayOfWeek - 1 });
  return {
    days: [
      monday.toString(),
      ...Array.from({ length: 6 }, (_, index) => monday.add({ days: index + 1 }).toString()),
    ],
    today: today.toString(),
    previous: monday.subtract({ days: 7 }).toString(),
    next: monday.add({ days: 7 }).toString(),
  };
}

/** From the first midnight of these days (ISO, in order) to the one after the last. */
export function boundsOf(
  days: readonly [string, ...string[]],
  timeZone: string,
): { readonly from: Date; readonly to: Date } {
  const midnight = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
  const [first] = days;
  const last = Temporal.PlainDate.from(days.at(-1) ?? first);
  return { from: midnight(Temporal.PlainDate.from(first)), to: midnight(last.add({ days: 1 })) };
}

/** ISO. */
export function dayOf(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

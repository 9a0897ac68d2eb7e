/** Weeks and days as a mairie's calendar has them. */
import { Temporal } from 'temporal-polyfill';
import type { Week } from '#shared/protocol/appointments.ts';

/** @param date ISO; undefined: today. @param now ms since the epoch. */
export function weekOf(date: string | undefined, timeZone: string, now: number): Week {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const wanted = date === undefined ? today : Temporal.PlainDate.from(date);
  const monday = wanted.subtract({ days: wanted.dayOfWeek - 1 });
  return {
    days: Array.from({ length: 7 }, (_, days) => monday.add({ days }).toString()),
    today: today.toString(),
    previous: monday.subtract({ days: 7 }).toString(),
    next: monday.add({ days: 7 }).toString(),
  };
}

/** From the first midnight of the week to the one after it. */
export function boundsOf({ days, next }: Week, timeZone: string): { readonly from: Date; readonly to: Date } {
  const midnight = (day: string) =>
    new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds);
  return { from: midnight(days[0] ?? next), to: midnight(next) };
}

/** ISO. */
export function dayOf(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

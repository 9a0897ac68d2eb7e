/** A year and its months as counting has them: whole weeks, each where its Thursday lies (ISO 8601 says so of years). */
import { Temporal } from 'temporal-polyfill';
import type { Weeks } from './counts-store.ts';

export interface CountedMonth {
  /** "2026-11". */
  readonly month: string;
  /** Mondays, ISO. */
  readonly mondays: readonly string[];
}

/** @returns its months as far as a whole week of them is over on `lastMonday`; none for a year that has not begun. */
export function monthsOf(year: number, lastMonday: string): CountedMonth[] {
  const months: { month: string; mondays: string[] }[] = [];
  let monday = firstMonday(year);
  while (monday.add({ days: 3 }).year === year && monday.toString() <= lastMonday) {
    const month = monday.add({ days: 3 }).toPlainYearMonth().toString();
    const last = months.at(-1);
    if (last?.month === month) last.mondays.push(monday.toString());
    else months.push({ month, mondays: [monday.toString()] });
    monday = monday.add({ days: 7 });
  }
  return months;
}

/** Null where no week of it is over. */
export function weeksOf(months: readonly CountedMonth[]): Weeks | null {
  const [first, last] = [months[0]?.mondays[0], months.at(-1)?.mondays.at(-1)];
  return first === undefined || last === undefined ? null : { first, last };
}

/** The Monday of the last week that is over, on the clock of the mairies in mainland France. */
export function lastMondayOver(now: number): string {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('Europe/Paris').toPlainDate();
  return today.subtract({ days: today.dayOfWeek + 6 }).toString();
}

/** The Sunday of the week that begins on this Monday. */
export function sundayOf(monday: string): string {
  return Temporal.PlainDate.from(monday).add({ days: 6 }).toString();
}

/** Of the week that begins on this Monday. */
export function yearOf(monday: string): number {
  return Temporal.PlainDate.from(monday).add({ days: 3 }).year;
}

/** "2026-11", by the same rule. */
export function monthOf(monday: string): string {
  return Temporal.PlainDate.from(monday).add({ days: 3 }).toPlainYearMonth().toString();
}

/** The fourth of January is always in the first week. */
function firstMonday(year: number): Temporal.PlainDate {
  const fourth = new Temporal.PlainDate(year, 1, 4);
  return fourth.subtract({ days: fourth.dayOfWeek - 1 });
}

import type { FailureCode } from '#shared/failure.ts';
import type { CounsellorCalendar } from '#shared/protocol/appointments.ts';

/** What is wrong with hours or closures that somebody set; null where nothing is. */
export function calendarProblem({ hours, closures }: CounsellorCalendar): FailureCode | null {
  // "09:30" and "2026-03-29" sort as text.
  if (hours.some(({ from, to }) => from >= to)) return 'hoursBackward';
  if (closures.some(({ first, last }) => first > last)) return 'hoursBackward';
  const sorted = [...hours].sort((a, b) => a.weekday - b.weekday || a.from.localeCompare(b.from));
  const meets = sorted.some((one, index) => {
    const before = sorted[index - 1];
    return before?.weekday === one.weekday && one.from < before.to;
  });
  return meets ? 'hoursOverlap' : null;
}

/** How an hour is read where a mairie is: by the clock on its wall, and by its calendar. Pure. */
import type { MairieHour } from './protocol/appointments.ts';

export interface WallHour {
  /** 0 to 23. */
  readonly hour: number;
  readonly minute: number;
  /** Midnights until then: 0 today, 1 tomorrow; negative: past. */
  readonly daysAhead: number;
}

const DAY = 86_400_000;

/** @param now ms since the epoch. */
export function onTheWall({ at, timeZone }: MairieHour, now: number): WallHour {
  const [there, today] = [read(at, timeZone), read(now, timeZone)];
  return {
    hour: there.hour,
    minute: there.minute,
    daysAhead: Math.round((there.midnight - today.midnight) / DAY),
  };
}

function read(at: number, timeZone: string): { hour: number; minute: number; midnight: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  return {
    hour: part('hour'),
    minute: part('minute'),
    // Of the calendar alone, where each day has 24 hours.
    midnight: Date.UTC(part('year'), part('month') - 1, part('day')),
  };
}

/** A mairie's hour as its residents say it: "à 9 h 30", "demain à 9 h", "mardi à 9 h". */
import { onTheWall } from '#shared/mairie-clock.ts';
import type { MairieHour } from '#shared/protocol/appointments.ts';
import { fr } from '../words/fr.ts';

export function hourThere(when: MairieHour): string {
  const { hour, minute } = onTheWall(when, when.at);
  return fr.atHour(hour, minute);
}

/** '' for today; a week ahead and more with its date. @param now ms since the epoch. */
export function dayThere(when: MairieHour, now: number): string {
  const { daysAhead } = onTheWall(when, now);
  if (daysAhead <= 0) return '';
  if (daysAhead === 1) return fr.waiting.tomorrow;
  return new Intl.DateTimeFormat(fr.locale, {
    ...{ timeZone: when.timeZone, weekday: 'long' },
    ...(daysAhead < 7 ? {} : { day: 'numeric', month: 'long' }),
  }).format(when.at);
}

/** When a body that is closed opens again. */
import { onTheWall } from '#shared/mairie-clock.ts';
import type { MairieHour } from '#shared/protocol/appointments.ts';

const N = '\u00a0';

export const openingFr = {
  /** Beside a body among which one chooses. */
  closed: (when: string) => `fermé, ouvre ${when}`,
  announceClosed: (when: string) =>
    `Cet organisme est fermé${N}: il ouvre ${when}. Un rendez-vous ou une question écrite évite d’attendre.`,
  handOverClosed: (when: string) => `Cet organisme est fermé${N}: il ouvre ${when}. Prévenez la personne.`,
  /** Of somebody who waits for it. */
  opens: (when: string) => `l’organisme ouvre ${when}`,
};

/** "à 14 h", "demain à 9 h", "mardi à 9 h", "mardi 15 décembre à 9 h". @param now ms since the epoch. */
export function openingWhen(opensAt: MairieHour, now: number): string {
  const { hour, minute, daysAhead } = onTheWall(opensAt, now);
  const at = `à ${hour}${N}h${minute === 0 ? '' : `${N}${String(minute).padStart(2, '0')}`}`;
  if (daysAhead <= 0) return at;
  if (daysAhead === 1) return `demain ${at}`;
  const day = new Intl.DateTimeFormat('fr-FR', {
    ...{ timeZone: opensAt.timeZone, weekday: 'long' },
    ...(daysAhead < 7 ? {} : { day: 'numeric', month: 'long' }),
  });
  return `${day.format(opensAt.at)} ${at}`;
}

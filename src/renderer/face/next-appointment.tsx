/** At what hour somebody is expected here; read from across the room, so there is nothing else to it. */
import type { ReactNode } from 'react';
import type { NextAppointment as Next } from '#shared/protocol/agenda.ts';
import { fr } from '../words/fr.ts';

export function NextAppointment({ next }: { readonly next: Next }): ReactNode {
  return (
    <p className="next-appointment" aria-live="polite">
      <span className="next-what">{fr.idle.next}</span>{' '}
      <time className="next-hour" dateTime={new Date(next.at).toISOString()}>
        {hourThere(next)}
      </time>
    </p>
  );
}

/** By the mairie's clock, whatever the terminal's is set to. */
function hourThere({ at, timeZone }: Next): string {
  const parts = new Intl.DateTimeFormat(fr.locale, {
    ...{ timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' },
  }).formatToParts(at);
  const read = (type: 'hour' | 'minute') => Number(parts.find((part) => part.type === type)?.value);
  return fr.idle.nextAt(read('hour'), read('minute'));
}

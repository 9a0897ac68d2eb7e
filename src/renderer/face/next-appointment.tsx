/** At what hour somebody is expected here; read from across the room, so there is nothing else to it. */
import type { ReactNode } from 'react';
import type { NextAppointment as Next } from '#shared/protocol/agenda.ts';
import { fr } from '../words/fr.ts';
import { hourThere } from './hour-there.ts';

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

/** The free place: the commune, the time, and whether somebody can sit down here now, or why it makes noises. */
import type { ReactNode } from 'react';
import type { ScreenView } from '#shared/ipc.ts';
import type { VisitEndReason } from '#shared/protocol/views.ts';
import { canReceive } from '../look/notices.ts';
import { Erasing } from '../look/pictures/erasing.tsx';
import { Landscape } from '../look/pictures/landscape.tsx';
import { Secretary } from '../look/pictures/secretary.tsx';
import { useNow } from '../look/use-now.ts';
import { fr } from '../words/fr.ts';
import { Commune } from './commune.tsx';
import { needsHelp } from './needs-help.ts';
import { NextAppointment } from './next-appointment.tsx';
import { Stage } from './stage.tsx';

const hour = new Intl.DateTimeFormat(fr.locale, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(fr.locale, { weekday: 'long', day: 'numeric', month: 'long' });

export function IdleStage({ view }: { readonly view: ScreenView }): ReactNode {
  const now = useNow();
  const free = canReceive(view);
  const say = view.selfTesting
    ? { title: fr.idle.testing, how: fr.idle.testingHow }
    : free
      ? { title: fr.idle.free, how: fr.idle.freeHow }
      : { title: fr.idle.unable, how: fr.idle.unableWhy };
  return (
    <div className="idle">
      <Landscape now={now} />
      <Commune look={view.commune} />
      <main className="idle-main arrives">
        <div className="clock">
          <p>
            <time className="hour">{hour.format(now)}</time>
          </p>
          <p className="text-l day">{day.format(now)}</p>
        </div>
        <div className="place" aria-live="polite">
          <h1 className="text-xl">{say.title}</h1>
          <p className="text-m">{say.how}</p>
        </div>
        {view.nextAppointment && <NextAppointment next={view.nextAppointment} />}
      </main>
    </div>
  );
}

/** The twenty seconds after a visit; the wipe has been proved by then. */
interface FarewellProps {
  readonly view: ScreenView;
  /** Why the visit ended. */
  readonly reason: VisitEndReason;
}

export function FarewellStage({ view, reason }: FarewellProps): ReactNode {
  // Whoever still sits there without having been helped is told where to go, for as long as the good-bye lasts.
  if (needsHelp(reason)) {
    return (
      <Stage view={view} tone="deep" picture={<Secretary />}>
        <h1 className="text-xl">{fr.end[reason].title}</h1>
        <p className="text-l">{fr.end[reason].how}</p>
        <p className="text-m">{fr.idle.wiped}</p>
      </Stage>
    );
  }
  return (
    <Stage view={view} tone="deep" picture={<Erasing done />}>
      <h1>
        <span className="text-hero line">{fr.idle.goodbye},</span>{' '}
        <span className="text-xl line">{fr.idle.papers}</span>
      </h1>
      <p className="text-m">{fr.idle.wiped}</p>
    </Stage>
  );
}

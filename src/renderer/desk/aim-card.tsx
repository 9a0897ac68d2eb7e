/**
 * A paper is held before the camera: nothing else is on the desk meanwhile. Main lays the resident's own picture, with a
 * frame to aim by, over the region AIM_VIEW. The hands are busy: there is nothing else to do.
 */
import type { CSSProperties, ReactNode } from 'react';
import type { DeskAim } from '#shared/ipc.ts';
import { AIM_VIEW } from '#shared/screen-places.ts';
import { DeskScene } from '../look/pictures/desk-scene.tsx';
import { fr } from '../words/fr.ts';

const percent = (fraction: number) => `${fraction * 100}%`;
const place = Object.fromEntries(
  Object.entries(AIM_VIEW).flatMap(([name, part]) =>
    Object.entries(part).map(([side, fraction]) => [`--${name}-${side}`, percent(fraction)]),
  ),
) as CSSProperties;

export function AimCard({ step }: { readonly step: DeskAim }): ReactNode {
  if (step === 'taken' || step === 'over') {
    return (
      <div className="desk">
        <main className="desk-main">
          <div className="empty arrives">
            <div className="empty-picture">
              <DeskScene papers />
            </div>
            <div className="empty-words" aria-live="polite">
              <h1 className="text-xl">{fr.aim[step]}</h1>
              <p className="text-l">{fr.aim.how[step]}</p>
            </div>
          </div>
        </main>
      </div>
    );
  }
  return (
    <div className="desk aim" style={place}>
      <main className="aim-words" aria-live="assertive">
        <h1 className="text-xl">{step === 'taking' ? fr.aim.taking : fr.aim.title}</h1>
        <p className="text-l">{fr.aim.how[step]}</p>
      </main>
      <aside className="aim-self" aria-label={fr.aim.picture} />
    </div>
  );
}

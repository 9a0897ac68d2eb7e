/** The good-bye, and what became of the papers: shown for the two seconds that the wipe takes. */
import type { ReactNode } from 'react';
import type { FaceStage, ScreenView } from '#shared/ipc.ts';
import { Erasing } from '../look/pictures/erasing.tsx';
import { Secretary } from '../look/pictures/secretary.tsx';
import { fr } from '../words/fr.ts';
import { needsHelp } from './needs-help.ts';
import { Stage } from './stage.tsx';

interface EndProps {
  readonly view: ScreenView;
  readonly at: Extract<FaceStage, { stage: 'ending' | 'wiping' }>;
}

export function EndStage({ view, at }: EndProps): ReactNode {
  const words = fr.end[at.reason];
  return (
    <Stage view={view} tone="deep" picture={needsHelp(at.reason) ? <Secretary /> : <Erasing />}>
      <h1 className="text-xl">{words.title}</h1>
      <p className="text-l">{words.how}</p>
      {at.stage === 'wiping' && <p className="text-m">{`${fr.wiping.title}.`}</p>}
    </Stage>
  );
}

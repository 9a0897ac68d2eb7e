/** Chooses what the face screen shows for the stage of the visit. */
import type { ReactNode } from 'react';
import { assertNever } from '#shared/assert-never.ts';
import type { ScreenView } from '#shared/ipc.ts';
import { Secretary } from '../look/pictures/secretary.tsx';
import { fr } from '../words/fr.ts';
import { CallStage } from './call-stage.tsx';
import { EndStage } from './end-stage.tsx';
import { AnnouncedStage, WaitingStage, WelcomedStage } from './guest-stages.tsx';
import { FarewellStage, IdleStage } from './idle-stage.tsx';
import { Stage } from './stage.tsx';
import { useSettled } from './use-settled.ts';

export function FaceScreen({ view }: { readonly view: ScreenView }): ReactNode {
  const at = useSettled(view.at);
  switch (at.stage) {
    case 'idle':
      return at.farewell ? (
        <FarewellStage key="farewell" view={view} reason={at.farewell} />
      ) : (
        <IdleStage key="idle" view={view} />
      );
    case 'announced':
      return <AnnouncedStage view={view} guest={at.guest} />;
    case 'welcomed':
      return <WelcomedStage view={view} guest={at.guest} />;
    case 'waiting':
      return <WaitingStage view={view} guest={at.guest} />;
    case 'inCall':
      return <CallStage view={view} at={at} />;
    case 'ending':
    case 'wiping':
      return <EndStage view={view} at={at} />;
    case 'closed':
      return (
        <Stage view={view} tone="light" picture={<Secretary />}>
          <h1 className="text-xl">{fr.closed.title}</h1>
          <p className="text-l">{fr.closed.how}</p>
        </Stage>
      );
    case 'outOfService':
      return (
        <Stage view={view} tone="light" picture={<Secretary />}>
          <h1 className="text-xl">{fr.outOfService.title}</h1>
          <p className="text-l">{fr.outOfService.how}</p>
          <p className="text-s">{fr.outOfService.operator[at.why]}</p>
        </Stage>
      );
    default:
      return assertNever(at);
  }
}

/** Nothing lies on the desk: what this screen is for, at each stage of the visit. */
import type { ReactNode } from 'react';
import type { FaceStage } from '#shared/ipc.ts';
import { DeskScene } from '../look/pictures/desk-scene.tsx';
import { TakePaper } from '../look/pictures/take-paper.tsx';
import { fr } from '../words/fr.ts';

export function EmptyDesk({ at }: { readonly at: FaceStage }): ReactNode {
  const words = wordsFor(at);
  return (
    <div className="empty arrives" key={words.title}>
      <div className="empty-picture">{words.take ? <TakePaper /> : <DeskScene papers={words.papers} />}</div>
      <div className="empty-words" aria-live="polite">
        <h1 className="text-xl">{words.title}</h1>
        {words.how.map((line) => (
          <p key={line} className="text-l">
            {line}
          </p>
        ))}
      </div>
    </div>
  );
}

interface EmptyWords {
  readonly title: string;
  readonly how: readonly string[];
  readonly papers: boolean;
  readonly take: boolean;
}

function wordsFor(at: FaceStage): EmptyWords {
  const { desk } = fr;
  const calm = { papers: true, take: false };
  switch (at.stage) {
    case 'idle':
      return at.farewell
        ? {
            title: desk.farewell,
            how: [desk.farewellHow],
            papers: false,
            take: true,
          }
        : { ...calm, title: desk.idle, how: [desk.idleHow] };
    case 'announced':
    case 'welcomed':
    case 'waiting':
      return { ...calm, title: desk.before, how: [desk.beforeHow] };
    case 'inCall':
      return { ...calm, title: desk.inCall, how: [desk.inCallHow] };
    case 'ending':
    case 'wiping':
      return { title: desk.ended, how: [], papers: false, take: true };
    case 'closed':
    case 'outOfService':
      return { title: desk.closed, how: [], papers: false, take: false };
  }
}

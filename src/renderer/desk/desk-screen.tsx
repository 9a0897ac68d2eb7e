/**
 * The desk: the sheet being shown, the work under way beside it, and room for the resident's own picture, which main
 * lays over the region SELF_VIEW. desk.css places the three by which of them are there.
 */
import type { CSSProperties, ReactNode } from 'react';
import type { DeskWork, ScreenView } from '#shared/ipc.ts';
import { SELF_VIEW } from '#shared/screen-places.ts';
import { NoticeList } from '../look/notice-list.tsx';
import { deskNotices } from '../look/notices.ts';
import { fr } from '../words/fr.ts';
import { AimCard } from './aim-card.tsx';
import { EmptyDesk } from './empty-desk.tsx';
import { LiveCard, shownOf } from './live-card.tsx';
import { Sheet } from './sheet.tsx';
import { WorkCard } from './work-card.tsx';

interface DeskProps {
  readonly view: ScreenView;
  readonly sheetFailed: (documentId: string, page: number) => void;
}

const percent = (fraction: number) => `${fraction * 100}%`;
const selfPlace = {
  '--self-x': percent(SELF_VIEW.x),
  '--self-y': percent(SELF_VIEW.y),
  '--self-width': percent(SELF_VIEW.width),
  '--self-height': percent(SELF_VIEW.height),
} as CSSProperties;

export function DeskScreen({ view, sheetFailed }: DeskProps): ReactNode {
  const { at } = view;
  // Papers belong to the visit: whatever is still in the view, nothing is drawn before it or after it.
  const open = 'guest' in at;
  const sheet = open && view.sheet.kind === 'document' ? view.sheet : null;
  const work: DeskWork = open ? view.work : { kind: 'none' };
  const self = open && view.selfView;
  const live = sheet && view.live?.documentId === sheet.documentId ? view.live : null;
  // The machine's work comes first: the resident has something to do there.
  const card = work.kind === 'none' && sheet && live ? shownOf(live, sheet.page) : null;
  const empty = sheet === null && work.kind === 'none';
  const parts = [sheet && 'with-sheet', (work.kind !== 'none' || card) && 'with-work', self && 'with-self'];

  if (open && view.aim) return <AimCard step={view.aim} />;
  return (
    <div className={['desk', ...parts.filter(Boolean)].join(' ')} style={selfPlace}>
      <main className="desk-main">
        {!empty && <h1 className="unseen">{fr.desk.title}</h1>}
        {sheet ? (
          <section className="desk-sheet" aria-label={fr.desk.title}>
            <Sheet sheet={sheet} live={live} failed={sheetFailed} />
          </section>
        ) : (
          empty && <EmptyDesk at={at} />
        )}
        {/* What is typed is not read out at each letter. */}
        <div className="desk-work" aria-live={card ? 'off' : 'polite'}>
          {work.kind !== 'none' && <WorkCard work={work} />}
          {card && sheet && live && <LiveCard shown={card} sheet={sheet} marks={live.marks} />}
        </div>
        <NoticeList notices={deskNotices(view)} />
      </main>
      {self && (
        <aside className="self" aria-label={fr.desk.self}>
          <p className="text-s">{fr.desk.self}</p>
        </aside>
      )}
    </div>
  );
}

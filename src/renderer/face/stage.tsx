/** The frame of nearly every stage: the commune above, one large sentence with its picture, notices below. */
import type { ReactNode } from 'react';
import type { ScreenView } from '#shared/ipc.ts';
import { NoticeList } from '../look/notice-list.tsx';
import { faceNotices } from '../look/notices.ts';
import { Commune } from './commune.tsx';

interface StageProps {
  readonly view: ScreenView;
  /** deep: white on the commune's colour, for the moments that speak to the resident. */
  readonly tone: 'light' | 'deep';
  readonly picture?: ReactNode;
  /** The picture under the words instead of beside them. */
  readonly stacked?: boolean;
  readonly children: ReactNode;
}

export function Stage({ view, tone, picture, stacked = false, children }: StageProps): ReactNode {
  const notices = faceNotices(view);
  return (
    <div className={`stage ${tone} ${stacked ? 'stacked' : 'beside'}`}>
      <Commune look={view.commune} />
      <main className="stage-main arrives">
        <div className="words" aria-live="polite">
          {children}
        </div>
        {picture && <div className="picture-slot">{picture}</div>}
      </main>
      <footer className="stage-foot">
        <NoticeList notices={notices} />
      </footer>
    </div>
  );
}

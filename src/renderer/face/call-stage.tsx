/**
 * The call. While it is live main lays the room view over everything above the caption band, so whatever the resident
 * must know then is said in the band; the rest of the time the whole page speaks.
 */
import type { ReactNode } from 'react';
import type { FaceStage, ScreenView } from '#shared/ipc.ts';
import { CAPTION_BAND, roomViewShows, SUBTITLE_BAND } from '#shared/screen-places.ts';
import { NoticeList } from '../look/notice-list.tsx';
import { faceNotices } from '../look/notices.ts';
import { CounsellorComing, PrivateMoment, Rejoining } from '../look/pictures/call.tsx';
import { Question } from '../look/pictures/question.tsx';
import { fr } from '../words/fr.ts';
import { Stage } from './stage.tsx';

interface CallProps {
  readonly view: ScreenView;
  readonly at: Extract<FaceStage, { stage: 'inCall' }>;
}

export function CallStage({ view, at }: CallProps): ReactNode {
  const by = at.guest.quiet.privateBy;
  if (roomViewShows(at)) return <LiveCall view={view} at={at} />;
  if (!at.guest.residentPresent) {
    return (
      <Stage view={view} tone="deep" picture={<Question />}>
        <h1 className="text-xl">{fr.call.residentGone}</h1>
        <p className="text-l">{fr.waiting.goneHow}</p>
      </Stage>
    );
  }
  if (at.call === 'paused') {
    return (
      <Stage view={view} tone="deep" picture={<PrivateMoment />}>
        <h1 className="text-xl">{fr.call.paused}</h1>
        <p className="text-l">{fr.call.pausedHow}</p>
        {by && <p className="text-m">{fr.call.pausedBy[by]}</p>}
      </Stage>
    );
  }
  if (at.call === 'connecting' && at.counsellorPresent) {
    return (
      <Stage view={view} tone="deep" picture={<CounsellorComing />}>
        <h1 className="text-xl">{fr.call.connecting}</h1>
        <p className="text-l">
          <strong className="line">{at.counsellor.name}</strong>{' '}
          <span className="line text-m">{at.counsellor.body}</span>
        </p>
        <p className="text-m">{fr.call.connectingHow}</p>
      </Stage>
    );
  }
  return (
    <Stage view={view} tone="deep" picture={<Rejoining />} stacked>
      <h1 className="text-xl">{at.counsellorPresent ? fr.call.lost : fr.call.absent}</h1>
      <p className="text-l">{at.counsellorPresent ? fr.call.lostHow : fr.call.absentHow}</p>
    </Stage>
  );
}

function LiveCall({ view, at }: CallProps): ReactNode {
  const urgent = liveSentence(view, at);
  const [notice] = faceNotices(view);
  return (
    <div className="live">
      <main className="live-picture" aria-label={at.counsellor.name}>
        {view.still && <img className="live-still" src={view.still} alt="" />}
      </main>
      {view.subtitles && <Said lines={view.subtitles} />}
      <footer className="band" style={{ height: `${CAPTION_BAND * 100}%` }}>
        <div className="band-who" aria-live="polite">
          {urgent === null ? (
            <>
              <h1 className="text-l">{at.counsellor.name}</h1>
              <p className="text-s">{beside(view, at)}</p>
            </>
          ) : (
            <h1 className="text-l">{urgent}</h1>
          )}
        </div>
        {notice && <NoticeList notices={[notice]} />}
        {/* It gives way to whatever else has to be read, and to the name of who is in the call besides. */}
        {view.checkCode && !notice && urgent === null && at.guest.invited === null && (
          <p className="band-code">
            {fr.call.checkCode} <strong>{view.checkCode}</strong>
          </p>
        )}
      </footer>
    </div>
  );
}

/** What the counsellor says, in writing. The latest stands lowest and is never cut. */
function Said({ lines }: { readonly lines: readonly string[] }): ReactNode {
  return (
    <section className="said" aria-label={fr.call.said} style={{ height: `${SUBTITLE_BAND * 100}%` }}>
      {lines.length === 0 ? (
        <p className="said-soon">{fr.call.saidSoon}</p>
      ) : (
        lines.map((line) => <p key={line}>{line}</p>)
      )}
    </section>
  );
}

/** Under the counsellor's name: whoever is in the call with them or is about to be, else the body. */
function beside({ company }: ScreenView, at: CallProps['at']): string {
  const { invited } = at.guest;
  if (invited === null) return at.counsellor.body;
  return company === 'invited' ? fr.call.withInvited(invited) : fr.call.invitedComing(invited);
}

/** What takes the caption's place while pictures still come. */
function liveSentence(view: ScreenView, at: CallProps['at']): string | null {
  const { quiet, residentPresent } = at.guest;
  if (view.company === 'stranger') return fr.call.company;
  if (!residentPresent) return fr.call.residentGone;
  if (!at.counsellorPresent) return fr.call.absent;
  if (quiet.counsellorSound) return fr.call.counsellorSilent;
  if (quiet.counsellorPicture) return fr.call.counsellorHidden;
  if (view.slowLine) return fr.call.slowLine;
  if (quiet.residentSound) return quiet.residentPicture ? fr.call.unheardUnseen : fr.call.unheard;
  return quiet.residentPicture ? fr.call.unseen : null;
}

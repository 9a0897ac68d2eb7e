import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConsoleView, RoomTicket } from '#shared/protocol/views.ts';
import { RoomFrame } from '../call/room-frame.tsx';
import { useCall } from '../call/use-call.ts';
import type { HubLink } from '../hub-link.ts';
import { AskedIn } from '../invited/asked-in.tsx';
import { Notice } from '../parts/notice.tsx';
import { useNow } from '../parts/use-now.ts';
import { usePlace } from '../parts/use-place.ts';
import type { VisitPapers } from '../visit-papers.ts';
import { words } from '../words/words.ts';
import { isSwitchedOn } from './order-reading.ts';
import { OwnTest } from './own-test.tsx';
import { Queue } from './queue.tsx';
import { VisitPage } from './visit-page.tsx';

interface Props {
  readonly view: Extract<ConsoleView, { role: 'counsellor' }>;
  readonly link: HubLink;
  readonly papers: VisitPapers;
  readonly clockOffset: number;
  readonly roomOrigin: string;
}

/** The queue, or the one visit that the counsellor is in. */
export function CounsellorPage({ view, link, papers, clockOffset, roomOrigin }: Props) {
  const now = useNow(clockOffset, 1_000);
  const visitId = view.current?.visit.visitId ?? null;

  const endsHere = useRef(false);
  const [endedElsewhere, setEndedElsewhere] = useState(false);

  // Nothing of a visit outlives it, on this side either.
  useEffect(() => {
    if (visitId === null) return undefined;
    endsHere.current = false;
    setEndedElsewhere(false);
    return () => {
      setEndedElsewhere(!endsHere.current);
      papers.clear();
    };
  }, [visitId, papers]);

  const [placeRef, place] = usePlace();
  const newestTicket = useCallback(() => {
    const newest = link.snapshot().view;
    return newest?.role === 'counsellor' ? ticketOf(newest) : null;
  }, [link]);
  const newestQuiet = useCallback(() => {
    const newest = link.snapshot().view;
    return newest?.role === 'counsellor' ? (newest.current?.visit.quiet ?? null) : null;
  }, [link]);
  const call = useCall({
    roomOrigin,
    deployment: view.current?.room.origin ?? view.deployment,
    ticket: ticketOf(view),
    onNews: link.subscribe,
    newestTicket,
    newestQuiet,
    visitId,
    expecting: view.current === null && view.queue.length > 0,
    slowLine: slowLineOf(view),
    subtitles: isSwitchedOn(view.current?.orders ?? [], 'subtitles'),
    displayName: view.me.name,
    onTrouble({ origin, room }, what) {
      if (visitId !== null) void link.request({ type: 'roomTrouble', visitId, origin, room, what });
    },
  });

  return (
    <>
      <RoomFrame call={call} place={place} />
      {view.current ? (
        <VisitPage
          key={visitId}
          current={view.current}
          forms={view.forms}
          receivers={view}
          link={link}
          papers={papers}
          now={now}
          call={call}
          placeRef={placeRef}
          onEnd={() => {
            endsHere.current = true;
          }}
        />
      ) : (
        <>
          {endedElsewhere && (
            <Notice tone="warn" urgent onDismiss={() => setEndedElsewhere(false)}>
              {words.counsellor.endedElsewhere}
            </Notice>
          )}
          {view.invitation && <AskedIn invitation={view.invitation} />}
          <Queue visits={view.queue} accountId={view.me.accountId} link={link} now={now} />
          <OwnTest />
        </>
      )}
    </>
  );
}

/** By the terminal's own word. */
function slowLineOf({ current }: Props['view']): boolean {
  return current?.terminal.report?.slowLine === true;
}

/** Null where there is no call, and in a private moment. */
function ticketOf({ current }: Props['view']): RoomTicket | null {
  return current && current.visit.quiet.privateBy === null ? current.room : null;
}

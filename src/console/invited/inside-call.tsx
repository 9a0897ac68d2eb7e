/** The call, as whoever was asked into it sees it. */
import { useCallback } from 'react';
import { Button } from 'react-aria-components';
import type { InvitedAnswer } from '#shared/protocol/invited.ts';
import type { RoomTicket } from '#shared/protocol/views.ts';
import { OwnMedia } from '../call/own-media.tsx';
import { RoomFrame } from '../call/room-frame.tsx';
import { useCall } from '../call/use-call.ts';
import { Notice } from '../parts/notice.tsx';
import { usePlace } from '../parts/use-place.ts';
import { invitedWords, words } from '../words/words.ts';
import type { Invitation } from './use-invitation.ts';

interface Props {
  readonly answer: InvitedAnswer;
  /** The hub does not answer: the call goes on all the same. */
  readonly silent: boolean;
  readonly newest: () => Invitation;
  readonly subscribe: (listener: () => void) => () => void;
  readonly onLeave: () => void;
}

export function InsideCall({ answer, silent, newest, subscribe, onLeave }: Props) {
  const [placeRef, place] = usePlace();
  const newestTicket = useCallback(() => ticketOf(newest()), [newest]);
  const { room: say } = words;
  const call = useCall({
    roomOrigin: answer.roomOrigin,
    deployment: answer.ticket?.origin ?? answer.roomOrigin,
    ticket: answer.ticket,
    onNews: subscribe,
    newestTicket,
    newestQuiet: nothing,
    visitId: null,
    expecting: true,
    slowLine: false,
    subtitles: false,
    displayName: answer.name,
    // The two whose call it is tell the hub when they lose each other.
    onTrouble: () => undefined,
  });
  return (
    <main className="invited-call">
      <h1 className="visually-hidden">{invitedWords.pageTitle}</h1>
      <RoomFrame call={call} place={answer.ticket ? place : null} />
      <div className="call-picture" ref={placeRef}>
        {!answer.ticket && (
          <p className="invited-pause" role="status">
            {invitedWords.privateMoment}
          </p>
        )}
      </div>
      <div className="invited-foot">
        <OwnMedia call={call} className="button" />
        <Button className="button danger" onPress={onLeave}>
          {invitedWords.leave}
        </Button>
      </div>
      {call.noCamera && <Notice tone="warn">{say.noCamera}</Notice>}
      {call.noMicrophone && <Notice tone="warn">{say.noMicrophone}</Notice>}
      {silent && <Notice tone="warn">{invitedWords.silent}</Notice>}
    </main>
  );
}

const nothing = () => null;

function ticketOf(invitation: Invitation): RoomTicket | null {
  return invitation.kind === 'open' ? invitation.answer.ticket : null;
}

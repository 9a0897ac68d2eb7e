/** For whoever was asked into a call, a colleague or an interpreter: a door, and the call behind it. No menu, no other page. */
import { useCallback, useMemo, useState } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import type { InvitedAnswer, InvitedBody } from '#shared/protocol/invited.ts';
import type { RoomTicket } from '#shared/protocol/views.ts';
import { RoomFrame } from '../counsellor/room-frame.tsx';
import { useCall } from '../counsellor/use-call.ts';
import { Notice } from '../parts/notice.tsx';
import { usePlace } from '../parts/use-place.ts';
import { useTitle } from '../parts/use-title.ts';
import { invitedWords, words } from '../words/words.ts';
import { BY_ACCOUNT } from './invitation-link.ts';
import { type Invitation, useInvitation } from './use-invitation.ts';

interface Props {
  /** What follows INVITED_PATH in the address. */
  readonly parts: readonly string[];
}

type Stay = 'outside' | 'inside' | 'left';

export function InvitedPage({ parts }: Props) {
  const [first = '', visitId = ''] = parts;
  const by = useMemo<InvitedBody['by']>(
    () => (first === BY_ACCOUNT ? { kind: 'account', visitId } : { kind: 'link', token: first }),
    [first, visitId],
  );
  const [stay, setStay] = useState<Stay>('outside');
  const { invitation, newest, subscribe } = useInvitation(by, stay === 'inside');
  useTitle(invitedWords.pageTitle);

  if (invitation.kind !== 'open') return <Closed invitation={invitation} />;
  const { answer, silent } = invitation;
  if (stay === 'inside') {
    return (
      <InsideCall
        answer={answer}
        silent={silent}
        newest={newest}
        subscribe={subscribe}
        onLeave={() => setStay('left')}
      />
    );
  }
  return (
    <main className="standalone">
      <div className="standalone-card">
        <p className="product">{words.product}</p>
        <h1>{stay === 'left' ? invitedWords.left : invitedWords.door(answer.counsellor)}</h1>
        {stay === 'outside' && (
          <>
            <p>{invitedWords.doorBody(answer.body, answer.name)}</p>
            <p>{invitedWords.doorHow}</p>
            <p className="muted">{invitedWords.secrecy}</p>
          </>
        )}
        <Button className="button primary" onPress={() => setStay('inside')}>
          {stay === 'left' ? invitedWords.back : invitedWords.enter}
        </Button>
      </div>
    </main>
  );
}

function Closed({ invitation }: { readonly invitation: Exclude<Invitation, { kind: 'open' }> }) {
  const over = invitation.kind === 'over';
  const title = {
    loading: invitedWords.loading,
    silent: invitedWords.silent,
    tooMany: invitedWords.tooMany,
    over: invitedWords.over,
  }[invitation.kind];
  return (
    <main className="standalone" aria-busy={invitation.kind === 'loading'}>
      <div className="standalone-card" role="status">
        <p className="product">{words.product}</p>
        <h1>{title}</h1>
        {over && <p>{invitedWords.overHow}</p>}
      </div>
    </main>
  );
}

interface InsideProps {
  readonly answer: InvitedAnswer;
  /** The hub does not answer: the call goes on all the same. */
  readonly silent: boolean;
  readonly newest: () => Invitation;
  readonly subscribe: (listener: () => void) => () => void;
  readonly onLeave: () => void;
}

/** Everything that these pages have in common with the counsellor's is the room's frame and how it is spoken to. */
function InsideCall({ answer, silent, newest, subscribe, onLeave }: InsideProps) {
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
        <ToggleButton
          className="button"
          isSelected={call.muted.audio}
          onChange={(cut) => call.setMicrophone(!cut)}
        >
          {call.muted.audio ? say.microphoneOff : say.microphoneOn}
        </ToggleButton>
        <ToggleButton
          className="button"
          isSelected={call.muted.video}
          onChange={(cut) => call.setCamera(!cut)}
        >
          {call.muted.video ? say.cameraOff : say.cameraOn}
        </ToggleButton>
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

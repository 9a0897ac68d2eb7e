/** For whoever was asked into a call, a colleague or an interpreter: the door, and that it is shut. No menu, no other page. */
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import type { InvitedBody } from '#shared/protocol/invited.ts';
import { useTitle } from '../parts/use-title.ts';
import { invitedWords, words } from '../words/words.ts';
import { InsideCall } from './inside-call.tsx';
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

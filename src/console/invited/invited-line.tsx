/** Beside the call: who is asked into it, whether they are there, and the way out again. */
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { ConsoleView } from '#shared/protocol/views.ts';
import type { ConsoleFailureCode, HubLink } from '../hub-link.ts';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { invitedWords } from '../words/words.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { LinkDialog } from './link-dialog.tsx';

type View = Extract<ConsoleView, { role: 'counsellor' }>;

interface Props {
  readonly link: HubLink;
  readonly visitId: string;
  readonly invited: NonNullable<View['current']>['invited'];
  readonly colleagues: View['colleagues'];
  /** Besides the counsellor and the resident somebody is in the room. */
  readonly isThere: boolean;
}

export function InvitedLine({ link, visitId, invited, colleagues, isThere }: Props) {
  const [choosing, setChoosing] = useState(false);
  /** Only this page knows it: the hub was given its hash. */
  const [token, setToken] = useState<string | null>(null);
  const [showing, setShowing] = useState(false);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);

  async function end(): Promise<void> {
    setFailure(null);
    setToken(null);
    const answer = await link.request({ type: 'endInvitation', visitId });
    if (!answer.ok) setFailure(answer.code);
  }

  return (
    <div className="invited-line">
      {invited ? (
        <>
          <p role="status">{standing(invited, isThere)}</p>
          {token !== null && !invited.hasEntered && (
            <Button className="button small" onPress={() => setShowing(true)}>
              {invitedWords.showLink}
            </Button>
          )}
          <Button className="button small" onPress={() => void end()}>
            {isThere ? invitedWords.putOut : invitedWords.withdraw}
          </Button>
        </>
      ) : (
        <Button className="button small" onPress={() => setChoosing(true)}>
          {invitedWords.open}
        </Button>
      )}
      <FailureNotice code={failure} />
      <InviteDialog
        open={choosing}
        link={link}
        visitId={visitId}
        colleagues={colleagues}
        onClose={() => setChoosing(false)}
        onInvited={(made) => {
          setToken(made);
          setShowing(made !== null);
        }}
        onFailed={setFailure}
      />
      {invited && token !== null && (
        <LinkDialog open={showing} name={invited.name} token={token} onClose={() => setShowing(false)} />
      )}
    </div>
  );
}

function standing({ name, hasEntered }: NonNullable<Props['invited']>, isThere: boolean): string {
  if (isThere) return invitedWords.there(name);
  return hasEntered ? invitedWords.gone(name) : invitedWords.expected(name);
}

/** A colleague asks this counsellor into a call. */
import { Notice } from '../parts/notice.tsx';
import { invitedWords } from '../words/words.ts';
import { addressOfVisit } from './invitation-link.ts';

interface Props {
  readonly invitation: { readonly visitId: string; readonly by: string };
}

/** The call opens beside the console: the queue stays where it is. */
export function AskedIn({ invitation }: Props) {
  return (
    <Notice tone="busy" urgent>
      <strong>{invitedWords.asked(invitation.by)}</strong> {invitedWords.askedHow}{' '}
      <a className="button primary" href={addressOfVisit(invitation.visitId)} target="_blank" rel="noopener">
        {invitedWords.enter}
      </a>
    </Notice>
  );
}

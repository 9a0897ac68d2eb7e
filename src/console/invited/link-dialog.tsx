/** The link to hand to who is invited: copied, or given to the counsellor's own mail program. */
import { useState } from 'react';
import { Button, Heading, Input, Label, TextField } from 'react-aria-components';
import { ModalDialog } from '../parts/modal-dialog.tsx';
import { invitedWords } from '../words/words.ts';
import { addressOfLink } from './invitation-link.ts';

interface Props {
  readonly open: boolean;
  readonly name: string;
  readonly token: string;
  readonly onClose: () => void;
}

export function LinkDialog({ open, name, token, onClose }: Props) {
  const [said, setSaid] = useState('');
  const link = addressOfLink(token);
  const mail = `mailto:?subject=${encodeURIComponent(invitedWords.mailSubject)}&body=${encodeURIComponent(invitedWords.mailText(link))}`;

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
      setSaid(invitedWords.copied);
    } catch {
      // The browser or its user may forbid it (Clipboard API, NotAllowedError).
      setSaid(invitedWords.notCopied);
    }
  }

  return (
    <ModalDialog open={open} onClose={onClose}>
      <Heading slot="title">{invitedWords.linkTitle(name)}</Heading>
      <p>{invitedWords.linkNote}</p>
      <TextField className="field" value={link} isReadOnly>
        <Label>{invitedWords.link}</Label>
        <Input onFocus={(event) => event.target.select()} />
      </TextField>
      <p role="status">{said}</p>
      <div className="dialog-buttons">
        <Button className="button" onPress={onClose}>
          {invitedWords.done}
        </Button>
        <a className="button" href={mail}>
          {invitedWords.byMail}
        </a>
        <Button className="button primary" onPress={() => void copy()}>
          {invitedWords.copy}
        </Button>
      </div>
    </ModalDialog>
  );
}

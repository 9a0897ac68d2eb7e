/** The link to hand to who is invited: copied, or given to the counsellor's own mail program. */
import { useState } from 'react';
import { Button, Dialog, Heading, Input, Label, Modal, ModalOverlay, TextField } from 'react-aria-components';
import { invitedWords } from '../words/words.ts';
import { addressOfLink } from './invitation-link.ts';

interface Props {
  readonly open: boolean;
  readonly name: string;
  readonly token: string;
  readonly onClose: () => void;
}

export function LinkDialog({ open, name, token, onClose }: Props) {
  const [copied, setCopied] = useState(false);
  const link = addressOfLink(token);
  const mail = `mailto:?subject=${encodeURIComponent(invitedWords.mailSubject)}&body=${encodeURIComponent(invitedWords.mailText(link))}`;

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(link);
    setCopied(true);
  }

  return (
    <ModalOverlay
      className="overlay"
      isOpen={open}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      isDismissable
    >
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">{invitedWords.linkTitle(name)}</Heading>
          <p>{invitedWords.linkNote}</p>
          <TextField className="field" value={link} isReadOnly>
            <Label>{invitedWords.link}</Label>
            <Input onFocus={(event) => event.target.select()} />
          </TextField>
          <p role="status">{copied ? invitedWords.copied : ''}</p>
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
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

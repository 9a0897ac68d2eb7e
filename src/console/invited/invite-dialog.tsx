/** Whom the counsellor asks into the call: a colleague who is there, or anybody by a link. */
import { useState } from 'react';
import {
  Button,
  FieldError,
  Form,
  Heading,
  Input,
  Label,
  Radio,
  RadioGroup,
  TextField,
} from 'react-aria-components';
import type { ConsoleView } from '#shared/protocol/views.ts';
import type { ConsoleFailureCode, HubLink } from '../hub-link.ts';
import { ModalDialog } from '../parts/modal-dialog.tsx';
import { invitedWords } from '../words/words.ts';
import { newToken } from './invitation-link.ts';

interface Props {
  readonly open: boolean;
  readonly link: HubLink;
  readonly visitId: string;
  readonly colleagues: Extract<ConsoleView, { role: 'counsellor' }>['colleagues'];
  readonly onClose: () => void;
  /** With the token of the link; null for a colleague. */
  readonly onInvited: (token: string | null) => void;
  readonly onFailed: (code: ConsoleFailureCode) => void;
}

const OTHER = 'other';
/** As the protocol has it. */
const LONGEST_NAME = 60;

export function InviteDialog({ open, link, visitId, colleagues, onClose, onInvited, onFailed }: Props) {
  const [chosen, setChosen] = useState(OTHER);
  const [name, setName] = useState('');
  const colleague = colleagues.find(({ accountId, inVisit }) => accountId === chosen && !inVisit);

  async function invite(): Promise<void> {
    onClose();
    const made = colleague ? null : await newToken();
    const answer = await link.request({
      type: 'invite',
      visitId,
      to: made
        ? { kind: 'link', name: name.trim(), tokenHash: made.tokenHash }
        : { kind: 'colleague', accountId: chosen },
    });
    if (!answer.ok) return onFailed(answer.code);
    setName('');
    onInvited(made?.token ?? null);
  }

  return (
    <ModalDialog open={open} onClose={onClose}>
      <Heading slot="title">{invitedWords.title}</Heading>
      <p>{invitedWords.note}</p>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          void invite();
        }}
      >
        <RadioGroup className="choices" value={colleague ? chosen : OTHER} onChange={setChosen}>
          <Label className="visually-hidden">{invitedWords.whom}</Label>
          <div className="choice-list">
            {colleagues.map((one) => (
              <Radio key={one.accountId} value={one.accountId} className="choice" isDisabled={one.inVisit}>
                <span className="choice-name">{one.name}</span>
                <span className="choice-note">
                  {one.inVisit ? invitedWords.colleagueBusy : invitedWords.colleagueFree}
                </span>
              </Radio>
            ))}
            <Radio value={OTHER} className="choice">
              <span className="choice-name">{invitedWords.other}</span>
              <span className="choice-note">{invitedWords.otherNote}</span>
            </Radio>
          </div>
        </RadioGroup>
        {!colleague && (
          <TextField
            className="field"
            value={name}
            onChange={setName}
            isRequired
            maxLength={LONGEST_NAME}
            validate={(value) => (value.trim() === '' ? invitedWords.nameMissing : null)}
          >
            <Label>{invitedWords.name}</Label>
            <Input autoComplete="off" placeholder={invitedWords.nameExample} />
            <FieldError />
          </TextField>
        )}
        <div className="dialog-buttons">
          <Button className="button" onPress={onClose}>
            {invitedWords.cancel}
          </Button>
          <Button className="button primary" type="submit">
            {invitedWords.confirm}
          </Button>
        </div>
      </Form>
    </ModalDialog>
  );
}

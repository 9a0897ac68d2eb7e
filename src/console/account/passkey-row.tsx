/** One passkey: at rest, being renamed, or being removed, for which the password is asked. */
import { type FormEvent, useState } from 'react';
import { Button, Form } from 'react-aria-components';
import type { OwnPasskey } from '#shared/protocol/passkeys.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { passkeyWords } from '../words/words.ts';
import { PasskeyLabelField } from './passkey-label-field.tsx';
import { namePasskey, removePasskey } from './passkey-requests.ts';
import { PasswordField } from './password-field.tsx';

type Doing = 'rest' | 'rename' | 'remove';

interface Props {
  readonly passkey: OwnPasskey;
  readonly isLast: boolean;
  /** Null: something else begins, what was said before is over. 'removed' and 'renamed': the list is another now. */
  readonly onOutcome: (outcome: 'removed' | 'renamed' | null) => void;
}

export function PasskeyRow({ passkey, isLast, onOutcome }: Props) {
  const { passkeyId, label } = passkey;
  const [doing, setDoing] = useState<Doing>('rest');
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const [sending, setSending] = useState(false);

  function turn(to: Doing): void {
    setText(to === 'rename' ? label : '');
    setFailure(null);
    setDoing(to);
    onOutcome(null);
  }
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    const done = await (doing === 'rename'
      ? namePasskey(passkeyId, text.trim())
      : removePasskey(passkeyId, text));
    setSending(false);
    if (!done.ok) return setFailure(done.code);
    setFailure(null);
    setDoing('rest');
    onOutcome(doing === 'rename' ? 'renamed' : 'removed');
  }

  return (
    <li>
      <div className="passkey-line">
        <div>
          <strong>{label}</strong>
          <span className="muted passkey-dates">
            {passkeyWords.dates(passkey.addedAt, passkey.lastUsedAt)}
          </span>
        </div>
        {doing === 'rest' && (
          <div className="people-buttons">
            <Button
              className="button small"
              aria-label={passkeyWords.renameOf(label)}
              onPress={() => turn('rename')}
            >
              {passkeyWords.rename}
            </Button>
            <Button
              className="button small"
              aria-label={passkeyWords.removeOf(label)}
              onPress={() => turn('remove')}
            >
              {passkeyWords.remove}
            </Button>
          </div>
        )}
      </div>
      {doing !== 'rest' && (
        <Form onSubmit={(event) => void save(event)}>
          <FailureNotice code={failure} />
          {doing === 'rename' ? (
            <PasskeyLabelField value={text} onChange={setText} />
          ) : (
            <>
              <p>{isLast ? passkeyWords.removeLast : passkeyWords.removeNote}</p>
              <PasswordField kind="current" value={text} onChange={setText} autoFocus />
            </>
          )}
          <div className="people-buttons">
            <Button
              type="submit"
              className={doing === 'rename' ? 'button primary' : 'button danger'}
              isPending={sending}
            >
              {doing === 'rename' ? passkeyWords.save : passkeyWords.remove}
            </Button>
            <Button className="button quiet" onPress={() => turn('rest')}>
              {passkeyWords.cancel}
            </Button>
          </div>
        </Form>
      )}
    </li>
  );
}

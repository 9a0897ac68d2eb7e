/** One's passkeys: seen, added, renamed, removed. */
import { type FormEvent, useState } from 'react';
import { Button, Form } from 'react-aria-components';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { Notice } from '../parts/notice.tsx';
import { useAnswer } from '../sheets/use-answer.ts';
import { accountWords, passkeyWords } from '../words/words.ts';
import { passkeysWork } from './authenticator.ts';
import { PasskeyLabelField } from './passkey-label-field.tsx';
import { addPasskey, fetchPasskeys } from './passkey-requests.ts';
import { PasskeyRow } from './passkey-row.tsx';
import { PasswordField } from './password-field.tsx';

type Outcome = ConsoleFailureCode | 'added' | 'removed' | null;

export function Passkeys() {
  const { answer, again } = useAnswer('passkeys', fetchPasskeys);
  const [outcome, setOutcome] = useState<Outcome>(null);
  const [adding, setAdding] = useState(false);
  const passkeys = answer?.ok ? answer.value.passkeys : [];

  return (
    <section className="panel account-part" aria-label={passkeyWords.title}>
      <h2>{passkeyWords.title}</h2>
      <p>{passkeyWords.note}</p>
      {outcome === 'added' || outcome === 'removed' ? (
        <Notice tone="good">{passkeyWords[outcome]}</Notice>
      ) : (
        <FailureNotice code={outcome} />
      )}
      {!answer && <p role="status">{accountWords.loading}</p>}
      {answer && !answer.ok && <FailureNotice code={answer.code} />}
      {answer?.ok && passkeys.length === 0 && <p className="muted">{passkeyWords.none}</p>}
      {passkeys.length > 0 && (
        <ul className="passkey-list" aria-label={passkeyWords.list}>
          {passkeys.map((passkey) => (
            <PasskeyRow
              key={passkey.passkeyId}
              passkey={passkey}
              isLast={passkeys.length === 1}
              onOutcome={(next) => {
                setOutcome(next === 'removed' ? next : null);
                if (next) again();
              }}
            />
          ))}
        </ul>
      )}
      {!passkeysWork() && <p className="muted">{passkeyWords.unfit}</p>}
      {passkeysWork() && !adding && (
        <div className="people-buttons">
          <Button
            className="button primary"
            onPress={() => {
              setOutcome(null);
              setAdding(true);
            }}
          >
            {passkeyWords.add}
          </Button>
        </div>
      )}
      {adding && (
        <AddPasskey
          onFailure={setOutcome}
          onAdded={() => {
            setOutcome('added');
            setAdding(false);
            again();
          }}
          onCancel={() => {
            setOutcome(null);
            setAdding(false);
          }}
        />
      )}
    </section>
  );
}

interface AddProps {
  readonly onFailure: (code: ConsoleFailureCode) => void;
  readonly onAdded: () => void;
  readonly onCancel: () => void;
}

function AddPasskey({ onFailure, onAdded, onCancel }: AddProps) {
  const [label, setLabel] = useState('');
  const [password, setPassword] = useState('');
  const [asking, setAsking] = useState(false);

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (asking) return;
    setAsking(true);
    const done = await addPasskey(label.trim(), password);
    setAsking(false);
    if (done.ok) onAdded();
    else onFailure(done.code);
  }
  return (
    <Form onSubmit={(event) => void add(event)}>
      <PasskeyLabelField value={label} onChange={setLabel} hint={passkeyWords.labelHint} />
      <PasswordField kind="current" value={password} onChange={setPassword} />
      <p className="muted">{passkeyWords.shared}</p>
      <div className="people-buttons">
        <Button type="submit" className="button primary" isPending={asking}>
          {asking ? passkeyWords.waiting : passkeyWords.go}
        </Button>
        <Button className="button quiet" onPress={onCancel}>
          {passkeyWords.cancel}
        </Button>
      </div>
    </Form>
  );
}

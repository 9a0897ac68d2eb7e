/** "Mon compte": the passkeys, the second factor, the password, the open sessions. */
import { type FormEvent, useState } from 'react';
import { Button, Form } from 'react-aria-components';
import type { OwnAccount } from '#shared/protocol/own-account.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { Notice } from '../parts/notice.tsx';
import { useTitle } from '../parts/use-title.ts';
import { useAnswer } from '../sheets/use-answer.ts';
import { accountWords } from '../words/words.ts';
import { changePassword, endSession, fetchAccount } from './account-api.ts';
import { Passkeys } from './passkeys.tsx';
import { PasswordField } from './password-field.tsx';
import { SecondFactor } from './second-factor.tsx';

export const ACCOUNT_PATH = 'mon-compte';

export function AccountPage() {
  useTitle(accountWords.title);
  const { answer, again } = useAnswer('account', fetchAccount);
  return (
    <div className="people account" aria-busy={!answer}>
      <h1>{accountWords.page}</h1>
      {!answer && <p role="status">{accountWords.loading}</p>}
      {answer && !answer.ok && <FailureNotice code={answer.code} />}
      {answer?.ok && (
        <>
          <p className="muted">{accountWords.loggedInAs(answer.value.email)}</p>
          <Passkeys />
          <SecondFactor factor={answer.value.secondFactor} onChanged={again} />
          <Password onChanged={again} />
          <Sessions sessions={answer.value.sessions} onChanged={again} />
        </>
      )}
    </div>
  );
}

function Password({ onChanged }: { readonly onChanged: () => void }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [outcome, setOutcome] = useState<ConsoleFailureCode | 'done' | null>(null);
  const [sending, setSending] = useState(false);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    const done = await changePassword(current, password);
    setSending(false);
    setOutcome(done.ok ? 'done' : done.code);
    if (!done.ok) return;
    setCurrent('');
    setPassword('');
    onChanged();
  }
  return (
    <section className="panel account-part" aria-label={accountWords.passwordTitle}>
      <h2>{accountWords.passwordTitle}</h2>
      {outcome === 'done' ? (
        <Notice tone="good">{accountWords.passwordChanged}</Notice>
      ) : (
        <FailureNotice code={outcome} />
      )}
      {/* A new form after each change: an empty field is not yet a missing one. */}
      <Form key={outcome === 'done' ? 'done' : 'asking'} onSubmit={(event) => void save(event)}>
        <PasswordField kind="current" value={current} onChange={setCurrent} />
        <PasswordField kind="new" value={password} onChange={setPassword} />
        <div className="people-buttons">
          <Button type="submit" className="button primary" isPending={sending}>
            {accountWords.changePassword}
          </Button>
        </div>
      </Form>
    </section>
  );
}

function Sessions({
  sessions,
  onChanged,
}: {
  readonly sessions: OwnAccount['sessions'];
  readonly onChanged: () => void;
}) {
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  async function end(sessionKey: string): Promise<void> {
    const done = await endSession(sessionKey);
    setFailure(done.ok ? null : done.code);
    onChanged();
  }
  return (
    <section className="panel account-part" aria-label={accountWords.sessionsTitle}>
      <h2>{accountWords.sessionsTitle}</h2>
      <p className="muted">{accountWords.sessionsNote}</p>
      <FailureNotice code={failure} />
      <ul className="session-list">
        {sessions.map(({ sessionKey, startedAt, own }) => (
          <li key={sessionKey}>
            {accountWords.session(startedAt)}
            {own ? (
              <strong> ({accountWords.thisSession})</strong>
            ) : (
              <Button
                className="button small"
                aria-label={accountWords.endSessionOf(startedAt)}
                onPress={() => void end(sessionKey)}
              >
                {accountWords.endSession}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

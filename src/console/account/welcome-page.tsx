/** Where the link of an invitation, or of a password that was forgotten, leads. */
import { type FormEvent, useCallback, useState } from 'react';
import { Button, Checkbox, Form } from 'react-aria-components';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { Notice } from '../parts/notice.tsx';
import { useTitle } from '../parts/use-title.ts';
import { useAnswer } from '../sheets/use-answer.ts';
import { accountWords, words } from '../words/words.ts';
import { lookAtLink, takeLink } from './account-api.ts';
import { PasswordField } from './password-field.tsx';

/** In the address, before the token. */
export const WELCOME_PATH = 'bienvenue';

interface Props {
  readonly token: string;
  readonly onLoggedIn: () => void;
}

export function WelcomePage({ token, onLoggedIn }: Props) {
  const { answer } = useAnswer(
    token,
    useCallback((asked: string) => lookAtLink(asked), []),
  );
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const [done, setDone] = useState(false);
  useTitle(accountWords.welcomeTab);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    setFailure(null);
    const answered = await takeLink(token, password);
    setSending(false);
    if (!answered.ok) setFailure(answered.code);
    else if (answered.value.loggedIn) onLoggedIn();
    else setDone(true);
  }

  return (
    <main className="standalone" aria-busy={!answer}>
      <div className="standalone-card log-in">
        <p className="product">{words.product}</p>
        <h1>{accountWords.welcomeTitle}</h1>
        {!answer && <p role="status">{accountWords.loading}</p>}
        {answer && !answer.ok && <FailureNotice code={answer.code} />}
        <FailureNotice code={failure} />
        {done && <Notice tone="good">{accountWords.welcomeDone}</Notice>}
        {answer?.ok && !done && (
          <>
            <p>{accountWords.welcomeFor(answer.value.name)}</p>
            <p className="muted">{accountWords.loggedInAs(answer.value.email)}</p>
            <Form onSubmit={(event) => void save(event)}>
              {/* Password managers read here whose password it is. */}
              <input type="hidden" name="username" autoComplete="username" value={answer.value.email} />
              <PasswordField kind="new" value={password} onChange={setPassword} shown={shown} />
              <Checkbox isSelected={shown} onChange={setShown} className="checkbox">
                <span className="checkbox-box" aria-hidden="true" />
                {accountWords.showPassword}
              </Checkbox>
              <Button type="submit" className="button primary wide" isPending={sending}>
                {accountWords.savePassword}
              </Button>
            </Form>
          </>
        )}
        {(done || answer?.ok === false) && <a href="#/">{accountWords.back}</a>}
      </div>
    </main>
  );
}

import { type FormEvent, useState } from 'react';
import { Button, Checkbox, FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import { CodeField } from './account/code-field.tsx';
import { FORGOTTEN_PATH } from './account/forgotten-page.tsx';
import { PasskeyLogIn } from './account/passkey-log-in.tsx';
import { logIn } from './api.ts';
import type { ConsoleFailureCode } from './hub-link.ts';
import { Notice } from './parts/notice.tsx';
import { useTitle } from './parts/use-title.ts';
import { ProviderLogIn } from './provider/provider-log-in.tsx';
import { takeReturned } from './provider/returned.ts';
import { accountWords, counsellorFailure, providerWords, words } from './words/words.ts';

interface Props {
  /** The session ended by itself: said, so that nobody thinks to have done something wrong. */
  readonly ended: boolean;
  readonly onLoggedIn: () => void;
}

export function LogInPage({ ended, onLoggedIn }: Props) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  /** Null until the hub asks for it. */
  const [code, setCode] = useState<string | null>(null);
  const [shown, setShown] = useState(false);
  const [sending, setSending] = useState(false);
  const [returned] = useState(takeReturned);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(returned.refused);
  useTitle(words.titles.logIn);

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    setFailure(null);
    const refused = await logIn(email.trim(), password, code ?? undefined);
    setSending(false);
    if (refused === 'secondFactorNeeded') setCode('');
    else if (refused) setFailure(refused);
    else onLoggedIn();
  }

  return (
    <main className="standalone">
      <div className="standalone-card log-in">
        <p className="product">{words.product}</p>
        <h1>{words.logIn.title}</h1>
        <p className="muted">{words.logIn.note}</p>
        {ended && !failure && <Notice tone="busy">{words.logIn.ended}</Notice>}
        {returned.left && !ended && !failure && <Notice tone="good">{providerWords.left}</Notice>}
        {failure && (
          <Notice tone="bad" urgent>
            <strong>{counsellorFailure(failure).what}.</strong> {counsellorFailure(failure).todo}
          </Notice>
        )}
        <ProviderLogIn onFailure={setFailure} />
        <Form onSubmit={(event) => void send(event)}>
          <TextField
            name="email"
            type="email"
            autoComplete="username"
            isRequired
            value={email}
            onChange={setEmail}
          >
            <Label>{words.logIn.email}</Label>
            <Input />
            <FieldError>
              {({ validationDetails }) =>
                validationDetails.valueMissing ? words.logIn.missingEmail : words.logIn.badEmail
              }
            </FieldError>
          </TextField>
          <TextField
            name="password"
            type={shown ? 'text' : 'password'}
            autoComplete="current-password"
            isRequired
            value={password}
            onChange={setPassword}
          >
            <Label>{words.logIn.password}</Label>
            <Input />
            <FieldError>{words.logIn.missingPassword}</FieldError>
          </TextField>
          <Checkbox isSelected={shown} onChange={setShown} className="checkbox">
            <span className="checkbox-box" aria-hidden="true" />
            {words.logIn.show}
          </Checkbox>
          {code !== null && <CodeField value={code} onChange={setCode} />}
          <Button type="submit" className="button primary wide" isPending={sending}>
            {sending ? words.logIn.submitting : words.logIn.submit}
          </Button>
        </Form>
        <a href={`#/${FORGOTTEN_PATH}`}>{accountWords.forgotten}</a>
        <PasskeyLogIn onFailure={setFailure} onLoggedIn={onLoggedIn} />
      </div>
    </main>
  );
}

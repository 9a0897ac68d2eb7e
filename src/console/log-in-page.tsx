import { type FormEvent, useEffect, useState } from 'react';
import { Button, Checkbox, FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import { logIn } from './api.ts';
import type { ConsoleFailureCode } from './hub-link.ts';
import { Notice } from './parts/notice.tsx';
import { useTitle } from './parts/use-title.ts';
import { counsellorFailure, words } from './words/words.ts';

interface Props {
  /** The session ended by itself: said, so that nobody thinks to have done something wrong. */
  readonly ended: boolean;
  readonly onLoggedIn: () => void;
}

export function LogInPage({ ended, onLoggedIn }: Props) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  useTitle(words.titles.logIn);
  useEffect(() => setFailure(null), []);

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    setFailure(null);
    const code = await logIn(email.trim(), password);
    setSending(false);
    if (code) setFailure(code);
    else onLoggedIn();
  }

  return (
    <main className="standalone">
      <div className="standalone-card log-in">
        <p className="product">{words.product}</p>
        <h1>{words.logIn.title}</h1>
        <p className="muted">{words.logIn.note}</p>
        {ended && !failure && <Notice tone="busy">{words.logIn.ended}</Notice>}
        {failure && (
          <Notice tone="bad" urgent>
            <strong>{counsellorFailure(failure).what}.</strong> {counsellorFailure(failure).todo}
          </Notice>
        )}
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
          <Button type="submit" className="button primary wide" isPending={sending}>
            {sending ? words.logIn.submitting : words.logIn.submit}
          </Button>
        </Form>
      </div>
    </main>
  );
}

/** Asks for a link by mail. Says the same whether the account exists or not. */
import { type FormEvent, useState } from 'react';
import { Button, FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { Notice } from '../parts/notice.tsx';
import { useTitle } from '../parts/use-title.ts';
import { accountWords, words } from '../words/words.ts';
import { askForLink } from './account-api.ts';

export const FORGOTTEN_PATH = 'mot-de-passe-oublie';

export function ForgottenPage() {
  const [email, setEmail] = useState('');
  const [sending, setSending] = useState(false);
  const [sent, setSent] = useState(false);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  useTitle(accountWords.welcomeTab);

  async function ask(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    const answered = await askForLink(email.trim());
    setSending(false);
    setFailure(answered.ok ? null : answered.code);
    setSent(answered.ok);
  }

  return (
    <main className="standalone">
      <div className="standalone-card log-in">
        <p className="product">{words.product}</p>
        <h1>{accountWords.forgottenTitle}</h1>
        <FailureNotice code={failure} />
        {sent ? (
          <>
            <Notice tone="good">{accountWords.forgottenSent}</Notice>
            <p>{accountWords.forgottenNoMail}</p>
          </>
        ) : (
          <>
            <p className="muted">{accountWords.forgottenNote}</p>
            <Form onSubmit={(event) => void ask(event)}>
              <TextField type="email" autoComplete="username" isRequired value={email} onChange={setEmail}>
                <Label>{words.logIn.email}</Label>
                <Input maxLength={254} />
                <FieldError>
                  {({ validationDetails }) =>
                    validationDetails.valueMissing ? words.logIn.missingEmail : words.logIn.badEmail
                  }
                </FieldError>
              </TextField>
              <Button type="submit" className="button primary wide" isPending={sending}>
                {accountWords.forgottenSend}
              </Button>
            </Form>
          </>
        )}
        <a href="#/">{accountWords.back}</a>
      </div>
    </main>
  );
}

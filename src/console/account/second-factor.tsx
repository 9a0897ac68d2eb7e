/** The second factor is added in three steps (password, code, recovery codes) and removed with the password. */
import encodeQR from 'qr';
import { type FormEvent, useState } from 'react';
import { Button, FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import type { OwnAccount } from '#shared/protocol/own-account.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { Notice } from '../parts/notice.tsx';
import { accountWords } from '../words/words.ts';
import { beginFactor, confirmFactor, removeFactor } from './account-api.ts';
import { PasswordField } from './password-field.tsx';

type Step =
  | { readonly kind: 'rest' }
  | { readonly kind: 'removed' }
  | { readonly kind: 'scan'; readonly secret: string; readonly address: string }
  | { readonly kind: 'keep'; readonly codes: readonly string[] };

interface Props {
  readonly factor: OwnAccount['secondFactor'];
  readonly onChanged: () => void;
}

export function SecondFactor({ factor, onChanged }: Props) {
  const [step, setStep] = useState<Step>({ kind: 'rest' });
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const [sending, setSending] = useState(false);

  function go(next: Step): void {
    setText('');
    setFailure(null);
    setStep(next);
  }
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    setFailure(await sent());
    setSending(false);
  }
  /** What the form of this step does. Null: done. */
  async function sent(): Promise<ConsoleFailureCode | null> {
    if (step.kind === 'scan') {
      const done = await confirmFactor(text.replaceAll(/\s/g, ''));
      if (!done.ok) return done.code;
      go({ kind: 'keep', codes: done.value.codes });
      return null;
    }
    if (factor) {
      const done = await removeFactor(text);
      if (!done.ok) return done.code;
      go({ kind: 'removed' });
      onChanged();
      return null;
    }
    const begun = await beginFactor(text);
    if (!begun.ok) return begun.code;
    go({ kind: 'scan', ...begun.value });
    return null;
  }

  if (step.kind === 'keep') {
    return (
      <section className="panel account-part" aria-label={accountWords.recoveryTitle}>
        <h2>{accountWords.recoveryTitle}</h2>
        <p>{accountWords.recoveryNote}</p>
        <ul className="recovery-codes">
          {step.codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <Button
          className="button primary"
          onPress={() => {
            go({ kind: 'rest' });
            onChanged();
          }}
        >
          {accountWords.recoveryKept}
        </Button>
      </section>
    );
  }
  return (
    <section className="panel account-part" aria-label={accountWords.factorTitle}>
      <h2>{accountWords.factorTitle}</h2>
      {step.kind === 'removed' && <Notice tone="good">{accountWords.factorRemoved}</Notice>}
      <p>{factor ? accountWords.factorOn(factor.recoveryCodesLeft) : accountWords.factorOff}</p>
      <FailureNotice code={failure} />
      <Form key={step.kind} onSubmit={(event) => void send(event)}>
        {step.kind === 'scan' ? (
          <>
            <p>{accountWords.scan}</p>
            <QrCode text={step.address} />
            <p>
              {accountWords.secret} <code>{step.secret.match(/.{4}/g)?.join(' ')}</code>
            </p>
            <TextField
              isRequired
              inputMode="numeric"
              autoComplete="one-time-code"
              value={text}
              onChange={setText}
            >
              <Label>{accountWords.sixDigits}</Label>
              <Input pattern="\s*(\d\s*){6}" />
              <FieldError>{accountWords.sixMissing}</FieldError>
            </TextField>
          </>
        ) : (
          <PasswordField kind="current" value={text} onChange={setText} />
        )}
        <div className="people-buttons">
          <Button type="submit" className="button primary" isPending={sending}>
            {step.kind === 'scan'
              ? accountWords.confirm
              : factor
                ? accountWords.removeFactor
                : accountWords.addFactor}
          </Button>
          {step.kind === 'scan' && (
            <Button className="button quiet" onPress={() => go({ kind: 'rest' })}>
              {accountWords.cancel}
            </Button>
          )}
        </div>
      </Form>
    </section>
  );
}

/** Drawn as one path: the console's policy allows no picture from a text. */
function QrCode({ text }: { readonly text: string }) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 2 });
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg className="qr" role="img" aria-label={accountWords.qr} viewBox={`0 0 ${rows.length} ${rows.length}`}>
      <rect width={rows.length} height={rows.length} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

import { type FormEvent, useState } from 'react';
import { Button, FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import type { MairieView } from '#shared/protocol/views.ts';
import { type EnrolmentCode, makeEnrolmentCode } from '../api.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { Notice } from '../parts/notice.tsx';
import { clerkFailure, words } from '../words/words.ts';

interface Props {
  readonly mairies: readonly MairieView[];
  readonly now: number;
}

/** A one-time code for one machine, read once on this screen and typed at its installation. */
export function EnrolTerminal({ mairies, now }: Props) {
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const [code, setCode] = useState<EnrolmentCode | null>(null);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const [asking, setAsking] = useState(false);
  const mairieId = mairies.find((mairie) => mairie.mairieId === chosen)?.mairieId ?? mairies[0]?.mairieId;

  async function ask(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (asking || !mairieId) return;
    setAsking(true);
    setFailure(null);
    setCode(null);
    const answer = await makeEnrolmentCode(mairieId, name.trim());
    setAsking(false);
    if ('failure' in answer) setFailure(answer.failure);
    else setCode(answer);
  }

  if (!mairieId) return null;
  return (
    <section className="enrol" aria-labelledby="enrol-title">
      <h2 id="enrol-title">{words.fleet.enrolTitle}</h2>
      <Form className="enrol-row" onSubmit={(event) => void ask(event)}>
        <label className="field">
          {words.fleet.enrolMairie}
          <select value={mairieId} onChange={(event) => setChosen(event.target.value)}>
            {mairies.map((mairie) => (
              <option key={mairie.mairieId} value={mairie.mairieId}>
                {mairie.name}
              </option>
            ))}
          </select>
        </label>
        <TextField isRequired maxLength={120} value={name} onChange={setName}>
          <Label>{words.fleet.enrolName}</Label>
          <Input />
          <FieldError>{words.fleet.enrolNameMissing}</FieldError>
        </TextField>
        <Button type="submit" className="button" isPending={asking}>
          {words.fleet.enrol}
        </Button>
      </Form>
      {failure && (
        <Notice tone="bad" urgent>
          <strong>{clerkFailure(failure).what}.</strong> {clerkFailure(failure).todo}
        </Notice>
      )}
      {code && (
        <Notice tone="good">
          <strong className="enrol-code">{code.code}</strong>
          <p>
            {words.fleet.enrolNote} {words.fleet.enrolUntil(words.moment(code.expiresAt, now))}
          </p>
        </Notice>
      )}
    </section>
  );
}

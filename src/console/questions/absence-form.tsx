/** When a correspondent is away, and who answers meanwhile. */
import { type FormEvent, useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { type AbsenceAnswer, absence } from '#shared/protocol/questions.ts';
import { useLoaded } from '../appointments/use-loaded.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { DateField } from '../parts/date-field.tsx';
import { Notice } from '../parts/notice.tsx';
import { clerkFailure, questionWords, sentence } from '../words/words.ts';
import { fetchAbsence, setAbsence } from './questions-api.ts';

const words = questionWords.absence;

export function AbsenceForm() {
  const { answer, again } = useLoaded('absence', fetchAbsence, false);
  return (
    <section className="panel panel-scroll" aria-label={words.heading}>
      <h2>{words.heading}</h2>
      <p>{words.note}</p>
      {answer && !answer.ok && <Notice tone="bad">{sentence(clerkFailure(answer.code))}</Notice>}
      {answer?.ok && <Fields known={answer.value} onSaved={again} />}
    </section>
  );
}

interface FieldsProps {
  readonly known: AbsenceAnswer;
  readonly onSaved: () => Promise<void>;
}

function Fields({ known, onSaved }: FieldsProps) {
  const [typed, setTyped] = useState({
    firstDay: known.absence?.firstDay ?? '',
    lastDay: known.absence?.lastDay ?? '',
    deputyId: known.absence?.deputyId ?? '',
  });
  const [wrong, setWrong] = useState(false);
  const [saved, setSaved] = useState(false);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);

  async function save(wanted: Parameters<typeof setAbsence>[0]): Promise<void> {
    setSaved(false);
    const done = await setAbsence(wanted);
    setFailure(done.ok ? null : done.code);
    setSaved(done.ok);
    if (done.ok) await onSaved();
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const wanted = absence.safeParse({ ...typed, deputyId: typed.deputyId || null });
    setWrong(!wanted.success);
    if (wanted.success) await save(wanted.data);
  }
  const day = (name: 'firstDay' | 'lastDay', label: string) => (
    <DateField
      label={label}
      value={typed[name]}
      onChange={(chosen) => setTyped((before) => ({ ...before, [name]: chosen }))}
    />
  );
  return (
    <Form className="question-form" onSubmit={(event) => void submit(event)}>
      {known.allAway && <Notice tone="warn">{questionWords.allAway.body}</Notice>}
      <div className="question-days">
        {day('firstDay', words.from)}
        {day('lastDay', words.to)}
      </div>
      {wrong && (
        <span className="field-error" role="alert">
          {words.wrong}
        </span>
      )}
      <label className="field">
        {words.deputy}
        <select
          value={typed.deputyId}
          onChange={({ target }) => setTyped({ ...typed, deputyId: target.value })}
        >
          <option value="">{words.nobody}</option>
          {known.colleagues.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p className="hint">{words.nobodyNote}</p>
      {saved && <Notice tone="good">{words.saved}</Notice>}
      {failure && (
        <Notice tone="bad" urgent>
          {sentence(clerkFailure(failure))}
        </Notice>
      )}
      <div className="question-buttons">
        <Button type="submit" className="button primary">
          {words.save}
        </Button>
        {known.absence && (
          <Button
            className="button"
            onPress={() => {
              setTyped({ firstDay: '', lastDay: '', deputyId: '' });
              void save(null);
            }}
          >
            {words.cancel}
          </Button>
        )}
      </div>
    </Form>
  );
}

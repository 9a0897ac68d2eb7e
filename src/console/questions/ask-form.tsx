/** A question to a body, for a resident. */
import { type FormEvent, useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { QUESTION_LIMITS, type QuestionsAnswer } from '#shared/protocol/questions.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { Notice } from '../parts/notice.tsx';
import { clerkFailure, questionWords, sentence } from '../words/words.ts';
import { FilePicker } from './file-picker.tsx';
import { type AskDraft, EMPTY_QUESTION, type QuestionDrafts } from './question-drafts.ts';
import { ask } from './questions-api.ts';

interface Props extends Pick<QuestionsAnswer, 'mairies' | 'bodies'> {
  readonly drafts: QuestionDrafts;
  readonly onAsked: (questionId: string) => void;
}

export function AskForm({ mairies, bodies, drafts, onAsked }: Props) {
  const [typed, setTyped] = useState(drafts.ask);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [checked, setChecked] = useState(false);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const words = questionWords.ask;
  const mairie = mairies.find(({ id }) => id === typed.mairieId) ?? mairies[0];
  const body = bodies.find(({ id }) => id === typed.bodyId) ?? bodies[0];
  if (!mairie || !body) return <section className="panel panel-scroll">{words.noBody}</section>;
  const isTooLong = typed.text.trim().length > QUESTION_LIMITS.text;

  function change(change: Partial<AskDraft>): void {
    drafts.ask = { ...typed, ...change };
    setTyped(drafts.ask);
  }
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setChecked(true);
    const { motive, residentName, text, contact } = typed;
    const isMissing = [motive, residentName, text].some((one) => one.trim() === '');
    if (sending || !mairie || !body || isMissing || isTooLong) return;
    setSending(true);
    setFailure(null);
    const question = {
      ...{ bodyId: body.id, mairieId: mairie.id, motive, residentName, text },
      contact: contact.trim() || null,
    };
    const done = await ask(question, files);
    setSending(false);
    if (!done.ok) return setFailure(done.code);
    drafts.ask = EMPTY_QUESTION;
    onAsked(done.value.questionId);
  }
  const field = (name: 'motive' | 'residentName' | 'contact', label: string, most: number, hint?: string) => (
    <div className="field">
      <label htmlFor={`question-${name}`}>{label}</label>
      <input
        id={`question-${name}`}
        className="react-aria-Input"
        dir="auto"
        autoComplete="off"
        maxLength={most}
        placeholder={hint}
        value={typed[name]}
        onChange={({ target }) => change({ [name]: target.value })}
      />
      {name !== 'contact' && checked && typed[name].trim() === '' && <Missing />}
    </div>
  );
  return (
    <section className="panel question-ask" aria-label={questionWords.new}>
      <Form onSubmit={(event) => void send(event)}>
        <div className="panel-scroll question-form">
          <h2>{questionWords.new}</h2>
          <p className="hint">{questionWords.rule}</p>
          {mairies.length > 1 && (
            <Choice
              label={words.mairie}
              of={mairies}
              chosen={mairie.id}
              onChoose={(mairieId) => change({ mairieId })}
            />
          )}
          <Choice label={words.body} of={bodies} chosen={body.id} onChoose={(bodyId) => change({ bodyId })} />
          {field('residentName', words.name, 120)}
          {field('contact', words.contact, 300, words.contactHint)}
          {field('motive', words.motive, 120, words.motiveHint)}
          <div className="field">
            <label htmlFor="question-text">{words.text}</label>
            <span className="hint" id="question-text-hint">
              {words.textHint}
            </span>
            <textarea
              id="question-text"
              className="react-aria-TextArea"
              aria-describedby="question-text-hint"
              dir="auto"
              rows={6}
              value={typed.text}
              onChange={({ target }) => change({ text: target.value })}
            />
            {checked && typed.text.trim() === '' && <Missing />}
            {isTooLong && (
              <span className="field-error" role="alert">
                {questionWords.tooLong(QUESTION_LIMITS.text)}
              </span>
            )}
          </div>
          <FilePicker files={files} onChange={setFiles} />
        </div>
        <div className="panel-foot">
          {failure && (
            <Notice tone="bad" urgent onDismiss={() => setFailure(null)}>
              {sentence(clerkFailure(failure))}
            </Notice>
          )}
          <Button type="submit" className="button primary" isPending={sending}>
            {questionWords.send}
          </Button>
        </div>
      </Form>
    </section>
  );
}

function Missing() {
  return (
    <span className="field-error" role="alert">
      {questionWords.ask.missing}
    </span>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly of: QuestionsAnswer['bodies'];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

function Choice({ label, of, chosen, onChoose }: ChoiceProps) {
  return (
    <label className="field">
      {label}
      <select value={chosen} onChange={({ target }) => onChoose(target.value)}>
        {of.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Another entry of the thread: a body answers, asks back or proposes an appointment; a mairie says more. */
import { type FormEvent, useState } from 'react';
import { Button, Form, Label, Radio, RadioGroup } from 'react-aria-components';
import { type BodyEntry, bodyEntry, QUESTION_LIMITS, type QuestionView } from '#shared/protocol/questions.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { Notice } from '../parts/notice.tsx';
import { clerkFailure, questionWords, sentence } from '../words/words.ts';
import { FilePicker } from './file-picker.tsx';
import type { QuestionDrafts } from './question-drafts.ts';
import type { QuestionSide } from './question-list.tsx';
import { write } from './questions-api.ts';

interface Props {
  readonly question: QuestionView;
  readonly side: QuestionSide;
  readonly drafts: QuestionDrafts;
  readonly onWritten: () => void;
  /** Somebody else wrote meanwhile: it is to be shown. */
  readonly onStale: () => Promise<void>;
}

export function WriteForm({ question, side, drafts, onWritten, onStale }: Props) {
  const { questionId, state, entries } = question;
  const [text, setText] = useState(drafts.entries.get(questionId) ?? '');
  /** How much of the thread there was when this text was begun: what came since may change it. */
  const [begunAt, setBegunAt] = useState(entries.length);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [kind, setKind] = useState<BodyEntry>('answer');
  const [missing, setMissing] = useState(false);
  const [sending, setSending] = useState(false);
  const [changed, setChanged] = useState(false);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const kinds = bodyEntry.options.filter((one) => one !== 'askBack' || state !== 'answered');
  const chosen = kinds.includes(kind) ? kind : 'answer';
  const isTooLong = text.trim().length > QUESTION_LIMITS.text;

  /** @param seen how many entries the writer has read. */
  async function send(seen: number): Promise<void> {
    if (sending) return;
    setMissing(text.trim() === '');
    if (text.trim() === '' || isTooLong) return;
    setSending(true);
    setFailure(null);
    const entry = { kind: side === 'mairie' ? ('reply' as const) : chosen, text, seen };
    const done = await write(questionId, entry, files);
    setSending(false);
    if (done.ok) {
      drafts.entries.delete(questionId);
      setText('');
      setFiles([]);
      return onWritten();
    }
    if (done.code !== 'questionChanged') return setFailure(done.code);
    await onStale();
    setChanged(true);
  }
  const label =
    side === 'body'
      ? questionWords.write
      : state === 'answered'
        ? questionWords.again
        : questionWords.precise;
  const hint = side === 'body' ? questionWords.hints[chosen] : questionWords.preciseHint;
  return (
    <Form
      className="question-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send(begunAt);
      }}
    >
      {side === 'body' && (
        <RadioGroup className="segments" value={chosen} onChange={(value) => setKind(bodyEntry.parse(value))}>
          <Label className="visually-hidden">{questionWords.choose3}</Label>
          <div>
            {kinds.map((one) => (
              <Radio key={one} value={one}>
                {questionWords.kinds[one]}
              </Radio>
            ))}
          </div>
        </RadioGroup>
      )}
      <div className="field">
        <label htmlFor="question-entry">{label}</label>
        <span className="hint" id="question-entry-hint">
          {hint}
        </span>
        <textarea
          id="question-entry"
          className="react-aria-TextArea"
          aria-describedby="question-entry-hint"
          dir="auto"
          rows={5}
          value={text}
          onChange={({ target }) => {
            if (text === '') setBegunAt(entries.length);
            setText(target.value);
            drafts.entries.set(questionId, target.value);
          }}
        />
        {(missing || isTooLong) && (
          <span className="field-error" role="alert">
            {isTooLong ? questionWords.tooLong(QUESTION_LIMITS.text) : questionWords.textMissing}
          </span>
        )}
      </div>
      <FilePicker files={files} onChange={setFiles} />
      {failure && (
        <Notice tone="bad" urgent onDismiss={() => setFailure(null)}>
          {sentence(clerkFailure(failure))}
        </Notice>
      )}
      <Button type="submit" className="button primary" isPending={sending}>
        {questionWords.send}
      </Button>
      <ConfirmDialog
        open={changed}
        title={questionWords.changedTitle}
        confirm={questionWords.changedSend}
        keep={questionWords.changedKeep}
        onConfirm={() => void send(entries.length)}
        onClose={() => setChanged(false)}
      >
        <p className="question-text" dir="auto">
          {entries.at(-1)?.text}
        </p>
        <p>{questionWords.changedNote}</p>
      </ConfirmDialog>
    </Form>
  );
}

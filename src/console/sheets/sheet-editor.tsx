/** A sheet is written in blocks, moved and removed with buttons: nothing to drag, nothing to format. */
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button, Form } from 'react-aria-components';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { DateField } from '../parts/date-field.tsx';
import { Notice } from '../parts/notice.tsx';
import { counsellorFailure, sheetWords } from '../words/words.ts';
import { BlockEditor } from './block-editor.tsx';
import { bodyOfDraft, type DraftProblem, type SheetDraft } from './sheet-draft.ts';
import { changeSheet, writeSheet } from './sheets-api.ts';

interface Props {
  /** Null: a new one. */
  readonly sheetId: string | null;
  /** As it was when this was opened. */
  readonly draft: SheetDraft;
  /** ms since the epoch, by the hub's clock. */
  readonly now: () => number;
  /** Keeps what was written while another page is read. */
  readonly onDraft: (draft: SheetDraft) => void;
  readonly onDone: (sheetId: string) => void;
  readonly onCancel: () => void;
}

export function SheetEditor({ sheetId, draft: first, now, onDraft, onDone, onCancel }: Props) {
  const [draft, setDraft] = useState(first);
  const [problems, setProblems] = useState<readonly DraftProblem[]>([]);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const [sending, setSending] = useState(false);
  const [leaving, setLeaving] = useState(false);

  function change(changed: SheetDraft): void {
    setDraft(changed);
    onDraft(changed);
  }
  async function publish(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending) return;
    const made = bodyOfDraft(draft, new Date(now()).toISOString().slice(0, 10));
    setProblems('problems' in made ? made.problems : []);
    setFailure(null);
    if ('problems' in made) return;
    setSending(true);
    const done =
      sheetId === null || draft.basedOn === null
        ? await writeSheet(made.sheet)
        : await changeSheet(sheetId, made.sheet, draft.basedOn);
    setSending(false);
    if (!done.ok) setFailure(done.code);
    else onDone(done.value.sheetId);
  }

  const field = (name: 'title' | 'summary', input: ReactNode) => (
    <div className="field">
      <label htmlFor={`sheet-${name}`}>{sheetWords.fields[name]}</label>
      {input}
      {problems.includes(name) && (
        <span className="field-error" role="alert">
          {sheetWords.wrong[name]}
        </span>
      )}
    </div>
  );
  const text = (name: 'title' | 'summary') => ({
    id: `sheet-${name}`,
    className: 'react-aria-Input',
    value: draft[name],
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      change({ ...draft, [name]: target.value }),
  });
  const title = sheetId === null ? sheetWords.writing : sheetWords.changing;
  return (
    <section className="panel sheet-editor" aria-label={title}>
      <Form onSubmit={(event) => void publish(event)} validationBehavior="aria">
        <div className="panel-scroll">
          <h2>{title}</h2>
          {field('title', <input {...text('title')} maxLength={200} />)}
          {field(
            'summary',
            <input {...text('summary')} maxLength={500} placeholder={sheetWords.fields.summaryHint} />,
          )}
          <DateField
            label={sheetWords.fields.reviewOn}
            value={draft.reviewOn}
            onChange={(reviewOn) => change({ ...draft, reviewOn })}
            error={problems.includes('reviewOn') ? sheetWords.wrong.reviewOn : undefined}
          />
          <h3>{sheetWords.blocks}</h3>
          {problems.includes('content') && (
            <span className="field-error" role="alert">
              {sheetWords.wrong.content}
            </span>
          )}
          {draft.blocks.map((block, at) => (
            <BlockEditor
              key={block.id}
              draft={draft}
              block={block}
              rank={at + 1}
              wrong={problems.some((one) => typeof one === 'object' && one.blockId === block.id)}
              onChange={change}
            />
          ))}
        </div>
        <div className="panel-foot">
          {failure && (
            <Notice tone="bad" urgent>
              <strong>{counsellorFailure(failure).what}.</strong> {counsellorFailure(failure).todo}
            </Notice>
          )}
          <div className="sheet-buttons">
            <Button type="submit" className="button primary" isPending={sending}>
              {sheetWords.publish}
            </Button>
            <Button
              className="button quiet"
              onPress={() => (draft === first ? onCancel() : setLeaving(true))}
            >
              {sheetWords.cancel}
            </Button>
          </div>
        </div>
      </Form>
      <ConfirmDialog
        open={leaving}
        title={sheetWords.cancelTitle}
        confirm={sheetWords.cancel}
        keep={sheetWords.cancelKeep}
        onConfirm={onCancel}
        onClose={() => setLeaving(false)}
      >
        {null}
      </ConfirmDialog>
    </section>
  );
}

/** Within a visit: a sheet is found, read through, and shown on the resident's desk in very large type. */
import { useState } from 'react';
import { Button, Heading, Input, Label, SearchField } from 'react-aria-components';
import type { FailureCode } from '#shared/failure.ts';
import type { SheetLine, SheetView } from '#shared/protocol/sheets.ts';
import type { AddFinished } from '../counsellor/use-finished-documents.ts';
import type { FormWorkshop } from '../forms/form-workshop.ts';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { ModalDialog } from '../parts/modal-dialog.tsx';
import { Notice } from '../parts/notice.tsx';
import { sheetWords } from '../words/words.ts';
import { residentSheetOf } from './resident-sheet.ts';
import { SheetBlocks } from './sheet-blocks.tsx';
import { fetchSheet, fetchSheets, searchSheets } from './sheets-api.ts';
import { useAnswer } from './use-answer.ts';

/** ms without a key before the hub is asked. */
const TYPING = 150;
/** Characters of a document's name. */
const LONGEST_NAME = 80;

interface Props {
  readonly workshop: Pick<FormWorkshop, 'sheet'>;
  readonly addFinished: AddFinished;
}

export function SheetPicker({ workshop, addFinished }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button className="button small" aria-label={sheetWords.showLong} onPress={() => setOpen(true)}>
        {sheetWords.page}
      </Button>
      <ModalDialog open={isOpen} onClose={() => setOpen(false)} className="sheet-picker">
        <Heading slot="title">{sheetWords.showTitle}</Heading>
        <Picker workshop={workshop} addFinished={addFinished} onDone={() => setOpen(false)} />
      </ModalDialog>
    </>
  );
}

const listSheets = () => fetchSheets('own');

function Picker({ workshop, addFinished, onDone }: Props & { readonly onDone: () => void }) {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const words = typed.trim();
  const found = useAnswer(words === '' ? null : words, searchSheets, TYPING);
  const own = useAnswer(words === '' ? 'own' : null, listSheets);
  const { answer: list, isCurrent } = words === '' ? own : found;
  const read = useAnswer(chosen, fetchSheet).answer;
  const [making, setMaking] = useState(false);
  const [failure, setFailure] = useState<FailureCode | 'unwritten' | null>(null);

  async function make(sheet: SheetView, then: 'show' | 'showAndPrint'): Promise<void> {
    if (making) return;
    setMaking(true);
    setFailure(null);
    const made = await workshop.sheet(residentSheetOf(sheet, sheetWords), new Date(sheet.writtenAt));
    setMaking(false);
    if (!made.ok) return setFailure(made.failure.code);
    if (made.value.unwritten.length > 0) return setFailure('unwritten');
    await addFinished(`${sheet.title.slice(0, LONGEST_NAME)}.pdf`, made.value.bytes, then);
    onDone();
  }

  const wrong = [list, read].find((answer) => answer !== null && !answer.ok);
  return (
    <>
      <SearchField autoFocus value={typed} onChange={setTyped} maxLength={200}>
        <Label>{sheetWords.search}</Label>
        <Input placeholder={sheetWords.searchHint} autoComplete="off" />
      </SearchField>
      {wrong && !wrong.ok && <FailureNotice code={wrong.code} />}
      {failure === 'unwritten' && (
        <Notice tone="bad" urgent>
          {sheetWords.unwritten}
        </Notice>
      )}
      {failure !== 'unwritten' && <FailureNotice code={failure} />}
      <div className="sheet-picker-parts">
        <div className="sheet-picker-list">
          <p role="status" className="sheet-count">
            {list?.ok && isCurrent && words !== '' ? sheetWords.found(list.value.sheets.length) : ''}
          </p>
          {list?.ok && words === '' && list.value.sheets.length === 0 && (
            <p className="hint">{sheetWords.noOwn}</p>
          )}
          {list?.ok && <Choices sheets={list.value.sheets} chosen={chosen} onChoose={setChosen} />}
        </div>
        <div className="sheet-picker-text" aria-live="polite">
          {read?.ok ? <Read sheet={read.value} /> : <p className="muted">{sheetWords.choose}</p>}
        </div>
      </div>
      <div className="dialog-buttons">
        <Button className="button" onPress={onDone}>
          {sheetWords.close}
        </Button>
        <Button
          className="button"
          isDisabled={!read?.ok || making}
          onPress={() => read?.ok && void make(read.value, 'showAndPrint')}
        >
          {sheetWords.showAndPrint}
        </Button>
        <Button
          className="button primary"
          isDisabled={!read?.ok}
          isPending={making}
          onPress={() => read?.ok && void make(read.value, 'show')}
        >
          {sheetWords.show}
        </Button>
      </div>
    </>
  );
}

interface ChoicesProps {
  readonly sheets: readonly SheetLine[];
  readonly chosen: string | null;
  readonly onChoose: (sheetId: string) => void;
}

function Choices({ sheets, chosen, onChoose }: ChoicesProps) {
  return (
    <ul>
      {sheets.map(({ sheetId, title, body, toReview }) => (
        <li key={sheetId}>
          <Button className="sheet-line" aria-pressed={sheetId === chosen} onPress={() => onChoose(sheetId)}>
            <strong>{title}</strong>
            <span className="hint">
              {body ?? sheetWords.servicePublic}
              {toReview && <span className="sheet-mark">{sheetWords.toReview}</span>}
            </span>
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Read({ sheet }: { readonly sheet: SheetView }) {
  const { title, summary, content, reviewOn, toReview, own } = sheet;
  const review = toReview && reviewOn ? sheetWords.day(reviewOn) : null;
  return (
    <article className="sheet">
      <h3>{title}</h3>
      <p className="sheet-lead">{summary}</p>
      {review && (
        <Notice tone="warn">{own ? sheetWords.reviewOwn(review) : sheetWords.reviewNotice(review)}</Notice>
      )}
      <SheetBlocks content={content} />
    </article>
  );
}

/** Writing a letter or a CV on the sheet itself; it becomes a PDF when it is shown, printed or saved. */
import { useState } from 'react';
import { Button, Label, Radio, RadioGroup } from 'react-aria-components';
import type { FailureCode } from '#shared/failure.ts';
import type { FillDrafts } from '../fill-drafts.ts';
import type { Unwritten } from '../forms/write-fields.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { Notice } from '../parts/notice.tsx';
import { counsellorFailure, formWords, letterWords, sentence } from '../words/words.ts';
import { firstLetter } from './first-letter.ts';
import type { Letter } from './letter.ts';
import { LetterSheet } from './letter-sheet.tsx';

type Then = 'show' | 'print' | 'save';

interface Props {
  readonly letter: Letter;
  readonly drafts: FillDrafts;
  readonly onFinished: (name: string, bytes: Uint8Array<ArrayBuffer>, then: Then) => void;
}

export function LetterPanel({ letter, drafts, onFinished }: Props) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureCode | null>(null);
  const [unwritten, setUnwritten] = useState<readonly Unwritten[]>([]);
  const [asking, setAsking] = useState(false);
  const name = letterWords.fileName[letter.kind];

  async function finish(then: Then): Promise<void> {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    const subject = letterWords.subjectLine;
    const made = await drafts.finishLetter(letter, { title: name, subject, date: new Date() });
    setBusy(false);
    if (!made.ok) {
      setFailure(made.failure.code);
      return;
    }
    setUnwritten(made.value.unwritten);
    if (made.value.unwritten.length > 0) return;
    onFinished(`${name}.pdf`, made.value.bytes, then);
    drafts.leave();
  }

  return (
    <section className="fill panel" aria-labelledby="letter-title">
      <div className="panel-head">
        <h2 id="letter-title">{letterWords.title}</h2>
        <RadioGroup
          className="segments letter-kind"
          value={letter.kind}
          onChange={(kind) => drafts.changeLetter({ ...letter, kind: kind === 'cv' ? 'cv' : 'letter' })}
        >
          <Label className="visually-hidden">{letterWords.kind}</Label>
          <div>
            <Radio value="letter">{letterWords.kinds.letter}</Radio>
            <Radio value="cv">{letterWords.kinds.cv}</Radio>
          </div>
        </RadioGroup>
        <Button className="button small" onPress={drafts.leave}>
          {formWords.leave}
        </Button>
      </div>
      <LetterSheet letter={letter} unwritten={unwritten} onChange={drafts.changeLetter} />
      <div className="panel-foot fill-foot">
        {failure && (
          <Notice tone="bad" urgent onDismiss={() => setFailure(null)}>
            <strong>{formWords.failed}.</strong> {sentence(counsellorFailure(failure))}
          </Notice>
        )}
        {unwritten.length > 0 && (
          <Notice tone="bad" urgent>
            {formWords.notWritten(unwritten.length)}
          </Notice>
        )}
        <p role="status" className="fill-status">
          {busy && formWords.preparing}
        </p>
        <div className="fill-actions">
          <Button className="button danger-quiet" onPress={() => setAsking(true)}>
            {letterWords.fresh}
          </Button>
          <Button className="button" isDisabled={busy} onPress={() => void finish('show')}>
            {letterWords.show}
          </Button>
          <Button className="button primary" isDisabled={busy} onPress={() => void finish('print')}>
            {letterWords.print}
          </Button>
          <Button className="button" isDisabled={busy} onPress={() => void finish('save')}>
            {letterWords.save}
          </Button>
        </div>
      </div>
      <ConfirmDialog
        open={asking}
        title={letterWords.freshTitle}
        confirm={letterWords.freshConfirm}
        keep={letterWords.freshKeep}
        onConfirm={() => drafts.changeLetter(firstLetter(letter.kind))}
        onClose={() => setAsking(false)}
      >
        <p>{letterWords.freshNote}</p>
      </ConfirmDialog>
    </section>
  );
}

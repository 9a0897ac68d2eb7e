/** What will stand on the resident's receipt, line by line, before it is made. */
import { Button, Checkbox, Heading, Input, Label, TextField } from 'react-aria-components';
import { ModalDialog } from '../parts/modal-dialog.tsx';
import { Notice } from '../parts/notice.tsx';
import { counsellorFailure, formWords, receiptWords, sentence } from '../words/words.ts';
import type { ReceiptLine } from './receipt-lines.ts';
import { shortDigest } from './short-digest.ts';
import type { VisitReceipt } from './use-receipt.ts';

const SECTIONS = ['signed', 'scanned', 'kept', 'printed'] as const;
/** Characters: four lines on the page. */
const MOST_WRITTEN = 180;

export function ReceiptDialog({ receipt }: { readonly receipt: VisitReceipt }) {
  const { lines, notes, change, busy, failure, unwritten } = receipt;
  const papers = lines.filter(({ section }) => section !== 'head');

  return (
    <ModalDialog open={receipt.isOpen} onClose={receipt.close} className="receipt">
      <Heading slot="title">{receiptWords.title}</Heading>
      <p className="muted">{receiptWords.note}</p>
      <div className="receipt-lines">
        <Lines lines={lines.filter(({ section }) => section === 'head')} receipt={receipt} />
        {papers.length === 0 && <p className="muted">{receiptWords.nothing}</p>}
        {SECTIONS.map((section) => {
          const own = papers.filter((line) => line.section === section);
          if (own.length === 0) return null;
          return (
            <section key={section}>
              <h3>{receiptWords.page.sections[section]}</h3>
              <Lines lines={own} receipt={receipt} />
            </section>
          );
        })}
      </div>
      <Written
        label={receiptWords.filedInput}
        hint={receiptWords.filedHint}
        value={notes.filed}
        isWrong={unwritten.has('filed')}
        onChange={(filed) => change({ filed })}
      />
      <Written
        label={receiptWords.followInput}
        hint={receiptWords.followHint}
        value={notes.follow}
        isWrong={unwritten.has('follow')}
        onChange={(follow) => change({ follow })}
      />
      {failure && (
        <Notice tone="bad" urgent>
          <strong>{formWords.failed}.</strong> {sentence(counsellorFailure(failure))}
        </Notice>
      )}
      {unwritten.size > 0 && (
        <Notice tone="bad" urgent>
          {formWords.notWritten(unwritten.size)}
        </Notice>
      )}
      <div className="dialog-buttons">
        <Button className="button" onPress={receipt.close}>
          {receiptWords.close}
        </Button>
        <Button className="button" isDisabled={busy} onPress={() => void receipt.make('show')}>
          {receiptWords.show}
        </Button>
        <Button className="button primary" isPending={busy} onPress={() => void receipt.make('showAndPrint')}>
          {receiptWords.print}
        </Button>
      </div>
    </ModalDialog>
  );
}

interface LinesProps {
  readonly lines: readonly ReceiptLine[];
  readonly receipt: VisitReceipt;
}

function Lines({ lines, receipt }: LinesProps) {
  const { left } = receipt.notes;
  return lines.map(({ id, text, digest }) => (
    <Checkbox
      key={id}
      className="receipt-line"
      isSelected={!left.has(id)}
      onChange={(isOn) => {
        const next = new Set(left);
        if (isOn) next.delete(id);
        else next.add(id);
        receipt.change({ left: next });
      }}
    >
      <span className="receipt-tick" aria-hidden="true" />
      <span>
        <span className="file-name">{text}</span>
        {digest && <span className="muted receipt-digest">{shortDigest(digest)}</span>}
        {receipt.unwritten.has(id) && <span className="receipt-wrong">{formWords.unwritten.letters}</span>}
      </span>
    </Checkbox>
  ));
}

interface WrittenProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly isWrong: boolean;
  readonly onChange: (value: string) => void;
}

function Written({ label, hint, value, isWrong, onChange }: WrittenProps) {
  return (
    <TextField
      className="receipt-written"
      value={value}
      maxLength={MOST_WRITTEN}
      isInvalid={isWrong}
      onChange={onChange}
    >
      <Label>{label}</Label>
      <Input placeholder={hint} />
      {isWrong && <p className="receipt-wrong">{formWords.unwritten.letters}</p>}
    </TextField>
  );
}

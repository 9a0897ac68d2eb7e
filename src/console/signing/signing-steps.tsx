/** One form on its way through printer, pen and scanner: what is done, what comes next, and a way past each step. */
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components';
import { isOpen, ordersOf } from '../counsellor/order-reading.ts';
import type { VisitOrders } from '../counsellor/use-visit-orders.ts';
import { Notice } from '../parts/notice.tsx';
import { type Tone, ToneMark } from '../parts/tone.tsx';
import { shortDigest } from '../receipt/short-digest.ts';
import { signingWords } from '../words/words.ts';
import { groupedNumber } from './sheet-code.ts';
import { isComplete, isSigned, type Sheet, type Signing } from './signings.ts';
import type { VisitSigning } from './use-signing.ts';

interface Props {
  readonly signing: Signing;
  readonly visit: VisitSigning;
  readonly orders: VisitOrders;
}

export function SigningSteps({ signing, visit, orders }: Props) {
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState(false);
  const { documentId, number, spots, sheets, saved } = signing;
  const print = ordersOf(orders.orders, 'print').findLast(({ request }) => request.documentId === documentId);
  const isPrinted = print?.status.status === 'done' && print.status.outcome.kind === 'printed';
  const isPrinting = orders.isOnItsWay(`print:${documentId}`) || (print !== undefined && isOpen(print));
  const complete = isComplete(signing);
  const someBack = sheets.some(({ original }) => original !== null);

  async function save(): Promise<void> {
    setSaving(true);
    setFailed(!(await visit.save(signing)));
    setSaving(false);
  }

  return (
    <section className="signing" aria-label={signingWords.steps}>
      <h4>
        {signingWords.title} <span className="muted">({signingWords.code(groupedNumber(number))})</span>
      </h4>
      <ol>
        <Step tone={isPrinted ? 'good' : isPrinting ? 'busy' : 'off'}>
          <span>
            {isPrinted ? signingWords.printed : isPrinting ? signingWords.printing : signingWords.notPrinted}
          </span>
          {!isPrinting && !saved && (
            <Button className="button small" onPress={() => visit.printAgain(signing)}>
              {signingWords.printAgain}
            </Button>
          )}
        </Step>
        <Step tone={isSigned(signing) ? 'good' : 'off'}>
          <span>{signingWords.sign([...new Set(spots.map(({ page }) => page))])}</span>
          {!saved &&
            spots.map((spot) => (
              <Button
                key={`${spot.page} ${spot.place.x} ${spot.place.y}`}
                className="button small"
                onPress={() => visit.showWhere(signing, spot)}
              >
                {signingWords.showWhere(spot.page)}
              </Button>
            ))}
        </Step>
        <Step tone={complete ? 'good' : 'off'}>
          {complete ? (
            <span>{signingWords.scan}</span>
          ) : (
            <Button
              className={isPrinted ? 'button primary small' : 'button small'}
              isDisabled={visit.isScanning}
              onPress={visit.scan}
            >
              {signingWords.scan}
            </Button>
          )}
          <ul aria-live="polite" aria-label={signingWords.scan}>
            {sheets.map((sheet) => (
              <SheetLine key={sheet.page} sheet={sheet} onAccept={() => visit.accept(signing, sheet.page)} />
            ))}
          </ul>
        </Step>
      </ol>
      {visit.isStranger && !complete && (
        <Notice tone="warn" urgent>
          {signingWords.stranger}
        </Notice>
      )}
      {failed && (
        <Notice tone="bad" urgent onDismiss={() => setFailed(false)}>
          {signingWords.saveFailed}
        </Notice>
      )}
      {saved && (
        <p role="status" className="with-mark">
          <ToneMark tone="good" />
          <span>
            {signingWords.saved(saved.name)}
            <br />
            <span className="muted">{signingWords.digest(shortDigest(saved.digest))}</span>
          </span>
        </p>
      )}
      <div className="card-actions">
        {complete && someBack && (
          <Button
            className={saved ? 'button' : 'button primary'}
            isPending={saving}
            onPress={() => void save()}
          >
            {saving ? signingWords.saving : signingWords.save}
          </Button>
        )}
        {!saved && (
          <Button className="button small danger-quiet" onPress={() => visit.stop(signing)}>
            {signingWords.stop}
          </Button>
        )}
      </div>
    </section>
  );
}

function Step({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <li>
      <ToneMark tone={tone} />
      <div>{children}</div>
    </li>
  );
}

interface SheetProps {
  readonly sheet: Sheet;
  readonly onAccept: () => void;
}

function SheetLine({ sheet, onAccept }: SheetProps) {
  const { page, original, verdict, isAccepted } = sheet;
  const isGood = verdict === 'signed' || verdict === 'back';
  const isBack = original !== null;
  return (
    <li className={isBack && verdict !== null && !isGood && !isAccepted ? 'signing-wrong' : ''}>
      <span>
        {signingWords.page(page)}
        {stateWords(sheet)}
      </span>
      {!isAccepted && !isGood && (!isBack || verdict !== null) && (
        <Button
          className="button small"
          aria-label={isBack ? signingWords.acceptNamed(page) : signingWords.skipNamed(page)}
          onPress={onAccept}
        >
          {isBack ? signingWords.accept : signingWords.skip}
        </Button>
      )}
    </li>
  );
}

function stateWords({ original, verdict, isAccepted }: Sheet): string {
  if (isAccepted) return original === null ? signingWords.skipped : signingWords.accepted;
  if (original === null) return signingWords.awaited;
  return verdict === null ? signingWords.looking : signingWords.verdict[verdict];
}

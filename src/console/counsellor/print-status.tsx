/** Where a print job stands, in words that follow the paper. */
import { Button } from 'react-aria-components';
import { assertNever } from '#shared/assert-never.ts';
import type { OrderProgress } from '#shared/protocol/orders.ts';
import { Meter } from '../parts/meter.tsx';
import { ToneMark } from '../parts/tone.tsx';
import { counsellorFailure, sentence, words } from '../words/words.ts';
import { isOpen, type OrderOf } from './order-reading.ts';
import type { VisitOrders } from './use-visit-orders.ts';

interface Props {
  readonly order: OrderOf<'print'>;
  readonly orders: VisitOrders;
  /** What to say in place of the failure's own sentence. */
  readonly why: string | null;
  /** The same print once more, because somebody pressed; null where it cannot help (yet). */
  readonly onRepeat: (() => void) | null;
}

export function PrintStatus({ order, orders, why, onRepeat }: Props) {
  const { status, orderId } = order;
  const cancelKey = `cancel:${orderId}`;
  return (
    <div className="job" role="status">
      {statusLine(order)}
      {isOpen(order) && (
        <Button
          className="button small"
          isDisabled={orders.isOnItsWay(cancelKey)}
          onPress={() => orders.place(cancelKey, { kind: 'cancel', orderId })}
        >
          {words.print.cancel}
        </Button>
      )}
      {status.status === 'failed' && status.code !== 'cancelled' && (
        <p className="with-mark">
          <ToneMark tone="bad" />
          <span>
            <strong>{words.print.failed}.</strong> {why ?? sentence(counsellorFailure(status.code))}
          </span>
        </p>
      )}
      {status.status === 'failed' && onRepeat && (
        <Button className="button small" onPress={onRepeat}>
          {words.print.again}
        </Button>
      )}
    </div>
  );
}

function statusLine({ status }: OrderOf<'print'>) {
  switch (status.status) {
    case 'sent':
    case 'acknowledged':
      return <Meter label={words.print.sent} percent={null} />;
    case 'underWay':
      return status.progress.kind === 'printing' ? <Printing progress={status.progress} /> : null;
    case 'done':
      return (
        <p className="with-mark">
          <ToneMark tone={status.outcome.kind === 'printed' ? 'good' : 'off'} />
          {status.outcome.kind === 'printed' ? printedLine(status.outcome) : words.print.cancelled}
        </p>
      );
    case 'failed':
      return status.code === 'cancelled' ? (
        <p className="with-mark">
          <ToneMark tone="off" />
          {words.print.cancelled}
        </p>
      ) : null;
    default:
      return assertNever(status);
  }
}

function printedLine({
  pages,
  reducedTo,
}: {
  readonly pages: number;
  readonly reducedTo?: number | undefined;
}) {
  const { done, reduced } = words.print;
  return reducedTo === undefined ? done(pages) : `${done(pages)} ${reduced(reducedTo)}`;
}

function Printing({ progress }: { readonly progress: Extract<OrderProgress, { kind: 'printing' }> }) {
  const { state, printed, pages, reasons } = progress;
  const percent = Math.floor((printed / pages) * 100);
  const page = Math.min(printed + 1, pages);
  switch (state) {
    case 'sending':
      return <Meter label={words.print.sending} percent={null} />;
    case 'accepted':
      return <Meter label={words.print.accepted} percent={null} />;
    case 'printing':
      return <Meter label={words.print.printing(page, pages)} percent={percent} />;
    case 'held':
      return (
        <>
          <Meter label={words.print.held(page, pages)} percent={percent} />
          {reasons.map((code) => (
            <p key={code} className="with-mark held">
              <ToneMark tone="warn" />
              <strong>{sentence(counsellorFailure(code))}</strong>
            </p>
          ))}
        </>
      );
    default:
      return assertNever(state);
  }
}

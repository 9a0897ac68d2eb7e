/** One scan: how far it is, or how it ended. */
import { Button } from 'react-aria-components';
import { Meter } from '../parts/meter.tsx';
import { ToneMark } from '../parts/tone.tsx';
import { counsellorFailure, sentence, words } from '../words/words.ts';
import { isOpen, type OrderOf } from './order-reading.ts';
import type { VisitOrders } from './use-visit-orders.ts';

interface Props {
  readonly order: OrderOf<'scan'>;
  readonly orders: VisitOrders;
}

export function ScanStatus({ order, orders }: Props) {
  const { status } = order;
  if (isOpen(order)) return <UnderWay order={order} orders={orders} />;
  if (status.status === 'done') {
    const { outcome } = status;
    return (
      <p className="with-mark">
        <ToneMark tone={outcome.kind === 'scanned' ? 'good' : 'off'} />
        {outcome.kind === 'scanned' ? words.scan.done(outcome.pages.length) : words.scan.cancelled}
      </p>
    );
  }
  if (status.status !== 'failed') return null;
  const kept = status.pages?.length ?? 0;
  return (
    <p className="with-mark">
      <ToneMark tone={status.code === 'cancelled' ? 'off' : 'bad'} />
      <span>
        {status.code === 'cancelled' ? (
          words.scan.cancelled
        ) : (
          <>
            <strong>{words.scan.failed}.</strong> {sentence(counsellorFailure(status.code))}
          </>
        )}{' '}
        {kept > 0 && words.scan.keptPages(kept)}
      </span>
    </p>
  );
}

function UnderWay({ order: { status, orderId }, orders }: Props) {
  const cancelKey = `cancel:${orderId}`;
  const progress =
    status.status === 'underWay' && status.progress.kind === 'scanning' ? status.progress : null;
  return (
    <div className="job">
      {!progress ? (
        <Meter label={words.scan.sent} percent={null} />
      ) : progress.waking ? (
        <Meter label={words.scan.waking} percent={null} />
      ) : progress.source === 'auto' ? (
        <Meter label={words.scan.looking} percent={null} />
      ) : (
        <Meter
          label={`${words.scan.scanning(progress.page, Math.floor(progress.percent))}, ${words.scan.from[progress.source]}`}
          percent={progress.percent}
        />
      )}
      <Button
        className="button small"
        isDisabled={orders.isOnItsWay(cancelKey)}
        onPress={() => orders.place(cancelKey, { kind: 'cancel', orderId })}
      >
        {words.scan.cancel}
      </Button>
    </div>
  );
}

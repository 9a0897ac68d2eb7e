/** Where a document stands on its way to the terminal. */
import { Button } from 'react-aria-components';
import { assertNever } from '#shared/assert-never.ts';
import { describeFailure } from '#shared/failure.ts';
import { Meter } from '../parts/meter.tsx';
import { ToneMark } from '../parts/tone.tsx';
import { counsellorFailure, sentence, words } from '../words/words.ts';
import type { TakeState } from './order-reading.ts';
import type { Card } from './tray.tsx';
import type { VisitOrders } from './use-visit-orders.ts';

interface Props {
  readonly card: Card;
  readonly state: TakeState;
  readonly orders: VisitOrders;
  /** Sends it (again). */
  readonly onSend: () => void;
}

export function TakeLine({ card: { documentId, held }, state, orders, onSend }: Props) {
  const key = `take:${documentId}`;
  const again = held && (
    <Button className="button small" onPress={onSend}>
      {words.tray.tryAgain}
    </Button>
  );
  switch (state.kind) {
    case 'preparing':
      return <p className="muted">{words.tray.preparing}</p>;
    case 'sending':
      return <Meter label={words.tray.sending(state.percent)} percent={state.percent} />;
    case 'checking':
      return <Meter label={words.tray.checking} percent={null} />;
    case 'taken':
      return (
        <p className="muted card-state">
          {words.tray.ready(state.pages)}
          {state.fitted.length > 0 && <span className="card-fitted">{words.tray.fitted(state.fitted)}</span>}
        </p>
      );
    case 'lost':
      if (held && !orders.refusals.has(key)) return <Meter label={words.tray.sendingAgain} percent={null} />;
      return (
        <div className="card-refused" role="alert">
          <p className="with-mark">
            <ToneMark tone="bad" />
            <strong>{words.tray.lost}</strong>
          </p>
          {again}
        </div>
      );
    case 'refused':
      return (
        <div className="card-refused" role="alert">
          <p className="with-mark">
            <ToneMark tone="bad" />
            <span>
              <strong>{words.tray.refusedTitle}.</strong> {sentence(counsellorFailure(state.code))}
            </span>
          </p>
          {describeFailure(state.code).retryable && again}
        </div>
      );
    default:
      return assertNever(state);
  }
}

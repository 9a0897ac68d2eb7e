/** One document of the tray: where it stands, showing it, printing it. */
import { useState } from 'react';
import { Button, Group, Input, NumberField } from 'react-aria-components';
import { describeFailure } from '#shared/failure.ts';
import type { DeviceReport } from '#shared/protocol.ts';
import { Meter } from '../parts/meter.tsx';
import { Notice } from '../parts/notice.tsx';
import { ToneMark } from '../parts/tone.tsx';
import { counsellorFailure, sentence, words } from '../words/words.ts';
import { isOpen, ordersOf, shownPage, type TakeState, takeStateOf } from './order-reading.ts';
import { PrintStatus } from './print-status.tsx';
import type { Card } from './tray.tsx';
import type { VisitOrders } from './use-visit-orders.ts';

interface Props {
  readonly card: Card;
  readonly orders: VisitOrders;
  readonly printer: DeviceReport | undefined;
  readonly onRemove: () => void;
}

export function DocumentCard({ card, orders, printer, onRemove }: Props) {
  const { documentId, name } = card;
  const taken = takeStateOf(orders.orders, documentId);
  const shown = shownPage(orders.orders);
  const here = shown?.documentId === documentId ? shown : null;
  const refusal = [`take:${documentId}`, `print:${documentId}`, 'show'].find(
    (key) => orders.refusals.has(key) && (key !== 'show' || here),
  );

  return (
    <li className={here ? 'card shown' : 'card'}>
      <div className="card-head">
        <h3 className="file-name" title={name}>
          {name}
        </h3>
        {!here && (
          <Button className="button icon" aria-label={words.tray.remove(name)} onPress={onRemove}>
            <span aria-hidden="true">×</span>
          </Button>
        )}
      </div>
      <TakeLine card={card} state={taken} orders={orders} />
      {refusal && <Refusal orders={orders} name={refusal} />}
      {taken.kind === 'taken' && (
        <DocumentActions card={card} pages={taken.pages} orders={orders} printer={printer} />
      )}
    </li>
  );
}

function Refusal({ orders, name }: { readonly orders: VisitOrders; readonly name: string }) {
  const code = orders.refusals.get(name);
  if (!code) return null;
  return (
    <Notice tone="bad" urgent onDismiss={() => orders.dismiss(name)}>
      {sentence(counsellorFailure(code))}
    </Notice>
  );
}

function TakeLine({ card, state, orders }: { card: Card; state: TakeState; orders: VisitOrders }) {
  const { held, documentId } = card;
  const again = () => {
    if (!held) return;
    const { size, sha256 } = held;
    orders.place(`take:${documentId}`, { kind: 'take', documentId, size, sha256 });
  };
  switch (state.kind) {
    case 'preparing':
      return <p className="muted">{words.tray.preparing}</p>;
    case 'sending':
      return <Meter label={words.tray.sending(state.percent)} percent={state.percent} />;
    case 'checking':
      return <Meter label={words.tray.checking} percent={null} />;
    case 'taken':
      return <p className="muted card-state">{words.tray.ready(state.pages)}</p>;
    case 'refused':
      return (
        <div className="card-refused" role="alert">
          <p className="with-mark">
            <ToneMark tone="bad" />
            <span>
              <strong>{words.tray.refusedTitle}.</strong> {sentence(counsellorFailure(state.code))}
            </span>
          </p>
          {held && describeFailure(state.code).retryable && (
            <Button className="button small" onPress={again}>
              {words.tray.tryAgain}
            </Button>
          )}
        </div>
      );
  }
}

interface ActionsProps {
  readonly card: Card;
  readonly pages: number;
  readonly orders: VisitOrders;
  readonly printer: DeviceReport | undefined;
}

function DocumentActions({ card: { documentId, name }, pages, orders, printer }: ActionsProps) {
  const [copies, setCopies] = useState(1);
  const shown = shownPage(orders.orders);
  const here = shown?.documentId === documentId ? shown : null;
  const show = (page: number) => orders.place('show', { kind: 'show', documentId, page });
  const key = `print:${documentId}`;
  const last = ordersOf(orders.orders, 'print').findLast((order) => order.request.documentId === documentId);
  const busy = orders.isOnItsWay(key) || (last !== undefined && isOpen(last));
  return (
    <>
      {here && (
        <ShownLine page={here.page} pending={here.pending} pages={pages} show={show} orders={orders} />
      )}
      <div className="card-actions">
        {!here && (
          <Button
            className="button"
            aria-label={words.tray.showNamed(name)}
            isDisabled={orders.isOnItsWay('show')}
            onPress={() => show(1)}
          >
            {words.tray.show}
          </Button>
        )}
        <Button
          className="button primary"
          aria-label={words.tray.printNamed(name)}
          isDisabled={busy || printer?.state === 'none'}
          onPress={() => orders.place(key, { kind: 'print', documentId, copies })}
        >
          {words.tray.print}
        </Button>
        <NumberField
          className="copies"
          aria-label={words.tray.copies}
          minValue={1}
          maxValue={20}
          value={copies}
          onChange={setCopies}
        >
          <Group>
            <Button slot="decrement" aria-label={words.tray.fewer}>
              <span aria-hidden="true">−</span>
            </Button>
            <Input />
            <Button slot="increment" aria-label={words.tray.more}>
              <span aria-hidden="true">+</span>
            </Button>
          </Group>
        </NumberField>
      </div>
      {orders.isOnItsWay(key) ? (
        <Meter label={words.print.sent} percent={null} />
      ) : (
        last && <PrintStatus order={last} orders={orders} />
      )}
    </>
  );
}

interface ShownProps {
  readonly page: number;
  readonly pending: boolean;
  readonly pages: number;
  readonly show: (page: number) => void;
  readonly orders: VisitOrders;
}

function ShownLine({ page, pending, pages, show, orders }: ShownProps) {
  return (
    <div className="show-controls">
      <p role="status" className="with-mark">
        <ToneMark tone={pending ? 'busy' : 'good'} />
        {words.tray.showingPage(page, pages)}
      </p>
      <div className="show-buttons">
        <Button
          className="button icon"
          aria-label={words.tray.previous}
          isDisabled={page <= 1 || orders.isOnItsWay('show')}
          onPress={() => show(page - 1)}
        >
          <span aria-hidden="true">‹</span>
        </Button>
        <Button
          className="button icon"
          aria-label={words.tray.next}
          isDisabled={page >= pages || orders.isOnItsWay('show')}
          onPress={() => show(page + 1)}
        >
          <span aria-hidden="true">›</span>
        </Button>
        <Button
          className="button small"
          isDisabled={orders.isOnItsWay('clearDesk')}
          onPress={() => orders.place('clearDesk', { kind: 'clearDesk' })}
        >
          {words.tray.clearDesk}
        </Button>
      </div>
    </div>
  );
}

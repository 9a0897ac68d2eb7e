/** One document of the tray: where it stands, showing it, printing it. */
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components';
import { describeFailure } from '#shared/failure.ts';
import type { PagePictures } from '../page-pictures.ts';
import { Meter } from '../parts/meter.tsx';
import { Notice } from '../parts/notice.tsx';
import { ToneMark } from '../parts/tone.tsx';
import { counsellorFailure, formWords, sentence, words } from '../words/words.ts';
import { DeskTrouble } from './desk-trouble.tsx';
import { DocumentPreview } from './document-preview.tsx';
import { goneButHeld } from './gone-but-held.ts';
import { isOpen, type OrderOf, ordersOf, shownPage, type TakeState, takeStateOf } from './order-reading.ts';
import { PrintChoice, type PrintChosen, type PrinterView, printRequest } from './print-choice.tsx';
import { PrintStatus } from './print-status.tsx';
import { TakeLine } from './take-line.tsx';
import type { Card } from './tray.tsx';
import type { VisitOrders } from './use-visit-orders.ts';

export interface CardFill {
  /** Something was opened already: it goes on there. */
  readonly begun: boolean;
  readonly start: () => void;
}

interface Props {
  readonly card: Card;
  readonly orders: VisitOrders;
  readonly pictures: PagePictures;
  readonly printer: PrinterView;
  readonly fill: CardFill | null;
  /** Sends it to the terminal (again). */
  readonly onSend: () => void;
  readonly onRemove: () => void;
  /** What else is going on with it. */
  readonly children?: ReactNode;
}

export function DocumentCard({ card, orders, pictures, printer, fill, onSend, onRemove, children }: Props) {
  const { documentId, name } = card;
  const taken = takeStateOf(orders.orders, documentId);
  const shown = shownPage(orders.orders);
  const here = shown?.documentId === documentId ? shown : null;
  const [chosen, choose] = useState<PrintChosen>({ copies: 1, options: null });
  const print = ordersOf(orders.orders, 'print').findLast((order) => order.request.documentId === documentId);
  const refusal = [
    `take:${documentId}`,
    `print:${documentId}`,
    `show:${documentId}`,
    ...(here ? ['clearDesk'] : []),
  ].find((key) => orders.refusals.has(key));

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
      <TakeLine card={card} state={taken} orders={orders} onSend={onSend} />
      {refusal && <Refusal orders={orders} name={refusal} />}
      <DeskTrouble card={card} state={taken} isHere={here !== null} orders={orders} />
      {taken.kind === 'taken' && (
        <DocumentActions
          card={card}
          pages={taken.pages}
          orders={orders}
          pictures={pictures}
          printer={printer}
          fill={fill}
          isPrinting={print !== undefined && isOpen(print)}
          chosen={chosen}
          choose={choose}
        />
      )}
      <PrintLine card={card} state={taken} order={print} orders={orders} />
      {children}
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

interface PrintLineProps {
  readonly card: Card;
  readonly state: TakeState;
  readonly order: OrderOf<'print'> | undefined;
  readonly orders: VisitOrders;
}

/** Where the last print of the document stands, whatever became of the document meanwhile. */
function PrintLine({ card, state, order, orders }: PrintLineProps) {
  const key = `print:${card.documentId}`;
  if (orders.isOnItsWay(key)) return <Meter label={words.print.sent} percent={null} />;
  if (!order) return null;
  const code = order.status.status === 'failed' ? order.status.code : null;
  const why = code && goneButHeld(card, state, code);
  const helps = code !== null && (why !== null || describeFailure(code).retryable) && state.kind === 'taken';
  const repeat = () => orders.place(key, order.request);
  return <PrintStatus order={order} orders={orders} why={why} onRepeat={helps ? repeat : null} />;
}

interface ActionsProps {
  readonly card: Card;
  readonly pages: number;
  readonly orders: VisitOrders;
  readonly pictures: PagePictures;
  readonly printer: PrinterView;
  readonly fill: CardFill | null;
  readonly isPrinting: boolean;
  readonly chosen: PrintChosen;
  readonly choose: (chosen: PrintChosen) => void;
}

function DocumentActions(props: ActionsProps) {
  const { card, pages, orders, pictures, printer, fill, isPrinting, chosen, choose } = props;
  const [looking, setLooking] = useState<number | null>(null);
  const { documentId, name } = card;
  const shown = shownPage(orders.orders);
  const here = shown?.documentId === documentId ? shown : null;
  const showKey = `show:${documentId}`;
  const show = (page: number) => orders.place(showKey, { kind: 'show', documentId, page });
  const key = `print:${documentId}`;
  return (
    <>
      {here && (
        <ShownLine
          page={here.page}
          pending={here.pending}
          pages={pages}
          show={show}
          isOnItsWay={orders.isOnItsWay(showKey)}
          orders={orders}
        />
      )}
      <div className="card-actions">
        {!here && (
          <Button
            className="button"
            aria-label={words.tray.showNamed(name)}
            isDisabled={orders.isOnItsWay(showKey)}
            onPress={() => show(1)}
          >
            {words.tray.show}
          </Button>
        )}
        {fill && (
          <Button
            className="button"
            aria-label={fill.begun ? formWords.resumeNamed(name) : formWords.fillNamed(name)}
            onPress={fill.start}
          >
            {fill.begun ? formWords.resume : formWords.fill}
          </Button>
        )}
        <Button
          className="button"
          aria-label={words.tray.previewNamed(name)}
          onPress={() => setLooking(here?.page ?? 1)}
        >
          {words.tray.preview}
        </Button>
        <PrintChoice
          {...{ name, printer, chosen }}
          isBusy={isPrinting || orders.isOnItsWay(key)}
          onChoose={choose}
          onPrint={() => orders.place(key, { kind: 'print', documentId, ...printRequest(chosen) })}
        />
      </div>
      <DocumentPreview
        {...{ name, documentId, pages, pictures }}
        page={looking}
        onTurn={setLooking}
        onClose={() => setLooking(null)}
      />
    </>
  );
}

interface ShownProps {
  readonly page: number;
  readonly pending: boolean;
  readonly pages: number;
  readonly show: (page: number) => void;
  readonly isOnItsWay: boolean;
  readonly orders: VisitOrders;
}

function ShownLine({ page, pending, pages, show, isOnItsWay, orders }: ShownProps) {
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
          isDisabled={page <= 1 || isOnItsWay}
          onPress={() => show(page - 1)}
        >
          <span aria-hidden="true">‹</span>
        </Button>
        <Button
          className="button icon"
          aria-label={words.tray.next}
          isDisabled={page >= pages || isOnItsWay}
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

/**
 * Takes the counsellor's orders: acknowledges each once, hands it to the paper process or to the desk, and keeps its
 * latest status so that an order sent again is answered and not done again.
 */

import { assertNever } from '#shared/assert-never.ts';
import { type FailureCode, fail, type Result } from '#shared/failure.ts';
import type { Order, OrderRequest, OrderStatus } from '#shared/protocol/orders.ts';
import type { Desk, SheetPicture } from './desk.ts';
import type { OrderJournal } from './order-journal.ts';
import type { Shots } from './shots.ts';

export interface DrawnPage extends SheetPicture {
  /** Pages of the whole document. */
  readonly pages: number;
}

/** The paper process as orders need it. */
export interface PaperHand {
  /** @param resumed an earlier run of the terminal had begun it: a print is followed, never sent again. */
  readonly order: (order: Order, resumed: boolean) => void;
  readonly draw: (documentId: string, page: number) => Promise<Result<DrawnPage>>;
}

export interface OrderDeskOptions {
  readonly desk: Desk;
  readonly journal: OrderJournal;
  /** Resolved once the visit's paper process is there; null where it could not be had. */
  readonly paper: () => Promise<PaperHand | null>;
  /** Null: done; or why not. */
  readonly subtitles: (on: boolean) => FailureCode | null;
  readonly shots: Pick<Shots, 'begin' | 'shoot' | 'ended'>;
  readonly visitId: () => string | null;
  readonly tell: (orderId: string, status: OrderStatus) => void;
}

export interface OrderDesk {
  /** @param hubNow the hub's clock when it sent the order: the deadline is by that clock, not by this machine's. */
  readonly take: (order: Order, hubNow: number) => void;
  /** From the paper process. */
  readonly follow: (orderId: string, status: OrderStatus) => void;
  /** Says the latest of every order again: what was said into a line that was already dead is lost. */
  readonly tellAgain: () => void;
  /** Every order under way ends with this failure: the paper process died, the visit is over. */
  readonly failAll: (code: FailureCode) => void;
  readonly clear: () => void;
}

/** Never begun where that cannot be noted: after a restart they would be done again. */
const MOVES_PAPER = { print: 'printNoRoom', scan: 'scanNoRoom' } as const;

export function createOrderDesk(options: OrderDeskOptions): OrderDesk {
  const { desk, journal, paper, subtitles, shots, visitId, tell } = options;
  const known = new Map<string, KnownOrder>();

  function report(orderId: string, status: OrderStatus): void {
    const entry = known.get(orderId);
    if (!entry || isEnd(entry.status)) return;
    entry.status = status;
    if (isEnd(status)) entry.ended();
    if (isEnd(status) && entry.request.kind === 'aim') shots.ended(orderId, status);
    desk.follow(orderId, entry.request, status);
    tell(orderId, status);
  }

  function take(order: Order, hubNow: number): void {
    const { orderId, request } = order;
    const before = known.get(orderId);
    if (before) {
      tell(orderId, before.status);
      return;
    }
    const resumed = journal.wasBegun(orderId);
    known.set(orderId, openOrder(request));
    if (order.visitId !== visitId()) {
      report(orderId, { status: 'failed', code: 'visitOver' });
    } else if (!resumed && hubNow > order.deadline) {
      report(orderId, { status: 'failed', code: 'notReached' });
    } else if (!resumed && !journal.begin(orderId) && request.kind in MOVES_PAPER) {
      report(orderId, { status: 'failed', code: MOVES_PAPER[request.kind as keyof typeof MOVES_PAPER] });
    } else {
      report(orderId, { status: 'acknowledged' });
      start(order, resumed);
    }
  }

  function start(order: Order, resumed: boolean): void {
    const { orderId, request } = order;
    switch (request.kind) {
      case 'clearDesk':
        desk.clearSheet();
        report(orderId, shown);
        break;
      case 'selfView':
        desk.setSelfView(request.on);
        report(orderId, shown);
        break;
      case 'subtitles': {
        const refused = subtitles(request.on);
        report(orderId, refused === null ? shown : { status: 'failed', code: refused });
        break;
      }
      case 'show':
        void show(orderId, request.documentId, request.page);
        break;
      case 'scan':
        // The pages of a scan cut by a restart are gone with the memory that held them; the paper is still there.
        if (resumed) report(orderId, { status: 'failed', code: 'interrupted' });
        else void handOver(order, resumed);
        break;
      case 'aim': {
        // Whoever held the paper has put it down.
        const refused = resumed ? 'interrupted' : shots.begin(orderId);
        if (refused === null) void handOver(order, resumed);
        else report(orderId, { status: 'failed', code: refused });
        break;
      }
      case 'shoot': {
        const refused = shots.shoot(request.aim);
        report(orderId, refused === null ? shown : { status: 'failed', code: refused });
        break;
      }
      case 'take':
      case 'print':
      case 'correct':
      case 'read':
      case 'keepShot':
      case 'dropShot':
      case 'cancel':
        void handOver(order, resumed);
        break;
      default:
        assertNever(request);
    }
  }

  async function handOver(order: Order, resumed: boolean): Promise<void> {
    const hand = await paper();
    // After a restart its document comes again: with it the job's pages are known.
    if (resumed && order.request.kind === 'print') await arrival(order.request.documentId);
    if (!known.has(order.orderId)) return; // The visit ended meanwhile.
    if (hand) hand.order(order, resumed);
    else report(order.orderId, { status: 'failed', code: 'unexpected' });
  }

  /** Resolves once the document is there, or is not on its way (any more). */
  async function arrival(documentId: string): Promise<void> {
    const takes = [...known.values()].filter(
      ({ request }) => request.kind === 'take' && request.documentId === documentId,
    );
    await Promise.all(takes.map(({ end }) => end));
  }

  async function show(orderId: string, documentId: string, page: number): Promise<void> {
    const hand = await paper();
    await arrival(documentId);
    const drawn = (await hand?.draw(documentId, page)) ?? fail('documentGone');
    if (!known.has(orderId)) return; // The visit ended meanwhile: nothing may come back on the screen.
    if (!drawn.ok) {
      report(orderId, { status: 'failed', code: drawn.failure.code });
      return;
    }
    const { pages } = drawn.value;
    desk.show(documentId, page, pages, drawn.value);
    report(orderId, shown);
    for (const near of [page + 1, page - 1]) {
      const isThere = near < 1 || near > pages || desk.picture(documentId, near) !== null;
      const beside = isThere ? null : await hand?.draw(documentId, near);
      if (beside?.ok) desk.haveNear(documentId, near, beside.value);
    }
  }

  return {
    take,
    follow: report,
    tellAgain() {
      for (const [orderId, { status }] of known) if (status.status !== 'sent') tell(orderId, status);
    },
    failAll(code) {
      for (const orderId of known.keys()) report(orderId, { status: 'failed', code });
    },
    clear() {
      for (const { ended } of known.values()) ended();
      known.clear();
      journal.clear();
    },
  };
}

interface KnownOrder {
  readonly request: OrderRequest;
  status: OrderStatus;
  /** Resolves `end`. */
  readonly ended: () => void;
  readonly end: Promise<void>;
}

function openOrder(request: OrderRequest): KnownOrder {
  let ended = (): void => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  return { request, status: { status: 'sent' }, ended, end };
}

const shown: OrderStatus = { status: 'done', outcome: { kind: 'shown' } };

function isEnd(status: OrderStatus): boolean {
  return status.status === 'done' || status.status === 'failed';
}

/** What the view's orders say of each thing on the counsellor's page. Pure: nothing here is guessed ahead of the view. */
import type { FailureCode } from '#shared/failure.ts';
import type { OrderRequest } from '#shared/protocol/orders.ts';
import type { GrowingPage, HeldDocument, ScannedPage } from '#shared/protocol/scanned-pages.ts';
import type { OrderView } from '#shared/protocol/views.ts';

export type OrderOf<K extends OrderRequest['kind']> = OrderView & {
  readonly request: Extract<OrderRequest, { kind: K }>;
};

export function ordersOf<K extends OrderRequest['kind']>(
  orders: readonly OrderView[],
  kind: K,
): OrderOf<K>[] {
  return inOrder(orders).filter((order): order is OrderOf<K> => order.request.kind === kind);
}

export function isOpen({ status }: OrderView): boolean {
  return status.status !== 'done' && status.status !== 'failed';
}

export type TakeState =
  /** Not ordered yet, or the order is on its way. */
  | { readonly kind: 'preparing' }
  | { readonly kind: 'sending'; readonly percent: number }
  /** All bytes are there; the terminal looks at them. */
  | { readonly kind: 'checking' }
  /** `fitted`: pages larger than A4. */
  | { readonly kind: 'taken'; readonly pages: number; readonly fitted: readonly number[] }
  | { readonly kind: 'refused'; readonly code: FailureCode }
  /** The terminal took it and has it no more: its memory went with a process, or with the terminal's start. */
  | { readonly kind: 'lost' };

/** Where a document stands on its way to the terminal: its last take order decides, and what came after it. */
export function takeStateOf(orders: readonly OrderView[], documentId: string): TakeState {
  const last = ordersOf(orders, 'take').findLast((order) => order.request.documentId === documentId);
  if (!last) return { kind: 'preparing' };
  const { status, request } = last;
  switch (status.status) {
    case 'sent':
    case 'acknowledged':
      return { kind: 'sending', percent: 0 };
    case 'underWay': {
      if (status.progress.kind !== 'taking') return { kind: 'checking' };
      const percent = Math.min(100, Math.floor((status.progress.received / request.size) * 100));
      return percent === 100 ? { kind: 'checking' } : { kind: 'sending', percent };
    }
    case 'done':
      if (status.outcome.kind !== 'taken') return { kind: 'refused', code: 'cancelled' };
      if (wasLostAfter(orders, last)) return { kind: 'lost' };
      return { kind: 'taken', pages: status.outcome.pages, fitted: status.outcome.fitted };
    case 'failed':
      return { kind: 'refused', code: status.code };
  }
}

/**
 * Nothing says so at once: the next order for the document does, or any order that was cut, since every document goes
 * with the process or the terminal that was cut. Sending one again that is still there costs the terminal nothing.
 */
function wasLostAfter(orders: readonly OrderView[], take: OrderOf<'take'>): boolean {
  const sorted = inOrder(orders);
  return sorted.slice(sorted.indexOf(take) + 1).some(({ request, status }) => {
    if (status.status !== 'failed') return false;
    if (status.code === 'interrupted') return true;
    const about = request.kind === 'show' || request.kind === 'print' ? request.documentId : null;
    return status.code === 'documentGone' && about === take.request.documentId;
  });
}

/**
 * Whether the console, if it holds the document, sends it again by itself. After a take that was cut itself, once: cut
 * twice, the document may be the cause.
 */
export function needsTakingAgain(orders: readonly OrderView[], documentId: string): boolean {
  const state = takeStateOf(orders, documentId);
  if (state.kind !== 'refused') return state.kind === 'lost';
  const takes = ordersOf(orders, 'take').filter(({ request }) => request.documentId === documentId);
  return failureOf(takes.at(-1)) === 'interrupted' && failureOf(takes.at(-2)) !== 'interrupted';
}

export interface DeskFailure {
  readonly request: Extract<OrderRequest, { kind: 'show' | 'clearDesk' }>;
  readonly code: FailureCode;
}

/** Why the last page was not shown or not taken away; null once another order for the desk was given. */
export function deskFailure(orders: readonly OrderView[]): DeskFailure | null {
  const last = inOrder(orders).findLast(
    ({ request }) => request.kind === 'show' || request.kind === 'clearDesk',
  );
  const code = failureOf(last);
  if (!last || !code || (last.request.kind !== 'show' && last.request.kind !== 'clearDesk')) return null;
  return { request: last.request, code };
}

/** What is turned on and off by orders: the resident's own picture, what is said in writing. */
type Switch = 'selfView' | 'subtitles';

/** Why it did not follow the last order; null where it did. */
export function switchFailure(orders: readonly OrderView[], what: Switch): FailureCode | null {
  return failureOf(ordersOf(orders, what).at(-1));
}

function failureOf(order: OrderView | undefined): FailureCode | null {
  return order?.status.status === 'failed' ? order.status.code : null;
}

export interface ShownPage {
  readonly documentId: string;
  readonly page: number;
  /** The terminal has not said yet that it shows it. */
  readonly pending: boolean;
}

/** What lies on the desk screen, or null. A failed order changes nothing there. */
export function shownPage(orders: readonly OrderView[]): ShownPage | null {
  const last = inOrder(orders).findLast(
    ({ request, status }) =>
      (request.kind === 'show' || request.kind === 'clearDesk') && status.status !== 'failed',
  );
  if (last?.request.kind !== 'show') return null;
  const { documentId, page } = last.request;
  return { documentId, page, pending: isOpen(last) };
}

export function isSwitchedOn(orders: readonly OrderView[], what: Switch): boolean {
  return ordersOf(orders, what).findLast(({ status }) => status.status !== 'failed')?.request.on ?? false;
}

/**
 * The scan to speak of: the one under way, else the last. One that came while another was under way (from another tab,
 * in the same instant) never had the scanner.
 */
export function currentScan(orders: readonly OrderView[]): OrderOf<'scan'> | undefined {
  const scans = ordersOf(orders, 'scan');
  const served = scans.filter((order) => failureOf(order) !== 'deviceTaken');
  return served.findLast(isOpen) ?? served.at(-1) ?? scans.at(-1);
}

/** The newest scan came while another one was under way, which still is. */
export function isScanTooMany(orders: readonly OrderView[]): boolean {
  const current = currentScan(orders);
  const newest = ordersOf(orders, 'scan').at(-1);
  return current !== undefined && isOpen(current) && failureOf(newest) === 'deviceTaken';
}

export interface ArrivedPage {
  /** The scan that brought it. */
  readonly orderId: string;
  /** Its latest picture. */
  readonly page: ScannedPage;
}

/**
 * Every page that the terminal scanned in this visit, in the order of the paper, whatever became of its order; and each
 * shot that was kept, in the order of their keeping.
 */
export function scannedPagesOf(orders: readonly OrderView[]): readonly ArrivedPage[] {
  const corrected = correctedIn(orders);
  const shots = new Map(
    ordersOf(orders, 'aim')
      .flatMap(({ status }) => shotIn(status))
      .map((page) => [page.original, page]),
  );
  const seen = new Set<string>();
  return inOrder(orders)
    .flatMap(({ orderId, request, status }): ArrivedPage[] => {
      if (request.kind === 'scan') return pagesIn(status).map((page) => ({ orderId, page }));
      const kept =
        request.kind === 'keepShot' && status.status === 'done' ? shots.get(request.original) : null;
      return kept ? [{ orderId, page: kept }] : [];
    })
    .filter(({ page }) => !seen.has(page.original) && seen.add(page.original))
    .map(({ orderId, page }) => ({ orderId, page: corrected.get(page.original) ?? page }));
}

/** By original. */
function correctedIn(orders: readonly OrderView[]): ReadonlyMap<string, ScannedPage> {
  return new Map(
    ordersOf(orders, 'correct').flatMap(({ status }) =>
      status.status === 'done' && status.outcome.kind === 'corrected'
        ? [[status.outcome.page.original, status.outcome.page]]
        : [],
    ),
  );
}

function shotIn(status: OrderView['status']): readonly ScannedPage[] {
  return status.status === 'done' && status.outcome.kind === 'shot' ? [status.outcome.page] : [];
}

/** The last shot, in its latest picture, until the counsellor keeps it or throws it away; null: there is none. */
export function looseShotOf(orders: readonly OrderView[]): ScannedPage | null {
  const page = ordersOf(orders, 'aim')
    .flatMap(({ status }) => shotIn(status))
    .at(-1);
  if (!page) return null;
  const isSettled = orders.some(
    ({ request, status }) =>
      (request.kind === 'dropShot' || (request.kind === 'keepShot' && status.status === 'done')) &&
      request.original === page.original,
  );
  return isSettled ? null : (correctedIn(orders).get(page.original) ?? page);
}

function pagesIn(status: OrderView['status']): readonly ScannedPage[] {
  if (status.status === 'underWay') return status.progress.kind === 'scanning' ? status.progress.pages : [];
  if (status.status === 'done') return status.outcome.kind === 'scanned' ? status.outcome.pages : [];
  return status.status === 'failed' ? (status.pages ?? []) : [];
}

/** The page that the scanner is at, as far as it was seen; null: none, or nothing of it yet. */
export function growingPageOf(orders: readonly OrderView[]): GrowingPage | null {
  const status = currentScan(orders)?.status;
  return status?.status === 'underWay' && status.progress.kind === 'scanning'
    ? status.progress.growing
    : null;
}

/** What the terminal has read, by the picture that it read. */
export function wordsReadIn(orders: readonly OrderView[]): ReadonlyMap<string, HeldDocument> {
  return new Map(
    ordersOf(orders, 'read').flatMap(({ request, status }) =>
      status.status === 'done' && status.outcome.kind === 'read'
        ? [[request.documentId, status.outcome.words]]
        : [],
    ),
  );
}

function inOrder(orders: readonly OrderView[]): readonly OrderView[] {
  return [...orders].sort((a, b) => a.createdAt - b.createdAt);
}

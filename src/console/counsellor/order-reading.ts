/** What the view's orders say of each thing on the counsellor's page. Pure: nothing here is guessed ahead of the view. */
import type { FailureCode } from '#shared/failure.ts';
import type { OrderRequest, OrderView, ScannedPage } from '#shared/protocol.ts';

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
  | { readonly kind: 'taken'; readonly pages: number }
  | { readonly kind: 'refused'; readonly code: FailureCode };

/** Where a document stands on its way to the terminal: its last take order decides. */
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
      return status.outcome.kind === 'taken'
        ? { kind: 'taken', pages: status.outcome.pages }
        : { kind: 'refused', code: 'cancelled' };
    case 'failed':
      return { kind: 'refused', code: status.code };
  }
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

export function selfViewIsOn(orders: readonly OrderView[]): boolean {
  return (
    ordersOf(orders, 'selfView').findLast(({ status }) => status.status !== 'failed')?.request.on ?? false
  );
}

/** Every page that the terminal scanned in this visit, in the order of the paper, whatever became of its order. */
export function scannedPagesOf(orders: readonly OrderView[]): readonly ScannedPage[] {
  const seen = new Set<string>();
  return ordersOf(orders, 'scan')
    .flatMap(({ status }) => {
      if (status.status === 'underWay')
        return status.progress.kind === 'scanning' ? status.progress.pages : [];
      if (status.status === 'done') return status.outcome.kind === 'scanned' ? status.outcome.pages : [];
      return status.status === 'failed' ? (status.pages ?? []) : [];
    })
    .filter(({ documentId }) => !seen.has(documentId) && seen.add(documentId));
}

function inOrder(orders: readonly OrderView[]): readonly OrderView[] {
  return [...orders].sort((a, b) => a.createdAt - b.createdAt);
}

/** The paper that is being shown to the terminal's camera, and the last shot of one, which nobody has kept yet. */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { ScannedPage } from '#shared/protocol/scanned-pages.ts';
import type { PullState, ScannedPages } from '../scanned-pages.ts';
import { isOpen, looseShotOf, type OrderOf, ordersOf, scannedPagesOf } from './order-reading.ts';
import type { VisitOrders } from './use-visit-orders.ts';

export interface ShotState {
  /** The last aim; null: there was none. */
  readonly aim: OrderOf<'aim'> | null;
  /** The resident holds a paper, or is about to. */
  readonly isAiming: boolean;
  /** The picture is being taken. */
  readonly isTaking: boolean;
  /** `state`: its picture on its way to this page. */
  readonly shot: { readonly page: ScannedPage; readonly state: PullState } | null;
}

const NOT_YET: PullState = { kind: 'pulling', received: 0 };

export function useShot(scans: ScannedPages, orders: VisitOrders): ShotState {
  const states = useSyncExternalStore(scans.subscribe, scans.snapshot);
  const aim = ordersOf(orders.orders, 'aim').at(-1) ?? null;
  const page = looseShotOf(orders.orders);
  const documentId = page?.documentId ?? null;
  const now = useRef({ page, orders });
  now.current = { page, orders };
  const before = useRef<string | null>(null);

  useEffect(() => {
    const old = before.current;
    before.current = documentId;
    if (now.current.page) scans.want([now.current.page]);
    if (old === null || old === documentId) return;
    // A shot that is kept is the same picture among the scanned pages.
    const isKept = scannedPagesOf(now.current.orders.orders).some(
      ({ page: kept }) => kept.documentId === old,
    );
    if (!isKept) scans.forget(old);
  }, [documentId, scans]);

  const isAiming = orders.isOnItsWay('aim') || (aim !== null && isOpen(aim));
  const shoot =
    aim && ordersOf(orders.orders, 'shoot').findLast(({ request }) => request.aim === aim.orderId);
  return {
    aim,
    isAiming,
    isTaking: isAiming && (orders.isOnItsWay('shoot') || (shoot ? shoot.status.status !== 'failed' : false)),
    shot: page && { page, state: states.get(page.documentId) ?? NOT_YET },
  };
}

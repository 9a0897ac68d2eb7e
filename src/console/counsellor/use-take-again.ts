/** A document that the terminal lost, and that this page still holds, is sent again without anybody asking. */
import { useEffect } from 'react';
import type { HeldDocument } from '../documents.ts';
import { needsTakingAgain } from './order-reading.ts';
import type { VisitOrders } from './use-visit-orders.ts';

/** Only the document: nothing is shown or printed again by itself. Refused by the hub, it waits for a press. */
export function useTakeAgain(held: readonly HeldDocument[], orders: VisitOrders): void {
  useEffect(() => {
    for (const { documentId, size, sha256 } of held) {
      const key = `take:${documentId}`;
      if (orders.refusals.has(key) || !needsTakingAgain(orders.orders, documentId)) continue;
      orders.place(key, { kind: 'take', documentId, size, sha256 });
    }
  }, [held, orders]);
}

/** A document that the terminal lost, and that this page still holds, is sent again without anybody asking. */
import { useEffect } from 'react';
import type { HeldDocument, OpenedDocuments } from '../documents.ts';
import { needsTakingAgain } from './order-reading.ts';
import { takeDocument } from './take-document.ts';
import type { VisitOrders } from './use-visit-orders.ts';

/** Only the document: nothing is shown or printed again by itself. Refused by the hub, it waits for a press. */
export function useTakeAgain(
  documents: OpenedDocuments,
  held: readonly HeldDocument[],
  orders: VisitOrders,
): void {
  useEffect(() => {
    for (const { documentId } of held) {
      const key = `take:${documentId}`;
      if (orders.refusals.has(key) || !needsTakingAgain(orders.orders, documentId)) continue;
      void takeDocument(documents, orders, documentId);
    }
  }, [documents, held, orders]);
}

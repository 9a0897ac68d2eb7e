/** A document made on this page goes the way of every other: held here, taken by the terminal, then printed or saved. */
import { useEffect, useRef } from 'react';
import type { OpenedDocuments } from '../documents.ts';
import { saveFile } from '../save-file.ts';
import { takeStateOf } from './order-reading.ts';
import { takeDocument } from './take-document.ts';
import type { VisitOrders } from './use-visit-orders.ts';

export type AddFinished = (
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  then: 'print' | 'save' | 'saveFlat',
) => void;

export function useFinishedDocuments(documents: OpenedDocuments, orders: VisitOrders): AddFinished {
  /** To print as soon as the terminal has them. */
  const toPrint = useRef(new Set<string>());

  useEffect(() => {
    for (const documentId of [...toPrint.current]) {
      const { kind } = takeStateOf(orders.orders, documentId);
      if (kind === 'taken') orders.place(`print:${documentId}`, { kind: 'print', documentId, copies: 1 });
      if (kind === 'taken' || kind === 'refused') toPrint.current.delete(documentId);
    }
  }, [orders]);

  async function add(...[name, bytes, then]: Parameters<AddFinished>): Promise<void> {
    const { documentId } = await documents.add(name, new Blob([bytes]));
    if (then === 'print') toPrint.current.add(documentId);
    await takeDocument(documents, orders, documentId);
    if (then !== 'print') saveFile(name, bytes, 'application/pdf');
  }

  return (name, bytes, then) => void add(name, bytes, then);
}

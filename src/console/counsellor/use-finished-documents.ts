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
  then: 'show' | 'print' | 'save' | 'saveFlat',
) => void;

export function useFinishedDocuments(documents: OpenedDocuments, orders: VisitOrders): AddFinished {
  /** To show or print as soon as the terminal has them. */
  const waiting = useRef(new Map<string, 'show' | 'print'>());

  useEffect(() => {
    for (const [documentId, then] of [...waiting.current]) {
      const { kind } = takeStateOf(orders.orders, documentId);
      if (kind !== 'taken' && kind !== 'refused') continue;
      waiting.current.delete(documentId);
      if (kind === 'refused') continue;
      const key = `${then}:${documentId}`;
      if (then === 'print') orders.place(key, { kind: 'print', documentId, copies: 1 });
      else orders.place(key, { kind: 'show', documentId, page: 1 });
    }
  }, [orders]);

  async function add(...[name, bytes, then]: Parameters<AddFinished>): Promise<void> {
    const { documentId } = await documents.add(name, new Blob([bytes]));
    if (then === 'print' || then === 'show') waiting.current.set(documentId, then);
    await takeDocument(documents, orders, documentId);
    if (then === 'save' || then === 'saveFlat') saveFile(name, bytes, 'application/pdf');
  }

  return (name, bytes, then) => void add(name, bytes, then);
}

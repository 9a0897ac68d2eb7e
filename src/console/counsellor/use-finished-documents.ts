/** A document made on this page goes the way of every other: held here, taken by the terminal, then printed or saved. */
import { useEffect, useRef } from 'react';
import type { OpenedDocuments } from '../documents.ts';
import { fileDigest } from '../file-digest.ts';
import type { ReceiptNotes } from '../receipt/receipt-notes.ts';
import { saveFile } from '../save-file.ts';
import { takeStateOf } from './order-reading.ts';
import { takeDocument } from './take-document.ts';
import type { VisitOrders } from './use-visit-orders.ts';

type Then = 'show' | 'print' | 'showAndPrint' | 'save' | 'saveFlat';

/** Returns the new document's id. */
export type AddFinished = (name: string, bytes: Uint8Array<ArrayBuffer>, then: Then) => Promise<string>;

export function useFinishedDocuments(
  documents: OpenedDocuments,
  orders: VisitOrders,
  notes: Pick<ReceiptNotes, 'keep'>,
): AddFinished {
  /** To show or print as soon as the terminal has them. */
  const waiting = useRef(new Map<string, Then>());

  useEffect(() => {
    for (const [documentId, then] of [...waiting.current]) {
      const { kind } = takeStateOf(orders.orders, documentId);
      if (kind !== 'taken' && kind !== 'refused') continue;
      waiting.current.delete(documentId);
      if (kind === 'refused') continue;
      if (then !== 'print') orders.place(`show:${documentId}`, { kind: 'show', documentId, page: 1 });
      if (then !== 'show') orders.place(`print:${documentId}`, { kind: 'print', documentId, copies: 1 });
    }
  }, [orders]);

  return async (name, bytes, then) => {
    const { documentId } = await documents.add(name, new Blob([bytes]));
    const isSaved = then === 'save' || then === 'saveFlat';
    if (!isSaved) waiting.current.set(documentId, then);
    await takeDocument(documents, orders, documentId);
    if (isSaved) {
      saveFile(name, bytes, 'application/pdf');
      // The same form saved again replaces what was kept of it.
      notes.keep({
        ...{ key: `kept:${name}`, kind: 'kept', name, pages: null, digest: await fileDigest(bytes) },
      });
    }
    return documentId;
  };
}

/** The resident's receipt within a visit: what can stand on it, whether one is due, how it is made. */
import { useMemo, useState, useSyncExternalStore } from 'react';
import type { FailureCode } from '#shared/failure.ts';
import type { OrderView, VisitView } from '#shared/protocol/views.ts';
import { ordersOf, scannedPagesOf } from '../counsellor/order-reading.ts';
import type { AddFinished } from '../counsellor/use-finished-documents.ts';
import type { VisitPapers } from '../visit-papers.ts';
import { receiptWords } from '../words/words.ts';
import { printedPages, type ReceiptLine, receiptLines, receiptOf } from './receipt-lines.ts';
import type { ReceiptNotes } from './receipt-notes.ts';

interface Options {
  readonly visit: VisitView;
  readonly orders: readonly OrderView[];
  readonly papers: VisitPapers;
  readonly unsavedPages: number;
  readonly addFinished: AddFinished;
}

export interface VisitReceipt {
  readonly lines: readonly ReceiptLine[];
  readonly notes: ReturnType<ReceiptNotes['snapshot']>;
  readonly change: ReceiptNotes['change'];
  /** Something was printed or scanned, and no receipt was printed. */
  readonly isDue: boolean;
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly close: () => void;
  readonly busy: boolean;
  readonly failure: FailureCode | null;
  /** Ids of lines that no font can write. */
  readonly unwritten: ReadonlySet<string>;
  readonly make: (then: 'show' | 'showAndPrint') => Promise<void>;
}

export function useReceipt({ visit, orders, papers, unsavedPages, addFinished }: Options): VisitReceipt {
  const { receiptNotes, workshop } = papers;
  const notes = useSyncExternalStore(receiptNotes.subscribe, receiptNotes.snapshot);
  /** When the dialog was opened: what is read there is what is printed. */
  const [openedAt, setOpenedAt] = useState<Date | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureCode | null>(null);
  const [unwritten, setUnwritten] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(
    () =>
      openedAt === null
        ? []
        : receiptLines({ visit, orders, notes, unsavedPages, date: openedAt, words: receiptWords.page }),
    [visit, orders, notes, unsavedPages, openedAt],
  );

  async function make(then: 'show' | 'showAndPrint'): Promise<void> {
    if (busy || openedAt === null) return;
    setBusy(true);
    setFailure(null);
    const made = await workshop.receipt(receiptOf(lines, notes, receiptWords.page), openedAt);
    setBusy(false);
    if (!made.ok) {
      setFailure(made.failure.code);
      return;
    }
    setUnwritten(new Set(made.value.unwritten.map(({ name }) => name)));
    if (made.value.unwritten.length > 0) return;
    setOpenedAt(null);
    receiptNotes.addReceipt(await addFinished(receiptWords.file, made.value.bytes, then));
  }

  return {
    ...{ lines, notes, busy, failure, unwritten, make },
    change: receiptNotes.change,
    isDue: isReceiptDue(orders, notes.receipts),
    isOpen: openedAt !== null,
    open: () => {
      setFailure(null);
      setUnwritten(new Set());
      setOpenedAt(new Date());
    },
    close: () => setOpenedAt(null),
  };
}

function isReceiptDue(orders: readonly OrderView[], receipts: ReadonlySet<string>): boolean {
  const printed = [...printedPages(orders).keys()];
  const something =
    printed.some((documentId) => !receipts.has(documentId)) || scannedPagesOf(orders).length > 0;
  const ordered = ordersOf(orders, 'print').some(
    ({ request, status }) => receipts.has(request.documentId) && status.status !== 'failed',
  );
  return something && !ordered;
}

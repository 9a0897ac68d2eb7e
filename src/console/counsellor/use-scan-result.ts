/** The pages scanned in this visit as the counsellor keeps them: their documents, what is set aside, what is not saved. */
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { PageWords } from '#shared/page-words.ts';
import type { ScannedPage } from '#shared/protocol/scanned-pages.ts';
import type { OrderView } from '#shared/protocol/views.ts';
import type { PullState, ScannedPages } from '../scanned-pages.ts';
import { scannedPagesOf } from './order-reading.ts';
import {
  areTwoSides,
  documentsOf,
  emptyArrangement,
  type ScanArrangement,
  type ScanIntent,
  withArrived,
} from './scan-arrangement.ts';
import { usePageWords } from './use-page-words.ts';

export interface KeptPage {
  readonly page: ScannedPage;
  readonly state: PullState;
  /** What is written on it; null: not read, or not yet. */
  readonly words: PageWords | null;
}

export interface KeptDocument {
  readonly pages: readonly KeptPage[];
  /** Both sides of a card, which may be on one sheet, and are unless they are wanted apart. */
  readonly twoSides: boolean;
  readonly onOneSheet: boolean;
  /** What is in it, and how: changes whenever the saved file would be another one. */
  readonly signature: string;
  readonly saved: boolean;
}

export interface ScanResult {
  readonly documents: readonly KeptDocument[];
  readonly aside: readonly KeptPage[];
  /** Pages of documents that are not saved as they are now. */
  readonly unsaved: number;
  /** One of the functions of scan-arrangement.ts. */
  readonly arrange: (change: (before: ScanArrangement) => ScanArrangement) => void;
  /** What a scan that was just ordered is for. */
  readonly intend: (orderId: string, intent: ScanIntent) => void;
  readonly markSaved: (signatures: readonly string[]) => void;
}

const NOT_YET: PullState = { kind: 'pulling', received: 0 };

export function useScanResult(scans: ScannedPages, orders: readonly OrderView[]): ScanResult {
  const [arrangement, arrange] = useState(emptyArrangement);
  const [saved, setSaved] = useState<ReadonlySet<string>>(new Set());
  const intents = useRef(new Map<string, ScanIntent>());
  const states = useSyncExternalStore(scans.subscribe, scans.snapshot);
  const words = usePageWords(scans, orders);
  const arrived = useMemo(() => scannedPagesOf(orders), [orders]);
  const wanted = useRef(new Map<string, string>());
  useEffect(() => {
    arrange((before) => withArrived(before, arrived, intents.current));
    scans.want(arrived.map(({ page }) => page));
    for (const { page } of arrived) {
      const before = wanted.current.get(page.original);
      wanted.current.set(page.original, page.documentId);
      if (before !== undefined && before !== page.documentId) scans.forget(before);
    }
  }, [scans, arrived]);

  return useMemo(() => {
    const kept = new Map<string, KeptPage>(
      arrived.map(({ page }) => [
        page.original,
        {
          page,
          state: states.get(page.documentId) ?? NOT_YET,
          words: words.get(page.documentId) ?? null,
        },
      ]),
    );
    const pagesOf = (originals: Iterable<string>): readonly KeptPage[] =>
      [...originals].flatMap((original) => kept.get(original) ?? []);
    const documents = documentsOf(arrangement).map((originals): KeptDocument => {
      const pages = pagesOf(originals);
      const twoSides = areTwoSides(pages.map(({ page }) => page));
      const onOneSheet = twoSides && !arrangement.apart.has(originals[0] ?? '');
      const signature = `${pages.map(({ page }) => page.documentId).join()} ${onOneSheet}`;
      return { pages, twoSides, onOneSheet, signature, saved: saved.has(signature) };
    });
    return {
      documents,
      aside: pagesOf(arrangement.order.filter((original) => arrangement.aside.has(original))),
      // A page that can no longer be had cannot be saved either.
      unsaved: documents
        .filter((document) => !document.saved)
        .flatMap(({ pages }) => pages)
        .filter(({ state }) => state.kind !== 'failed').length,
      arrange,
      intend: (orderId, intent) => intents.current.set(orderId, intent),
      markSaved: (signatures) => setSaved((before) => new Set([...before, ...signatures])),
    };
  }, [arrived, arrangement, saved, states, words]);
}

/** The pages scanned in this visit as the counsellor keeps them: without those removed, with what is not saved yet. */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { OrderView, ScannedPage } from '#shared/protocol.ts';
import type { PullState, ScannedPages } from '../scanned-pages.ts';
import { scannedPagesOf } from './order-reading.ts';

export interface KeptPage {
  readonly page: ScannedPage;
  readonly state: PullState;
}

export interface ScanResult {
  readonly pages: readonly KeptPage[];
  readonly unsaved: number;
  readonly remove: (documentId: string) => void;
  readonly markSaved: (documentIds: readonly string[]) => void;
}

const NOT_YET: PullState = { kind: 'pulling', received: 0 };

export function useScanResult(scans: ScannedPages, orders: readonly OrderView[]): ScanResult {
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const [saved, setSaved] = useState<ReadonlySet<string>>(new Set());
  const states = useSyncExternalStore(scans.subscribe, scans.snapshot);
  const all = useMemo(() => scannedPagesOf(orders), [orders]);
  useEffect(() => scans.want(all), [scans, all]);

  return useMemo(() => {
    const pages = all
      .filter(({ documentId }) => !removed.has(documentId))
      .map((page) => ({ page, state: states.get(page.documentId) ?? NOT_YET }));
    return {
      pages,
      // A page that can no longer be had cannot be saved either.
      unsaved: pages.filter(({ page, state }) => state.kind !== 'failed' && !saved.has(page.documentId))
        .length,
      remove: (documentId) => setRemoved((before) => new Set(before).add(documentId)),
      markSaved: (documentIds) => setSaved((before) => new Set([...before, ...documentIds])),
    };
  }, [all, removed, saved, states]);
}

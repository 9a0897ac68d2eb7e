/** The page that the scanner is at, its newest picture that has come. */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { GrowingPage } from '#shared/protocol/scanned-pages.ts';
import type { ScannedPages } from '../scanned-pages.ts';

export interface GrownPage {
  readonly page: GrowingPage;
  readonly url: string;
}

/** Null: no page is under way, or nothing of it has come. A picture that is gone before it came is no loss. */
export function useGrowingPage(scans: ScannedPages, growing: GrowingPage | null): GrownPage | null {
  const states = useSyncExternalStore(scans.subscribe, scans.snapshot);
  /** On their way or shown, oldest first. */
  const asked = useRef<GrowingPage[]>([]);

  useEffect(() => {
    if (!growing) {
      for (const { documentId } of asked.current.splice(0)) scans.forget(documentId);
      return;
    }
    if (asked.current.some(({ documentId }) => documentId === growing.documentId)) return;
    asked.current.push(growing);
    scans.want([growing]);
  }, [scans, growing]);

  const here = asked.current.findLast(({ documentId }) => states.get(documentId)?.kind === 'here');
  useEffect(() => {
    if (!here) return;
    const older = asked.current.indexOf(here);
    for (const { documentId } of asked.current.splice(0, older)) scans.forget(documentId);
  }, [scans, here]);

  const state = here && states.get(here.documentId);
  return growing && here && state?.kind === 'here' ? { page: here, url: state.url } : null;
}

/** Has the pages read one after the other, while the scanner rests: nobody asks for it, and nobody waits for it. */
import { useEffect } from 'react';
import { isOpen, ordersOf } from './order-reading.ts';
import type { KeptPage } from './use-scan-result.ts';
import type { VisitOrders } from './use-visit-orders.ts';

export interface Reading {
  /** Pages with text of which the words are here, and of which they are not and may still come. */
  readonly read: number;
  readonly toCome: number;
  /** The terminal could not read them: their PDF is not searchable. */
  readonly never: number;
}

const KEY = 'read';

/** @param idle no scan is under way. */
export function useReading(orders: VisitOrders, pages: readonly KeptPage[], idle: boolean): Reading {
  const asked = ordersOf(orders.orders, 'read');
  const busy = orders.isOnItsWay(KEY) || orders.refusals.has(KEY) || asked.some(isOpen);
  const known = new Set(asked.map(({ request }) => request.documentId));
  const written = pages.filter(({ page }) => page.purpose !== 'photo');
  const next = written.find(({ page, state }) => state.kind === 'here' && !known.has(page.documentId));
  const nextId = next?.page.documentId ?? null;
  const { place } = orders;
  useEffect(() => {
    if (idle && !busy && nextId !== null) place(KEY, { kind: 'read', documentId: nextId });
  }, [idle, busy, nextId, place]);

  const failed = new Set(
    asked.filter(({ status }) => status.status === 'failed').map(({ request }) => request.documentId),
  );
  const read = written.filter(({ words }) => words !== null).length;
  const refused = orders.refusals.has(KEY);
  const never = written.filter(
    ({ page, words }) => words === null && (refused || failed.has(page.documentId)),
  ).length;
  return { read, never, toCome: written.length - read - never };
}

/** What is still to be printed of a job whose printer was switched off in the middle. */

import type { Portion } from './print-system.ts';
import type { PrintTicket } from './printer.ts';

/** `printed`: impressions out so far, copy after copy (collated). */
export function remainingPortions(ticket: PrintTicket, printed: number): readonly Portion[] {
  const { pages, copies } = ticket;
  const page = (printed % pages) + 1;
  const copy = Math.floor(printed / pages);
  if (copy >= copies) return [];
  if (page === 1) return [{ pages: null, copies: copies - copy }];
  const begun: Portion = { pages: { from: page, to: pages }, copies: 1 };
  return copy + 1 < copies ? [begun, { pages: null, copies: copies - copy - 1 }] : [begun];
}

/** Impressions that a portion makes. */
export function impressionsOf(ticket: PrintTicket, portion: Portion): number {
  const pages = portion.pages ? portion.pages.to - portion.pages.from + 1 : ticket.pages;
  return pages * portion.copies;
}

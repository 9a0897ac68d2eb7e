/**
 * How the counsellor lays the scanned pages out: in which order, which document each belongs to, which are set aside.
 * Pages are named by their original, so that a correction changes nothing here. Pure.
 */
import type { ScannedPage } from '#shared/protocol/scanned-pages.ts';
import type { ArrivedPage } from './order-reading.ts';

export interface ScanArrangement {
  /** Every page, those set aside as well: taken back, a page is where it was. */
  readonly order: readonly string[];
  /** Pages with which a document begins; the first page needs none. */
  readonly starts: ReadonlySet<string>;
  readonly aside: ReadonlySet<string>;
  /** First pages of documents whose two sides are not to be on one sheet. */
  readonly apart: ReadonlySet<string>;
}

/** What a scan was ordered for, beside its pages. */
export type ScanIntent =
  | { readonly kind: 'newDocument' }
  /** Its first page takes the place of this one, which is set aside. */
  | { readonly kind: 'replace'; readonly original: string };

export const emptyArrangement: ScanArrangement = {
  order: [],
  starts: new Set(),
  aside: new Set(),
  apart: new Set(),
};

/**
 * Pages that are not laid out yet are added at the end of what is there; empty ones are set aside at once. A scan for
 * another purpose begins another document: a card between two letters is neither's page.
 */
export function withArrived(
  before: ScanArrangement,
  arrived: readonly ArrivedPage[],
  intents: ReadonlyMap<string, ScanIntent>,
): ScanArrangement {
  const known = new Set(before.order);
  const purposes = new Map(arrived.map(({ page }) => [page.original, page.purpose]));
  const order = [...before.order];
  const starts = new Set(before.starts);
  const aside = new Set(before.aside);
  for (const { orderId, page } of arrived) {
    if (known.has(page.original)) continue;
    known.add(page.original);
    const intent = intents.get(orderId);
    const isFirst = arrived.find((one) => one.orderId === orderId)?.page === page;
    if (page.blank) aside.add(page.original);
    if (intent?.kind === 'replace' && order.includes(intent.original)) {
      // Behind the pages that the same scan already brought in its place.
      const mates = arrived.filter((one) => one.orderId === orderId).map((one) => one.page.original);
      const after = Math.max(order.indexOf(intent.original), ...mates.map((one) => order.indexOf(one)));
      order.splice(after + 1, 0, page.original);
      if (isFirst && !page.blank) {
        aside.add(intent.original);
        if (starts.delete(intent.original)) starts.add(page.original);
      }
      continue;
    }
    const last = order.at(-1);
    const otherPurpose = last !== undefined && purposes.get(last) !== page.purpose;
    if (last !== undefined && isFirst && (intent?.kind === 'newDocument' || otherPurpose))
      starts.add(page.original);
    order.push(page.original);
  }
  return order.length === before.order.length ? before : { ...before, order, starts, aside };
}

/** The originals of each document's pages; a document whose pages are all set aside is none. */
export function documentsOf({ order, starts, aside }: ScanArrangement): readonly (readonly string[])[] {
  const documents: string[][] = [];
  let begins = true;
  for (const original of order) {
    // A document begins with its first page that is not set aside.
    begins ||= starts.has(original);
    if (aside.has(original)) continue;
    if (begins) documents.push([]);
    begins = false;
    documents.at(-1)?.push(original);
  }
  return documents;
}

export function setAside(before: ScanArrangement, original: string, on: boolean): ScanArrangement {
  const aside = new Set(before.aside);
  if (on) aside.add(original);
  else aside.delete(original);
  return { ...before, aside };
}

/** One step towards the first or the last page; over the edge of a document it goes into the next one. */
export function moveStep(before: ScanArrangement, original: string, step: -1 | 1): ScanArrangement {
  const documents = documentsOf(before).map((pages) => [...pages]);
  const at = documents.findIndex((pages) => pages.includes(original));
  const here = documents[at];
  if (!here) return before;
  const index = here.indexOf(original);
  const to = index + step;
  here.splice(index, 1);
  if (to >= 0 && to <= here.length) here.splice(to, 0, original);
  else if (step < 0) (documents[at - 1] ?? here).splice(documents[at - 1]?.length ?? 0, 0, original);
  else (documents[at + 1] ?? here).splice(documents[at + 1] ? 0 : here.length, 0, original);
  return withDocuments(before, documents);
}

/** In the place of `target`, which goes one further. */
export function moveTo(before: ScanArrangement, original: string, target: string): ScanArrangement {
  if (original === target) return before;
  const documents = documentsOf(before).map((pages) => [...pages]);
  const from = documents.find((pages) => pages.includes(original));
  const into = documents.find((pages) => pages.includes(target));
  if (!from || !into) return before;
  const forward = from === into && from.indexOf(original) < into.indexOf(target);
  from.splice(from.indexOf(original), 1);
  into.splice(into.indexOf(target) + (forward ? 1 : 0), 0, original);
  return withDocuments(before, documents);
}

/** This page and those behind it, in its document, become a document of their own. */
export function splitBefore(before: ScanArrangement, original: string): ScanArrangement {
  return { ...before, starts: new Set([...before.starts, original]) };
}

/** The document that begins with this page becomes part of the one before it. */
export function joinToPrevious(before: ScanArrangement, first: string): ScanArrangement {
  const documents = documentsOf(before).map((pages) => [...pages]);
  const at = documents.findIndex((pages) => pages[0] === first);
  const [here, previous] = [documents[at], documents[at - 1]];
  if (!here || !previous) return before;
  previous.push(...here);
  documents.splice(at, 1);
  return withDocuments(before, documents);
}

export function setApart(before: ScanArrangement, first: string, on: boolean): ScanArrangement {
  const apart = new Set(before.apart);
  if (on) apart.add(first);
  else apart.delete(first);
  return { ...before, apart };
}

/** mm across: what is wider does not fit twice on a sheet at its true size, or is a page of its own. */
const SIDE_OF_CARD = 150;

/** Two sides of one card or passport, at their true size on one sheet, unless the counsellor wants them apart. */
export function areTwoSides(pages: readonly ScannedPage[]): boolean {
  return (
    pages.length === 2 &&
    pages.every(
      ({ purpose, width, height, resolution }) =>
        purpose === 'identity' && Math.max(width, height) < (SIDE_OF_CARD / 25.4) * resolution,
    )
  );
}

/** The pages set aside stay behind the page that they were behind. */
function withDocuments(before: ScanArrangement, documents: readonly (readonly string[])[]): ScanArrangement {
  const order: string[] = [];
  const behind = new Map<string | null, string[]>();
  let last: string | null = null;
  for (const original of before.order) {
    if (!before.aside.has(original)) last = original;
    else behind.set(last, [...(behind.get(last) ?? []), original]);
  }
  order.push(...(behind.get(null) ?? []));
  for (const original of documents.flat()) order.push(original, ...(behind.get(original) ?? []));
  const firsts = documents.flatMap((pages) => pages.slice(0, 1));
  return { ...before, order, starts: new Set(firsts) };
}

/** What can stand on the resident's receipt, from what this page knows of the visit. Pure. */
import type { OrderView, VisitView } from '#shared/protocol/views.ts';
import { ordersOf } from '../counsellor/order-reading.ts';
import type { receiptFr } from '../words/receipt-fr.ts';
import type { Receipt, ReceiptPageLine } from './receipt.ts';
import type { ReceiptNotes } from './receipt-notes.ts';

const SECTIONS = ['filed', 'signed', 'scanned', 'kept', 'printed', 'follow'] as const;
type Section = (typeof SECTIONS)[number];

export interface ReceiptLine extends ReceiptPageLine {
  readonly section: 'head' | Section;
}

interface Known {
  readonly visit: Pick<VisitView, 'body' | 'mairie' | 'counsellor'>;
  readonly orders: readonly OrderView[];
  readonly notes: ReturnType<ReceiptNotes['snapshot']>;
  /** Scanned pages that no saved file has. */
  readonly unsavedPages: number;
  readonly date: Date;
  readonly words: typeof receiptFr.page;
}

/** Everything but what the counsellor writes for it, in the order of the page. */
export function receiptLines({ visit, orders, notes, unsavedPages, date, words }: Known): ReceiptLine[] {
  const plain = (section: ReceiptLine['section'], id: string, text: string): ReceiptLine => ({
    ...{ section, id, text, digest: null },
  });
  const { counsellor, body, mairie } = visit;
  const lines = [plain('head', 'body', body)];
  if (counsellor) lines.push(plain('head', 'counsellor', words.counsellor(counsellor.name)));
  lines.push(plain('head', 'place', words.place(mairie)), plain('head', 'when', words.when(date)));
  for (const { key, kind, name, pages, digest } of notes.files)
    lines.push({ section: kind, id: key, text: words.file(withoutEnding(name), pages), digest });
  if (unsavedPages > 0) lines.push(plain('scanned', 'unsaved', words.unsavedPages(unsavedPages)));
  for (const [documentId, pages] of printedPages(orders)) {
    if (notes.receipts.has(documentId)) continue;
    const name = notes.names.get(documentId) ?? words.unnamed;
    lines.push(plain('printed', documentId, words.file(withoutEnding(name), pages)));
  }
  return lines;
}

/** Pages that left the printer, by document. */
export function printedPages(orders: readonly OrderView[]): ReadonlyMap<string, number> {
  const pages = new Map<string, number>();
  for (const { request, status } of ordersOf(orders, 'print')) {
    if (status.status !== 'done' || status.outcome.kind !== 'printed') continue;
    pages.set(request.documentId, (pages.get(request.documentId) ?? 0) + status.outcome.pages);
  }
  return pages;
}

/** The page itself: the lines that were not left out, and the counsellor's own. */
export function receiptOf(
  lines: readonly ReceiptLine[],
  { left, filed, follow }: Pick<Known['notes'], 'left' | 'filed' | 'follow'>,
  words: Known['words'],
): Receipt {
  const kept = lines.filter(({ id }) => !left.has(id));
  const page = ({ id, text, digest }: ReceiptLine): ReceiptPageLine => ({ id, text, digest });
  const own: Partial<Record<Section, string>> = { filed: filed.trim(), follow: follow.trim() };
  const sections = SECTIONS.flatMap((section) => {
    const text = own[section];
    const written = text ? [{ id: section, text, digest: null }] : [];
    const all = [...written, ...kept.filter((line) => line.section === section).map(page)];
    // What the counsellor wrote is never summed up.
    const more = text ? [] : all.map((_, at) => words.more(at + 1));
    return all.length > 0 ? [{ title: words.sections[section], lines: all, more }] : [];
  });
  return {
    title: words.title,
    head: kept.filter(({ section }) => section === 'head').map(page),
    sections,
    digestLabel: words.digest,
    digestNote: words.digestNote,
  };
}

function withoutEnding(name: string): string {
  return name.replace(/\.pdf$/i, '');
}

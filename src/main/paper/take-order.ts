/** Fetches a document from the console and checks it: nothing of it is drawn or printed before. */

import type { OrderStatus } from '#shared/protocol.ts';
import type { DocumentLimits } from './contract.ts';
import { checkBytes } from './document-check.ts';
import { type DocumentPull, pullDocument } from './document-pull.ts';
import type { DocumentShelf } from './document-shelf.ts';
import type { BookedOrder } from './order-book.ts';
import { failed } from './outcomes.ts';
import type { PdfDesk } from './pdf-desk.ts';

export interface TakeDeps {
  readonly limits: DocumentLimits;
  readonly shelf: DocumentShelf;
  readonly pdfs: PdfDesk;
  /** Documents being fetched, by id: where their ranges are brought to. */
  readonly pulls: Map<string, DocumentPull>;
  readonly want: (documentId: string, offset: number, length: number) => void;
}

export interface TakeRequest {
  readonly documentId: string;
  readonly size: number;
  readonly sha256: string;
}

export async function takeDocument(
  { limits, shelf, pdfs, pulls, want }: TakeDeps,
  { documentId, size, sha256 }: TakeRequest,
  { signal, say }: BookedOrder,
): Promise<OrderStatus> {
  const held = shelf.get(documentId);
  if (held?.kind === 'taken') return taken(held.pages);
  if (size > limits.documentBytes || !shelf.hasRoom(size)) return failed('documentTooBig');
  if (pulls.has(documentId)) return failed('deviceTaken');
  const pull = pullDocument({
    size,
    limits,
    signal,
    want: (offset, length) => want(documentId, offset, length),
    onProgress: (received) => say({ status: 'underWay', progress: { kind: 'taking', received } }),
  });
  pulls.set(documentId, pull);
  const pulled = await pull.result;
  pulls.delete(documentId);
  if (!pulled.ok) return failed(pulled.failure.code);
  const wrong = checkBytes(pulled.value, sha256);
  if (wrong) return failed(wrong);
  const checked = await pdfs.check(documentId, pulled.value, limits.pages);
  if (signal.aborted) return failed('cancelled');
  if (!checked.ok) return failed(checked.failure.code);
  // Another may have filled the room meanwhile.
  if (!shelf.hasRoom(size)) return failed('documentTooBig');
  shelf.put(documentId, { kind: 'taken', bytes: pulled.value, pages: checked.value.pages });
  return taken(checked.value.pages);
}

function taken(pages: number): OrderStatus {
  return { status: 'done', outcome: { kind: 'taken', pages } };
}

/** Reads the words of one scanned page, and offers them like a document. */
import { randomUUID } from 'node:crypto';
import { sealedSize } from '#sealing/sealed-document.ts';
import type { OrderStatus } from '#shared/protocol/orders.ts';
import type { DocumentShelf } from './document-shelf.ts';
import type { BookedOrder } from './order-book.ts';
import { failed } from './outcomes.ts';
import type { TextReader } from './text-reader.ts';

export async function readPage(
  reader: TextReader,
  shelf: DocumentShelf,
  documentId: string,
  { signal }: BookedOrder,
): Promise<OrderStatus> {
  const page = shelf.get(documentId);
  if (page?.kind !== 'scanned') return failed('documentGone');
  const words = await reader.read(page.bytes, signal);
  if (!words.ok) return failed(words.failure.code);
  const bytes = new TextEncoder().encode(JSON.stringify(words.value));
  if (!shelf.hasRoom(bytes.length)) return failed('documentNoRoom');
  const wordsId = randomUUID();
  shelf.put(wordsId, { kind: 'scanned', bytes, pages: 1 });
  return {
    status: 'done',
    outcome: { kind: 'read', words: { documentId: wordsId, size: sealedSize(bytes.length) } },
  };
}

/** Fetches a document from the console and has it opened: nothing of it is drawn or printed before. */
import type { FileHandle } from 'node:fs/promises';
import { plainOffset, plainSize } from '#sealing/sealed-document.ts';
import type { DocumentLimits } from '#shared/configuration/document-limits.ts';
import type { FailureCode } from '#shared/failure.ts';
import type { OrderRequest, OrderStatus } from '#shared/protocol/orders.ts';
import { isNoRoom } from '../no-room.ts';
import type { PagePress } from '../pages/page-press.ts';
import { checkFile } from './document-check.ts';
import type { DocumentKeys } from './document-keys.ts';
import { type DocumentPull, pullDocument } from './document-pull.ts';
import { type DocumentShelf, namelessFile } from './document-shelf.ts';
import type { BookedOrder } from './order-book.ts';
import { failed } from './outcomes.ts';

export interface TakeDeps {
  readonly limits: DocumentLimits;
  readonly shelf: DocumentShelf;
  readonly press: PagePress;
  readonly keys: DocumentKeys;
  /** The visit's folder in memory. */
  readonly folder: string;
  /** Documents being fetched, by id: where their ranges are brought to. */
  readonly pulls: Map<string, DocumentPull>;
  readonly want: (documentId: string, offset: number, length: number) => void;
}

type TakeRequest = Extract<OrderRequest, { kind: 'take' }>;

/** Of the way of a document: each is stored by the hub and shown by every console, which an eye follows no faster. */
const STEPS = 40;

export async function takeDocument(
  deps: TakeDeps,
  request: TakeRequest,
  order: BookedOrder,
): Promise<OrderStatus> {
  const { limits, shelf, pulls, folder } = deps;
  const { documentId } = request;
  const held = shelf.get(documentId);
  if (held?.kind === 'taken') return taken(held.pages, held.fitted);
  const size = plainSize(request.size);
  if (size === null) return failed('documentDamaged');
  if (size > limits.documentBytes) return failed('documentTooBig');
  if (!shelf.hasRoom(size)) return failed('documentNoRoom');
  if (pulls.has(documentId)) return failed('deviceTaken');
  let file: FileHandle | null = null;
  let status: OrderStatus = failed('documentNoRoom');
  try {
    file = await namelessFile(folder, documentId);
    status = await fetchInto(file, size, deps, request, order);
  } catch (error) {
    if (!isNoRoom(error)) throw error;
  } finally {
    // What there is of it makes room again.
    if (status.status === 'failed') await file?.close();
  }
  return status;
}

async function fetchInto(
  file: FileHandle,
  size: number,
  { limits, shelf, press, keys, pulls, want }: TakeDeps,
  request: TakeRequest,
  { signal, say }: BookedOrder,
): Promise<OrderStatus> {
  const { documentId } = request;
  const opened = await keys.openerOf(request, size, signal);
  if (!opened.ok) return failed(opened.failure.code);
  let toldAt = 0;
  const pull = pullDocument({
    size: request.size,
    limits,
    signal,
    want: (offset, length) => want(documentId, offset, length),
    async keep(offset, sealed) {
      const at = plainOffset(offset);
      const plain = at === null ? null : await opened.value.open(offset, sealed);
      if (at === null || !plain) return 'documentDamaged';
      return writeWhole(file, plain, at);
    },
    onProgress(received) {
      if (received < toldAt + request.size / STEPS) return;
      toldAt = received;
      say({ status: 'underWay', progress: { kind: 'taking', received } });
    },
  });
  pulls.set(documentId, pull);
  const pulled = await pull.result.finally(() => pulls.delete(documentId));
  if (!pulled.ok) return failed(pulled.failure.code);
  const wrong = await checkFile(file, size);
  if (wrong) return failed(wrong);
  const checked = await press.open(documentId, file.fd, limits.pages);
  if (signal.aborted) return failed('cancelled');
  if (!checked.ok) return failed(checked.failure.code);
  // Another may have filled the room meanwhile.
  if (!shelf.hasRoom(size)) return failed('documentNoRoom');
  const { pages, fitted } = checked.value;
  shelf.put(documentId, { kind: 'taken', file, size, pages, fitted });
  press.drawAhead(documentId, pages);
  return taken(pages, fitted);
}

/** Null: all of it is there. A folder that is nearly full takes the first bytes, and refuses the rest. */
async function writeWhole(file: FileHandle, bytes: Uint8Array, at: number): Promise<FailureCode | null> {
  try {
    for (let done = 0; done < bytes.length; ) {
      done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
    }
    return null;
  } catch (error) {
    if (!isNoRoom(error)) throw error;
    return 'documentNoRoom';
  }
}

function taken(pages: number, fitted: readonly number[]): OrderStatus {
  return { status: 'done', outcome: { kind: 'taken', pages, fitted: [...fitted] } };
}

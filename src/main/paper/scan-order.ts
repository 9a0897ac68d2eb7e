/** Scans, keeping each page as soon as it is there: a feeder that jams on page 4 costs page 4. */
import { randomUUID } from 'node:crypto';
import { sealedSize } from '#sealing/sealed-document.ts';
import type { OrderStatus, ScannedPage } from '#shared/protocol.ts';
import type { ScannedSheet, Scanner, ScanRequest } from '../scanner/scanner.ts';
import type { DocumentShelf } from './document-shelf.ts';
import type { BookedOrder } from './order-book.ts';
import { failed } from './outcomes.ts';

/** `scanner` null: none is configured. `folder`: in memory. `offer`: tells the consoles a page's key. */
export async function scanPages(
  scanner: Scanner | null,
  shelf: DocumentShelf,
  folder: string,
  offer: (documentId: string, size: number) => void,
  { source, mode, resolution }: ScanRequest,
  { signal, say }: BookedOrder,
): Promise<OrderStatus> {
  if (!scanner) return failed('scannerAbsent');
  const pages: ScannedPage[] = [];
  const full = new AbortController();
  let at = { page: 1, percent: 0 };
  const tell = (): void =>
    say({ status: 'underWay', progress: { kind: 'scanning', ...at, pages: [...pages] } });
  const keep = (sheet: ScannedSheet): void => {
    const { jpeg, width, height } = sheet;
    if (!shelf.hasRoom(jpeg.length)) {
      full.abort();
      return;
    }
    const documentId = randomUUID();
    shelf.put(documentId, { kind: 'scanned', bytes: jpeg, pages: 1 });
    const size = sealedSize(jpeg.length);
    pages.push({ documentId, size, width, height, resolution: sheet.resolution });
    offer(documentId, jpeg.length);
    tell();
  };
  tell();
  const result = await scanner.scan(
    { source, mode, resolution },
    {
      signal: AbortSignal.any([signal, full.signal]),
      folder,
      onProgress: (progress) => {
        at = progress;
        tell();
      },
      onPage: keep,
    },
  );
  if (result.ok && !full.signal.aborted) return { status: 'done', outcome: { kind: 'scanned', pages } };
  const code = full.signal.aborted ? 'documentTooBig' : result.ok ? 'scanFailed' : result.failure.code;
  return { status: 'failed', code, pages };
}

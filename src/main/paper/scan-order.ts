/** Scans, keeping each page as soon as it is there: a feeder that jams on page 4 costs page 4. */
import type { OrderRequest, OrderStatus } from '#shared/protocol/orders.ts';
import type { ScannedPage, ScanSource } from '#shared/protocol/scanned-pages.ts';
import type { ScannedSheet, Scanner } from '../scanner/scanner.ts';
import { SCAN_PURPOSES } from '../sheets/scan-purposes.ts';
import type { DocumentShelf } from './document-shelf.ts';
import { createGrowingPreview } from './growing-preview.ts';
import type { BookedOrder } from './order-book.ts';
import { failed } from './outcomes.ts';
import type { ScannedSheets } from './scanned-sheets.ts';

/** ms. The scanner says hundreds of times a page where it is: a bar that is looked at needs few of them. */
const BAR_PACE = 250;

export interface ScanDeps {
  /** Null: none is configured. */
  readonly scanner: Scanner | null;
  readonly shelf: DocumentShelf;
  readonly sheets: ScannedSheets;
  /** In memory. */
  readonly folder: string;
}

export async function scanPages(
  { scanner, shelf, sheets, folder }: ScanDeps,
  { purpose, source }: Extract<OrderRequest, { kind: 'scan' }>,
  { signal, say }: BookedOrder,
): Promise<OrderStatus> {
  if (!scanner) return failed('scannerAbsent');
  const pages: ScannedPage[] = [];
  const full = new AbortController();
  let at = { page: 1, percent: 0 };
  let place: ScanSource = source;
  let waking = false;
  let over = false;
  let movedAt = Number.NEGATIVE_INFINITY;
  const growing = createGrowingPreview(shelf, () => tell());
  const tell = (): void => {
    if (over) return;
    say({
      status: 'underWay',
      progress: {
        ...{ kind: 'scanning', ...at, source: place, growing: growing.latest(), pages: [...pages] },
        ...(waking && { waking }),
      },
    });
  };
  const keep = async (sheet: ScannedSheet): Promise<void> => {
    const kept = await sheets.keep(sheet, purpose);
    if (!kept.ok) {
      full.abort();
      return;
    }
    pages.push(kept.value);
    // A feeder may be at the next one already: then what grows is that one.
    if (at.page <= pages.length) growing.clear();
    tell();
  };
  tell();
  const { mode, resolution } = SCAN_PURPOSES[purpose];
  const result = await scanner.scan(
    { source, mode, resolution },
    {
      signal: AbortSignal.any([signal, full.signal]),
      folder,
      onWaking: (now) => {
        waking = now;
        tell();
      },
      onPlace: (found) => {
        place = found;
        tell();
      },
      onProgress: (progress) => {
        const now = performance.now();
        const isLater = progress.page === at.page && now - movedAt < BAR_PACE;
        at = progress;
        if (isLater) return;
        movedAt = now;
        tell();
      },
      onGrowth: growing.show,
      onPage: keep,
    },
  );
  over = true;
  growing.clear();
  if (result.ok && !full.signal.aborted) return { status: 'done', outcome: { kind: 'scanned', pages } };
  const code = full.signal.aborted ? 'scanNoRoom' : result.ok ? 'scanFailed' : result.failure.code;
  return { status: 'failed', code, pages };
}

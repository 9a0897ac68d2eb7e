/** Printing to be signed, within a visit: the desk shows where, and each page that is scanned is looked at by itself. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { currentScan, isOpen, scannedPagesOf, takeStateOf } from '../counsellor/order-reading.ts';
import { setAside } from '../counsellor/scan-arrangement.ts';
import type { KeptPage, ScanResult } from '../counsellor/use-scan-result.ts';
import type { VisitOrders } from '../counsellor/use-visit-orders.ts';
import { fileDigest } from '../file-digest.ts';
import { saveFile } from '../save-file.ts';
import type { VisitPapers } from '../visit-papers.ts';
import { signingWords } from '../words/words.ts';
import { awaitPicture } from './await-picture.ts';
import type { SignSpot } from './sign-spots.ts';
import type { SheetVerdict, Signing } from './signings.ts';

export interface VisitSigning {
  readonly signings: readonly Signing[];
  /** The last scan brought a page that has no code of these forms. */
  readonly isStranger: boolean;
  readonly begin: (signing: Omit<Signing, 'sheets' | 'saved'>) => void;
  readonly showWhere: (signing: Signing, spot: SignSpot) => void;
  readonly printAgain: (signing: Signing) => void;
  readonly scan: () => void;
  readonly isScanning: boolean;
  readonly accept: (signing: Signing, page: number) => void;
  /** Whether the copy was made. */
  readonly save: (signing: Signing) => Promise<boolean>;
  readonly stop: (signing: Signing) => void;
}

export function useSigning(papers: VisitPapers, orders: VisitOrders, result: ScanResult): VisitSigning {
  const { signings: store, sheetDesk, pictures, live, receiptNotes } = papers;
  const { signings, looked, strangers } = useSyncExternalStore(store.subscribe, store.snapshot);
  const pages = result.documents.flatMap((document) => document.pages);
  const awaiting = signings.some((signing) => signing.saved === null);
  const lastScan = currentScan(orders.orders);
  const isScanning = orders.isOnItsWay('scan') || (lastScan !== undefined && isOpen(lastScan));
  const next = awaiting
    ? pages.find((kept) => isToBeLookedAt(kept) && !looked.has(kept.page.documentId))
    : undefined;
  const isStranger = scannedPagesOf(orders.orders).some(
    ({ orderId, page }) => orderId === lastScan?.orderId && strangers.has(page.documentId),
  );
  const shown = useRef(new Set<string>());
  const [busy, setBusy] = useState(false);

  // One after the other, as they come.
  useEffect(() => {
    if (!next || busy) return;
    setBusy(true);
    void look(next).finally(() => setBusy(false));
  });

  // As soon as the terminal has the form: the page to sign lies on the desk while it is printed.
  useEffect(() => {
    for (const signing of signings) {
      const { documentId, spots } = signing;
      const [spot] = spots;
      if (!spot || shown.current.has(documentId)) continue;
      if (takeStateOf(orders.orders, documentId).kind !== 'taken') continue;
      shown.current.add(documentId);
      showWhere(signing, spot);
    }
  });

  function showWhere({ documentId }: Signing, spot: SignSpot): void {
    orders.place(`show:${documentId}`, { kind: 'show', documentId, page: spot.page });
    live.publish({ documentId, marks: [], focus: null, pointer: null, signHere: spot });
  }

  async function look({ page, state }: KeptPage): Promise<void> {
    if (state.kind !== 'here') return;
    const scan = new Blob([state.bytes], { type: 'image/jpeg' });
    const code = await sheetDesk.code(scan);
    const signing = code && store.snapshot().signings.find(({ number }) => number === code.number);
    const codePlace = signing?.codePlaces[code?.page ? code.page - 1 : -1];
    store.noteLooked(page.documentId, !codePlace);
    if (!code || !signing || !codePlace) return;
    const { number, documentId, spots } = signing;
    const before = signing.sheets[code.page - 1]?.original;
    // It came in the place of another one, which is not to be saved any more.
    if (before && before !== page.original) result.arrange((now) => setAside(now, before, true));
    store.setSheet(number, code.page, { original: page.original, verdict: null, isAccepted: false });
    const printed = await awaitPicture(pictures, documentId, code.page);
    const places = spots.filter((spot) => spot.page === code.page).map(({ place }) => place);
    const sheet = { scan, resolution: page.resolution, corners: code.corners, codePlace, places };
    const seen = printed && (await sheetDesk.check({ printed, ...sheet }));
    store.setSheet(number, code.page, { verdict: verdictOf(seen) });
  }

  async function save(signing: Signing): Promise<boolean> {
    const { assembleScan } = await import('../counsellor/scan-assembly.ts');
    // Once saved they are set aside; they can be saved again.
    const all = [...pages, ...result.aside];
    const back = signing.sheets.flatMap(
      ({ original }) => all.find(({ page }) => page.original === original) ?? [],
    );
    const sheets = back.flatMap(({ page, state, words }) =>
      state.kind === 'here'
        ? [
            [
              {
                jpeg: state.bytes,
                width: page.width,
                height: page.height,
                resolution: page.resolution,
                words,
              },
            ],
          ]
        : [],
    );
    if (sheets.length === 0 || sheets.length < back.length) return false;
    const bytes = await assembleScan(sheets, { date: new Date(), archive: false });
    if (!bytes) return false;
    const name = signingWords.signedName(signing.name);
    const digest = await fileDigest(bytes);
    saveFile(name, bytes, 'application/pdf');
    receiptNotes.keep({
      key: `signed:${signing.number}`,
      kind: 'signed',
      name,
      pages: sheets.length,
      digest,
    });
    store.setSaved(signing.number, { name, digest });
    // They are in a file: nothing of them is left to be saved.
    result.arrange((before) => back.reduce((now, { page }) => setAside(now, page.original, true), before));
    live.publish(null);
    return true;
  }

  return {
    signings,
    isStranger,
    isScanning,
    showWhere,
    save,
    begin: (signing) =>
      store.begin(
        signing,
        pages.map(({ page }) => page.documentId),
      ),
    printAgain: ({ documentId }) =>
      orders.place(`print:${documentId}`, { kind: 'print', documentId, copies: 1 }),
    scan() {
      live.publish(null);
      orders.place('scan', { kind: 'scan', purpose: 'letter', source: 'auto' });
    },
    accept: ({ number }, page) => store.setSheet(number, page, { isAccepted: true }),
    stop({ number }) {
      live.publish(null);
      store.stop(number);
    },
  };
}

function isToBeLookedAt({ page, state }: KeptPage): boolean {
  return state.kind === 'here' && page.purpose === 'letter';
}

function verdictOf(
  seen: { kind: 'different' } | { kind: 'marks'; marks: readonly ('signed' | 'faint' | 'none')[] } | null,
): SheetVerdict {
  if (!seen) return 'unknown';
  if (seen.kind === 'different') return 'different';
  if (seen.marks.length === 0) return 'back';
  if (seen.marks.includes('none')) return 'unsigned';
  return seen.marks.includes('faint') ? 'faint' : 'signed';
}

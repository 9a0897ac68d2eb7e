/** The papers of the visit on this side, sealed on their way: what was opened, what was scanned, what the pages look like. */
import { type ConsoleSeal, createConsoleSeal, type VisitTerminal } from '#sealing/console-seal.ts';
import type { ConsoleView } from '#shared/protocol/views.ts';
import { createOpenedDocuments, type OpenedDocuments } from './documents.ts';
import { createFillDrafts, type FillDrafts } from './fill-drafts.ts';
import { createFormWorkshop, type FormWorkshop } from './forms/form-workshop.ts';
import type { HubLink } from './hub-link.ts';
import { listenerSet } from './listener-set.ts';
import { createLiveLine, type LiveLine } from './live-line.ts';
import { createPagePictures, type PagePictures } from './page-pictures.ts';
import { createReceiptNotes, type ReceiptNotes } from './receipt/receipt-notes.ts';
import { createScannedPages, type ScannedPages } from './scanned-pages.ts';
import { createSealedPuller } from './sealed-puller.ts';
import { createSheetDesk, type SheetDesk } from './signing/sheet-desk.ts';
import { createSignings, type Signings } from './signing/signings.ts';

export interface VisitPapers {
  readonly documents: OpenedDocuments;
  readonly scans: ScannedPages;
  readonly pictures: PagePictures;
  /** What is being filled or written. */
  readonly drafts: FillDrafts;
  /** What the desk shows of it meanwhile. */
  readonly live: LiveLine;
  /** What the resident's receipt may say. */
  readonly receiptNotes: ReceiptNotes;
  /** What was printed to be signed, and who looks at it when it is back. */
  readonly signings: Signings;
  readonly sheetDesk: SheetDesk;
  /** Where PDFs are made. */
  readonly workshop: FormWorkshop;
  readonly seal: Pick<ConsoleSeal, 'state'> & {
    readonly subscribe: (listener: () => void) => () => void;
  };
  /** Nothing of a visit outlives it. */
  readonly clear: () => void;
  readonly close: () => void;
}

export function openVisitPapers(link: HubLink): VisitPapers {
  const listeners = listenerSet<void>();
  const seal: ConsoleSeal = createConsoleSeal({
    say: link.sendDocumentMessage,
    onChange: () => {
      live.again();
      listeners.tell();
    },
  });
  const puller = createSealedPuller(link, seal);
  const documents = createOpenedDocuments(link, seal);
  const scans = createScannedPages(puller);
  const pictures = createPagePictures({ link, seal, puller });
  const workshop = createFormWorkshop();
  const drafts = createFillDrafts(workshop);
  const receiptNotes = createReceiptNotes();
  const signings = createSignings();
  const live = createLiveLine(link, seal);
  const stops = [
    documents.subscribe(() => receiptNotes.remember(documents.snapshot())),
    link.subscribe(() => void seal.follow(terminalOf(link.snapshot().view))),
    link.onOpen(() => {
      seal.again();
      live.again();
    }),
    link.onDocumentMessage((message) => void seal.receive(message)),
  ];

  function clear(): void {
    documents.clear();
    scans.clear();
    pictures.clear();
    drafts.clear();
    receiptNotes.clear();
    signings.clear();
    live.publish(null);
  }

  return {
    documents,
    scans,
    pictures,
    drafts,
    receiptNotes,
    signings,
    sheetDesk: createSheetDesk(),
    workshop,
    live,
    seal: { state: seal.state, subscribe: listeners.add },
    clear,
    close() {
      for (const stop of stops) stop();
      clear();
      pictures.close();
      scans.close();
      documents.close();
      puller.close();
      seal.close();
    },
  };
}

/** The terminal of this counsellor's visit in call; null: there is none. */
export function terminalOf(view: ConsoleView | null): VisitTerminal | null {
  if (view?.role !== 'counsellor' || !view.current) return null;
  const { terminal, visit } = view.current;
  const { visitId } = visit;
  // A report of before this visit has the key of another.
  const visitKey = terminal.report?.visitId === visitId ? (terminal.report.visitKey ?? null) : null;
  return { terminalId: terminal.terminalId, visitId, enrolmentKey: terminal.publicKey, visitKey };
}

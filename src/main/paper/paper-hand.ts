/** What the paper process does with each message of main (contract.ts). */

import { assertNever } from '#shared/assert-never.ts';
import { fail, type Result, succeed } from '#shared/failure.ts';
import type { Order } from '#shared/protocol.ts';
import { createPrinter } from '../printer/create-printer.ts';
import { createScanner } from '../scanner/create-scanner.ts';
import type { MainToPaper, PaperConfig, PaperToMain, Picture } from './contract.ts';
import type { DocumentPull } from './document-pull.ts';
import { createDocumentShelf } from './document-shelf.ts';
import { createOrderBook } from './order-book.ts';
import { failed } from './outcomes.ts';
import { createPdfDesk } from './pdf-desk.ts';
import { encodePicture } from './picture.ts';
import { printDocument } from './print-order.ts';
import { readPage } from './read-order.ts';
import { scanPages } from './scan-order.ts';
import { createScannedSheets } from './scanned-sheets.ts';
import { takeDocument } from './take-order.ts';
import type { TextReader } from './text-reader.ts';

export interface PaperHand {
  readonly receive: (message: Exclude<MainToPaper, { type: 'start' }>) => void;
}

/** `pdfWorker`: a module that runs pdf-worker.ts in a thread. */
export function createPaperHand(
  config: PaperConfig,
  pdfWorker: URL,
  reader: TextReader,
  send: (message: PaperToMain) => void,
): PaperHand {
  const { limits, folder } = config;
  const shelf = createDocumentShelf(limits.heldBytes);
  const sheets = createScannedSheets(shelf);
  const pdfs = createPdfDesk(pdfWorker, limits.drawMs);
  const printer = createPrinter(config.printer);
  const scanner = createScanner(config.scanner);
  // The encoder's first picture costs more than the others: not the first one that somebody waits for.
  void encodePicture({ pixels: new Uint8Array(4), width: 1, height: 1 }, 1);
  const pulls = new Map<string, DocumentPull>();
  const book = createOrderBook((orderId, status) => send({ type: 'status', orderId, status }));
  const want = (documentId: string, offset: number, length: number): void =>
    send({ type: 'want', documentId, offset, length });

  function order({ orderId, request }: Order, resumed: boolean): void {
    book.run(orderId, async (booked) => {
      switch (request.kind) {
        case 'take':
          return takeDocument({ limits, shelf, pdfs, pulls, want }, request, booked);
        case 'print':
          return printDocument(printer, shelf, { ...request, orderId, resumed }, booked);
        case 'scan':
          if (resumed) return failed('interrupted');
          return scanPages({ scanner, shelf, sheets, folder }, request, booked);
        case 'correct': {
          const corrected = await sheets.correct(request.original, request.corrections);
          if (!corrected.ok) return failed(corrected.failure.code);
          return { status: 'done', outcome: { kind: 'corrected', page: corrected.value } };
        }
        case 'read':
          return readPage(reader, shelf, request.documentId, booked);
        case 'cancel':
          return (await book.cancel(request.orderId))
            ? { status: 'done', outcome: { kind: 'cancelled' } }
            : failed('notFound');
        case 'show':
        case 'clearDesk':
        case 'selfView':
        case 'subtitles':
          return failed('unexpected');
      }
    });
  }

  function read(documentId: string, offset: number, length: number): Result<Uint8Array<ArrayBuffer>> {
    const document = shelf.get(documentId);
    return document ? succeed(document.bytes.slice(offset, offset + length)) : fail('documentGone');
  }

  async function draw(message: Extract<MainToPaper, { type: 'draw' }>): Promise<Result<Picture>> {
    const { documentId, page, maxWidth, maxHeight } = message;
    const document = shelf.get(documentId);
    if (document?.kind !== 'taken') return fail('documentGone');
    const drawn = await pdfs.draw(documentId, document.bytes, page, maxWidth, maxHeight);
    return drawn.ok ? succeed(await encodePicture(drawn.value, document.pages)) : drawn;
  }

  return {
    receive(message) {
      switch (message.type) {
        case 'order':
          return order(message.order, message.resumed);
        case 'range':
          return pulls.get(message.documentId)?.range(message.offset, message.bytes);
        case 'gone':
          return pulls.get(message.documentId)?.gone();
        case 'relinked':
          for (const pull of pulls.values()) pull.relinked();
          return;
        case 'read': {
          const { requestId, documentId, offset, length } = message;
          return send({ type: 'ranged', requestId, result: read(documentId, offset, length) });
        }
        case 'draw': {
          const { requestId } = message;
          draw(message).then(
            (result) => send({ type: 'drawn', requestId, result }),
            (error: unknown) => {
              console.error(error);
              send({ type: 'drawn', requestId, result: fail('documentBroken') });
            },
          );
          return;
        }
        case 'stop': {
          const { requestId } = message;
          void book.cancelAll().then(() => send({ type: 'stopped', requestId }));
          return;
        }
        case 'ping':
          return send({ type: 'pong', requestId: message.requestId });
        default:
          return assertNever(message);
      }
    },
  };
}

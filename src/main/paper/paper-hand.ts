/** What the paper process does with each message of main (contract.ts). */

import { assertNever } from '#shared/assert-never.ts';
import { deskLive } from '#shared/desk-live.ts';
import { fail, type Result, succeed } from '#shared/failure.ts';
import type { DocumentToConsole, DocumentToTerminal } from '#shared/protocol/documents.ts';
import type { Order, OrderStatus } from '#shared/protocol/orders.ts';
import { pictureFile } from '../pages/page-picture.ts';
import { createPagePress } from '../pages/page-press.ts';
import type { Sandbox } from '../pages/sandbox.ts';
import { parseJson } from '../parse-json.ts';
import { createPrinter } from '../printer/create-printer.ts';
import { createScanner } from '../scanner/create-scanner.ts';
import { createAims } from './aim-order.ts';
import type { MainToPaper, PaperConfig, PaperToMain, Picture } from './contract.ts';
import { createDocumentKeys } from './document-keys.ts';
import type { DocumentPull } from './document-pull.ts';
import { createDocumentShelf } from './document-shelf.ts';
import { type BookedOrder, createOrderBook } from './order-book.ts';
import { failed } from './outcomes.ts';
import { createOutgoing } from './outgoing.ts';
import { type PrintRequest, printDocument } from './print-order.ts';
import { readPage } from './read-order.ts';
import { scanPages } from './scan-order.ts';
import { createScannedSheets } from './scanned-sheets.ts';
import { takeDocument } from './take-order.ts';
import type { TextReader } from './text-reader.ts';
import { createTurns } from './turns.ts';
import { createVisitSeal } from './visit-seal.ts';

export interface PaperHand {
  readonly receive: (message: Exclude<MainToPaper, { type: 'start' }>) => void;
}

export async function createPaperHand(
  config: PaperConfig,
  sandbox: Sandbox,
  reader: TextReader,
  send: (message: PaperToMain) => void,
): Promise<PaperHand> {
  const { limits, folder } = config;
  const shelf = createDocumentShelf(limits.heldBytes, offer);
  const press = createPagePress({ sandbox, limitMs: limits.drawMs, keepBytes: limits.pictureBytes });
  const say = (message: DocumentToConsole): void => send({ type: 'say', message });
  const seal = await createVisitSeal({
    say,
    onCode: (code) => send({ type: 'checkCode', code }),
  });
  const keys = createDocumentKeys({
    seal,
    say,
    patienceMs: limits.takeSilenceMs,
  });
  const outgoing = createOutgoing(shelf, press, seal);
  const sheets = createScannedSheets(shelf);
  const aims = createAims(sheets, seal.openShot);
  const printer = createPrinter(config.printer);
  const scanner = createScanner(config.scanner);
  const pulls = new Map<string, DocumentPull>();
  const prints = createTurns();
  const book = createOrderBook((orderId, status) => send({ type: 'status', orderId, status }));
  const want = (documentId: string, offset: number, length: number): void =>
    send({ type: 'want', documentId, offset, length });

  function order({ orderId, request }: Order, resumed: boolean): void {
    book.run(orderId, async (booked) => {
      switch (request.kind) {
        case 'take':
          return takeDocument({ limits, shelf, press, keys, folder, pulls, want }, request, booked);
        case 'print':
          return printInTurn({ ...request, orderId, resumed }, booked);
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
        case 'aim':
          return resumed ? failed('interrupted') : aims.run(orderId, booked);
        case 'keepShot':
          return aims.keep(request.original);
        case 'dropShot':
          return aims.drop(request.original);
        case 'cancel':
          return (await book.cancel(request.orderId))
            ? { status: 'done', outcome: { kind: 'cancelled' } }
            : failed('notFound');
        case 'show':
        case 'clearDesk':
        case 'selfView':
        case 'subtitles':
        case 'shoot':
          return failed('unexpected');
      }
    });
  }

  /** One paper comes out after the other, and the one that waits says so. */
  async function printInTurn(request: PrintRequest, booked: BookedOrder): Promise<OrderStatus> {
    const pages = (shelf.get(request.documentId)?.pages ?? 1) * request.copies;
    const wait = (): void =>
      booked.say({
        status: 'underWay',
        progress: { kind: 'printing', state: 'held', printed: 0, pages, reasons: ['printWaitsTurn'] },
      });
    const work = () => printDocument({ printer, shelf, press }, request, booked);
    return (await prints.take(booked.signal, wait, work)) ?? failed('cancelled');
  }

  /** What goes wrong with it is a bug: the key is asked for again. */
  function offer(documentId: string, size: number): void {
    seal.offer(documentId, size).catch((error: unknown) => console.error(error));
  }

  async function hearLive({
    documentId,
    offset,
    bytes,
  }: Extract<MainToPaper, { type: 'range' }>): Promise<void> {
    const plain = await seal.openLive({ documentId, offset, payload: bytes });
    if (!plain) return;
    const live = deskLive.nullable().safeParse(parseJson(plain));
    if (live.success) send({ type: 'live', live: live.data });
    else console.error('What a console says of the sheet does not match the contract');
  }

  async function hear(message: DocumentToTerminal): Promise<void> {
    switch (message.type) {
      case 'document.gone':
        keys.gone(message.documentId);
        return pulls.get(message.documentId)?.gone();
      case 'documentKey':
        return keys.heard(message);
      case 'seal.commit':
      case 'seal.reveal':
        return seal.receive(message);
      case 'documentKey.want':
      case 'page.want': {
        const answer = await outgoing.answer(message);
        if (answer) say(answer);
        return;
      }
      case 'document.want':
        return; // Main asks for the range.
      default:
        assertNever(message);
    }
  }

  async function draw(message: Extract<MainToPaper, { type: 'draw' }>): Promise<Result<Picture>> {
    const { documentId, page } = message;
    const document = shelf.get(documentId);
    if (document?.kind !== 'taken') return fail('documentGone');
    const drawn = await press.draw(documentId, page);
    if (!drawn.ok) return drawn;
    const { width, height } = drawn.value;
    return succeed({ ...pictureFile(drawn.value), width, height, pages: document.pages });
  }

  send({ type: 'visitKey', publicKey: seal.publicKey });
  return {
    receive(message) {
      switch (message.type) {
        case 'order':
          return order(message.order, message.resumed);
        case 'range':
          if (pulls.has(message.documentId)) {
            return pulls.get(message.documentId)?.range(message.offset, message.bytes);
          }
          hearLive(message).catch((error: unknown) => console.error(error));
          return;
        case 'heard':
          hear(message.message).catch((error: unknown) => console.error(error));
          return;
        case 'shot':
          return aims.receive(message.aim, message.result);
        case 'relinked':
          for (const pull of pulls.values()) pull.relinked();
          return;
        case 'read': {
          const { requestId, documentId, offset } = message;
          void orFail(outgoing.read(documentId, offset)).then((result) =>
            send({ type: 'ranged', requestId, result }),
          );
          return;
        }
        case 'draw': {
          const { requestId } = message;
          void orFail(draw(message)).then((result) => send({ type: 'drawn', requestId, result }));
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

/** A bug is for the log of this process's owner; whoever asked is answered all the same. */
async function orFail<T>(work: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work;
  } catch (error) {
    console.error(error);
    return fail('unexpected');
  }
}

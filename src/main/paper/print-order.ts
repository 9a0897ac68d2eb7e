/** Prints a taken document, or follows the job that an earlier process sent for the same order. */
import type { OrderStatus } from '#shared/protocol.ts';
import { imagePdf } from '../pages/image-pdf.ts';
import type { PagePress } from '../pages/page-press.ts';
import type { Printer } from '../printer/printer.ts';
import type { DocumentShelf } from './document-shelf.ts';
import type { BookedOrder } from './order-book.ts';
import { failed } from './outcomes.ts';

export interface PrintDeps {
  /** Null: none is configured. */
  readonly printer: Printer | null;
  readonly shelf: DocumentShelf;
  readonly press: PagePress;
}

export interface PrintRequest {
  readonly orderId: string;
  readonly documentId: string;
  readonly copies: number;
  /** An earlier process had begun it. */
  readonly resumed: boolean;
}

/** What goes to the printer is the pages' pictures, the ones that were shown: nothing of the PDF itself. */
export async function printDocument(
  { printer, shelf, press }: PrintDeps,
  { orderId, documentId, copies, resumed }: PrintRequest,
  { signal, say }: BookedOrder,
): Promise<OrderStatus> {
  if (!printer) return failed('printerAbsent');
  const document = shelf.get(documentId);
  const control = {
    signal,
    onProgress: (progress: Extract<OrderStatus, { status: 'underWay' }>['progress']) =>
      say({ status: 'underWay', progress }),
  };
  if (resumed) {
    // The pages went with the earlier process; the print system may know how many there are.
    const pages = document?.pages ?? 1;
    const followed = await printer.resume({ name: orderId, pages, copies }, control);
    if (!followed) return failed('interrupted');
    return followed.ok ? printed(followed.value.pages) : failed(followed.failure.code);
  }
  if (document?.kind !== 'taken') return failed('documentGone');
  const { pages } = document;
  const pdf = () => imagePdf(pages, (page) => press.draw(documentId, page));
  const result = await printer.print({ name: orderId, pages, copies, pdf }, control);
  return result.ok ? printed(result.value.pages) : failed(result.failure.code);
}

function printed(pages: number): OrderStatus {
  return { status: 'done', outcome: { kind: 'printed', pages } };
}

/** Prints a taken document, or follows the job that an earlier process sent for the same order. */
import type { Result } from '#shared/failure.ts';
import type { PrintOptions } from '#shared/printing.ts';
import type { OrderStatus } from '#shared/protocol/orders.ts';
import { imagePdf } from '../pages/image-pdf.ts';
import type { PagePicture } from '../pages/page-picture.ts';
import type { PagePress } from '../pages/page-press.ts';
import type { SheetMargins } from '../pages/sheet-layout.ts';
import { layOut } from '../pages/sheet-layout.ts';
import type { Printer, PrintSetting } from '../printer/printer.ts';
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
  /** Absent: as the terminal is set up. */
  readonly options?: PrintOptions | undefined;
  /** An earlier process had begun it. */
  readonly resumed: boolean;
}

/** What goes to the printer is the pages' pictures, the ones that were shown: nothing of the PDF itself. */
export async function printDocument(
  { printer, shelf, press }: PrintDeps,
  { orderId, documentId, copies, options, resumed }: PrintRequest,
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
    return followed.ok ? printed(followed.value.pages, 1) : failed(followed.failure.code);
  }
  if (document?.kind !== 'taken') return failed('documentGone');
  const { pages } = document;
  const margins = (await printer.traits())?.margins ?? null;
  let smallest = 1;
  const pdf = () =>
    imagePdf(
      pages,
      (page) => press.draw(documentId, page),
      (picture) => {
        const layout = layOut(picture, margins);
        smallest = Math.min(smallest, layout.scale);
        return layout;
      },
    );
  const setting = await settingOf(options, margins, () => press.draw(documentId, 1));
  const result = await printer.print({ name: orderId, pages, copies, pdf, setting }, control);
  return result.ok ? printed(result.value.pages, smallest) : failed(result.failure.code);
}

/** Sheets are turned over as pages of a book: along the side that is the longer one for upright pages. */
async function settingOf(
  options: PrintOptions | undefined,
  margins: SheetMargins | null,
  firstPage: () => Promise<Result<PagePicture>>,
): Promise<PrintSetting> {
  const laidOut = margins !== null;
  if (!options) return { sides: null, colourMode: null, tray: null, laidOut };
  const { twoSided, grey, tray } = options;
  const first = twoSided ? await firstPage() : null;
  const lying = first?.ok === true && first.value.width > first.value.height;
  const over = lying ? 'two-sided-short-edge' : 'two-sided-long-edge';
  return { sides: twoSided ? over : 'one-sided', colourMode: grey ? 'monochrome' : null, tray, laidOut };
}

/** `scale`: of the smallest page; what is less than half a percent nobody sees. */
function printed(pages: number, scale: number): OrderStatus {
  const percent = Math.round(scale * 100);
  const reduced = percent < 100 && { reducedTo: Math.max(1, percent) };
  return { status: 'done', outcome: { kind: 'printed', pages, ...reduced } };
}

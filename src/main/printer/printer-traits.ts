/** What the queue says that the printer can do, and where on an A4 sheet it can print. */
import { type PrinterAbilities, trayName } from '#shared/printing.ts';
import type { SheetMargins } from '../pages/sheet-layout.ts';
import type { IppClient } from './ipp-client.ts';
import { ippNumber, ippStrings } from './ipp-client.ts';

export interface PrinterTraits {
  readonly abilities: PrinterAbilities;
  /** Of an upright A4 sheet; null: the printer does not say. */
  readonly margins: SheetMargins | null;
}

/** PWG 5100.7 §6.9 (media-col-ready: what is in the trays; media-col-database: all that it may be). */
const ASKED = [
  'sides-supported',
  'print-color-mode-supported',
  'color-supported',
  'media-source-supported',
  'media-col-ready',
  'media-col-database',
];
/** Hundredths of a millimetre, as media-col counts. */
const A4 = { wide: 21_000, high: 29_700 };
const TRAYS_SHOWN = 12;

/** Null: the print system does not answer, or has no such queue. */
export async function askTraits(
  queue: IppClient,
  usual: PrinterAbilities['usual'],
): Promise<PrinterTraits | null> {
  const answer = await queue.ask({
    operation: 'Get-Printer-Attributes',
    attributes: { 'requested-attributes': ASKED },
  });
  const found = answer?.succeeded ? answer.group('printer-attributes-tag')[0] : undefined;
  if (!found) return null;
  const modes = ippStrings(found['print-color-mode-supported']);
  const colour = found['color-supported'] === true;
  const trays = ippStrings(found['media-source-supported']).filter(
    (name) => name !== 'auto' && trayName.safeParse(name).success,
  );
  return {
    abilities: {
      twoSided: ippStrings(found['sides-supported']).includes('two-sided-long-edge'),
      colour,
      grey: !colour || modes.includes('monochrome'),
      trays: trays.length > 1 ? trays.slice(0, TRAYS_SHOWN) : [],
      usual,
    },
    margins: marginsOf(found['media-col-ready']) ?? marginsOf(found['media-col-database']),
  };
}

/** The widest of each side: which of several trays a sheet comes from is the printer's to choose. */
function marginsOf(media: unknown): SheetMargins | null {
  const sheets = (Array.isArray(media) ? media : [media]).filter(isA4);
  const widest = (side: string): number | null => {
    const given = sheets.map((sheet) => ippNumber(sheet[side] as number)).filter((one) => one !== null);
    return given.length > 0 ? Math.max(...given) / 100 : null;
  };
  const [top, right, bottom, left] = ['top', 'right', 'bottom', 'left'].map((side) =>
    widest(`media-${side}-margin`),
  );
  if (top == null || right == null || bottom == null || left == null) return null;
  return { top, right, bottom, left };
}

function isA4(media: unknown): media is Readonly<Record<string, unknown>> {
  if (typeof media !== 'object' || media === null || !('media-size' in media)) return false;
  const size = media['media-size'];
  if (typeof size !== 'object' || size === null) return false;
  return (
    'x-dimension' in size &&
    'y-dimension' in size &&
    size['x-dimension'] === A4.wide &&
    size['y-dimension'] === A4.high
  );
}

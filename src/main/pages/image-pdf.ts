/**
 * A PDF that holds nothing but page pictures, written from its first byte to its last so that it is sent to the printer
 * while the later pages are still being drawn. ISO 32000-1, 7.5 (file structure) and 8.9 (images).
 */
import { fail, type Result, succeed } from '#shared/failure.ts';
import { PAPER_DPI, UNITS_PER_INCH } from './contract.ts';
import type { PagePicture } from './page-picture.ts';
import type { SheetLayout } from './sheet-layout.ts';

const CATALOG = 1;
const PAGES = 2;
const OBJECTS_A_PAGE = 3;

/**
 * Each picture where `layOut` puts it on its sheet. Ends with the failure of the first page that cannot be had; what
 * came before is then no PDF.
 */
export async function* imagePdf(
  pages: number,
  draw: (page: number) => Promise<Result<PagePicture>>,
  layOut: (picture: PagePicture) => SheetLayout,
): AsyncGenerator<Result<Uint8Array>> {
  const offsets: number[] = [];
  let length = 0;
  const write = (text: string, data?: Uint8Array, after = ''): Result<Uint8Array> => {
    const piece = Buffer.concat([
      Buffer.from(text, 'latin1'),
      data ?? Buffer.alloc(0),
      Buffer.from(after, 'latin1'),
    ]);
    length += piece.length;
    return succeed(piece);
  };
  const object = (number: number, content: string, data?: Uint8Array): Result<Uint8Array> => {
    offsets[number] = length;
    return data
      ? write(`${number} 0 obj\n${content}\nstream\n`, data, '\nendstream\nendobj\n')
      : write(`${number} 0 obj\n${content}\nendobj\n`);
  };
  const firstOf = (page: number): number => PAGES + 1 + (page - 1) * OBJECTS_A_PAGE;

  // Four bytes above 127: whoever carries the file treats it as binary (7.5.2).
  yield write('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n');
  yield object(CATALOG, `<</Type/Catalog/Pages ${PAGES} 0 R>>`);
  const kids = Array.from({ length: pages }, (_, index) => `${firstOf(index + 1)} 0 R`);
  yield object(PAGES, `<</Type/Pages/Count ${pages}/Kids[${kids.join(' ')}]>>`);
  for (let page = 1; page <= pages; page += 1) {
    const drawn = await draw(page);
    if (!drawn.ok) {
      yield fail(drawn.failure.code);
      return;
    }
    const first = firstOf(page);
    const { mediaBox, placed } = inPoints(layOut(drawn.value));
    yield object(
      first,
      `<</Type/Page/Parent ${PAGES} 0 R/MediaBox[0 0 ${mediaBox.join(' ')}]/Resources<</XObject<</P ${first + 2} 0 R>>>>/Contents ${first + 1} 0 R>>`,
    );
    const content = Buffer.from(placed, 'latin1');
    yield object(first + 1, `<</Length ${content.length}>>`, content);
    yield object(first + 2, imageDictionary(drawn.value), drawn.value.data);
  }
  const start = length;
  const entries = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const count = entries.length + 1;
  yield write(
    `xref\n0 ${count}\n0000000000 65535 f \n${entries.join('')}trailer\n<</Size ${count}/Root ${CATALOG} 0 R>>\nstartxref\n${start}\n%%EOF\n`,
  );
}

function imageDictionary({ width, height, channels, coding, data }: PagePicture): string {
  const filter =
    coding === 'jpeg'
      ? '/Filter/DCTDecode'
      : `/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors ${channels}/BitsPerComponent 8/Columns ${width}>>`;
  const space = channels === 1 ? '/DeviceGray' : '/DeviceRGB';
  return `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace${space}/BitsPerComponent 8${filter}/Length ${data.length}>>`;
}

function inPoints({ sheet, left, top, width, height }: SheetLayout): {
  readonly mediaBox: readonly string[];
  readonly placed: string;
} {
  const points = (pixels: number): string => ((pixels / PAPER_DPI) * UNITS_PER_INCH).toFixed(3);
  return {
    mediaBox: [points(sheet.width), points(sheet.height)],
    placed: `q ${points(width)} 0 0 ${points(height)} ${points(left)} ${points(sheet.height - top - height)} cm /P Do Q`,
  };
}

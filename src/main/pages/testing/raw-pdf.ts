/** PDFs written object by object, so that they can be wrong in one place and right everywhere else. */
import { deflateSync } from 'node:zlib';

export interface RawObject {
  readonly dictionary: string;
  /** Deflated where `dictionary` says so. */
  readonly stream?: Uint8Array;
}

export interface RawPdfOptions {
  /** Changes where the cross-reference table says that each object is. */
  readonly offset?: (offset: number, number: number) => number;
}

/** Objects from number 1; the first is the catalog. */
export function rawPdf(objects: readonly RawObject[], options: RawPdfOptions = {}): Buffer {
  const { offset = (at) => at } = options;
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  for (const [index, { dictionary, stream }] of objects.entries()) {
    offsets.push(length());
    parts.push(Buffer.from(`${index + 1} 0 obj\n`, 'latin1'));
    if (stream) {
      const inside = dictionary.replace(/>>$/, `/Length ${stream.length}>>`);
      parts.push(
        Buffer.from(`${inside}\nstream\n`, 'latin1'),
        Buffer.from(stream),
        Buffer.from('\nendstream'),
      );
    } else parts.push(Buffer.from(dictionary, 'latin1'));
    parts.push(Buffer.from('\nendobj\n'));
  }
  const start = length();
  const lines = offsets.map((at, index) => `${String(offset(at, index + 1)).padStart(10, '0')} 00000 n \n`);
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines.join('')}trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`,
      'latin1',
    ),
  );
  return Buffer.concat(parts);
}

export interface OnePage {
  readonly content: string | Uint8Array;
  /** Entries of the page's dictionary beside those that every page has. */
  readonly page?: string;
  readonly resources?: string;
  /** Of the catalog. */
  readonly catalog?: string;
  /** From object 5 on. */
  readonly more?: readonly RawObject[];
  readonly mediaBox?: string;
}

/** One page with this content stream: objects 1 catalog, 2 pages, 3 page, 4 content. */
export function onePagePdf(page: OnePage, options: RawPdfOptions = {}): Buffer {
  const content = typeof page.content === 'string' ? Buffer.from(page.content, 'latin1') : page.content;
  return rawPdf(
    [
      { dictionary: `<</Type/Catalog/Pages 2 0 R${page.catalog ?? ''}>>` },
      { dictionary: '<</Type/Pages/Count 1/Kids[3 0 R]>>' },
      {
        dictionary: `<</Type/Page/Parent 2 0 R/MediaBox[${page.mediaBox ?? '0 0 595 842'}]/Contents 4 0 R/Resources<<${page.resources ?? HELVETICA}>>${page.page ?? ''}>>`,
      },
      { dictionary: '<</Filter/FlateDecode>>', stream: new Uint8Array(deflateSync(content)) },
      ...(page.more ?? []),
    ],
    options,
  );
}

export const HELVETICA =
  '/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>';

/** Text at a place, in points. */
export function text(words: string, x: number, y: number, size = 24): string {
  return `BT /F ${size} Tf ${x} ${y} Td (${words}) Tj ET\n`;
}

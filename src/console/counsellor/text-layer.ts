/** Text over a scanned picture that is found and copied, and not seen (text rendering mode 3, ISO 32000-1, 9.3.6). */
import {
  beginText,
  endText,
  type PDFFont,
  PDFNumber,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  setFontAndSize,
  setTextMatrix,
  setTextRenderingMode,
  showText,
  TextRenderingMode,
} from '@cantoo/pdf-lib';
import type { PageWords } from '#shared/page-words.ts';

interface Placed {
  readonly words: PageWords;
  /** PDF units, from the page's lower left corner to the picture's. */
  readonly x: number;
  readonly y: number;
  /** PDF units. */
  readonly height: number;
  /** PDF units to a pixel of the picture. */
  readonly scale: number;
}

/** Each word as wide and as high as it is on the picture. Signs that the font does not know are left out. */
export function addTextLayer(page: PDFPage, font: PDFFont, { words, x, y, height, scale }: Placed): void {
  const known = new Set(font.getCharacterSet());
  const name = page.node.newFontDictionary(font.name, font.ref);
  const operators: PDFOperator[] = [beginText(), setTextRenderingMode(TextRenderingMode.Invisible)];
  for (const word of words) {
    const text = [...word.text].filter((sign) => known.has(sign.codePointAt(0) ?? 0)).join('');
    const size = word.height * scale;
    if (text === '' || size <= 0 || word.width === 0) continue;
    const stretch = (word.width * scale) / font.widthOfTextAtSize(text, size);
    operators.push(
      setFontAndSize(name, size),
      PDFOperator.of(PDFOperatorNames.SetTextHorizontalScaling, [PDFNumber.of(stretch * 100)]),
      setTextMatrix(1, 0, 0, 1, x + word.x * scale, y + height - (word.y + word.height) * scale),
      showText(font.encodeText(text)),
    );
  }
  page.pushOperators(...operators, endText());
}

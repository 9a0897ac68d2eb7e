/**
 * The letters that fields are written in. Helvetica, which every PDF reader has, holds all of French (WinAnsi: œ, €,
 * ’, « » too); what it lacks, such as ș or Ł or Cyrillic in a name, is written in an embedded Noto Sans.
 */
import { type PDFDocument, type PDFFont, StandardFonts } from '@cantoo/pdf-lib';

/** The font's bytes; loaded only when a text needs it. */
export type LoadWideFont = () => Promise<Uint8Array>;

export interface FormFonts {
  /** The font that can write all of it, or null where none can. */
  readonly fontFor: (text: string) => Promise<PDFFont | null>;
  readonly bold: () => Promise<PDFFont>;
}

export function formFonts(document: PDFDocument, loadWide: LoadWideFont): FormFonts {
  let usual: Promise<PDFFont> | undefined;
  let heavy: Promise<PDFFont> | undefined;
  let wide: Promise<PDFFont> | undefined;

  async function embedWide(): Promise<PDFFont> {
    const [fontkit, bytes] = await Promise.all([import('@cantoo/fontkit'), loadWide()]);
    document.registerFontkit(fontkit);
    return document.embedFont(bytes, { subset: true });
  }

  return {
    fontFor: async (text) => {
      usual ??= document.embedFont(StandardFonts.Helvetica);
      if (canWrite(await usual, text)) return usual;
      wide ??= embedWide();
      return canWrite(await wide, text) ? wide : null;
    },
    bold: () => {
      heavy ??= document.embedFont(StandardFonts.HelveticaBold);
      return heavy;
    },
  };
}

function canWrite(font: PDFFont, text: string): boolean {
  const known = new Set(font.getCharacterSet());
  return [...text].every((character) => character === '\n' || known.has(character.codePointAt(0) ?? 0));
}

/**
 * The same text in characters that fonts have: accents joined to their letters, thin spaces as ordinary no-break ones,
 * nothing invisible.
 */
export function writableText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u202f\u2007]/g, '\u00a0')
    .replace(/[\u2000-\u2006\u2008-\u200a\t]/g, ' ')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu, '');
}

/** A paper of our own before its first line: the document and the two weights of the one font that can write all of it. */
import { PDFDocument, type PDFFont } from '@cantoo/pdf-lib';
import type { FilledPdf } from '../forms/fill-pdf.ts';
import { formFonts, type LoadWideFont, writableText } from '../forms/form-fonts.ts';

/** A4, points. */
export const PAPER = { width: 595.28, height: 841.89 };

export interface PaperOptions {
  readonly loadWideFont: LoadWideFont;
  readonly title: string;
  /** The file's own date. */
  readonly date: Date;
}

export interface StartedPaper {
  readonly document: PDFDocument;
  readonly regular: PDFFont;
  readonly bold: PDFFont;
}

/**
 * `texts`: all that will be written on it, each with the name by which the counsellor knows it; `signs`: what is drawn
 * beside. What no font can write is told by its name, and there is no paper then.
 */
export async function startPaper(
  texts: readonly { readonly name: string; readonly text: string }[],
  { loadWideFont, title, date }: PaperOptions,
  signs = '',
): Promise<{ readonly paper: StartedPaper } | { readonly unwritten: FilledPdf['unwritten'] }> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setTitle(title);
  document.setLanguage('fr-FR');
  document.setCreationDate(date);
  const fonts = formFonts(document, loadWideFont);
  const fontFor = (text: string) => fonts.fontFor(writableText(text));
  const checked = await Promise.all(
    texts.map(async ({ name, text }) => ((await fontFor(text)) ? [] : [{ name, why: 'letters' as const }])),
  );
  const unwritten = checked.flat();
  if (unwritten.length > 0) return { unwritten };
  const regular = await fontFor(texts.map(({ text }) => text).join('') + signs);
  if (!regular) throw new Error('Each part can be written, and all of them together cannot.');
  // The wide font comes in one weight.
  const bold = regular === (await fonts.fontFor('')) ? await fonts.bold() : regular;
  return { paper: { document, regular, bold } };
}

/** The finished document: the counsellor's PDF with what was typed and laid on it. */
import { type PDFDocument, PDFName } from '@cantoo/pdf-lib';
import type { DeskPlace } from '#shared/desk-live.ts';
import { fail, type Result, succeed } from '#shared/failure.ts';
import { stampCode } from '../signing/stamp-code.ts';
import type { FillDraft } from './fill-draft.ts';
import { flattenForm } from './flatten-form.ts';
import { type FormFonts, formFonts, type LoadWideFont } from './form-fonts.ts';
import { layMarks } from './lay-marks.ts';
import { openPdf } from './open-pdf.ts';
import { type Unwritten, writeFields } from './write-fields.ts';

export interface FillCode {
  /** Ten digits. */
  readonly number: string;
  readonly places: readonly DeskPlace[];
}

export interface FillOptions {
  /** Fields become part of the pages. */
  readonly flatten: boolean;
  readonly loadWideFont: LoadWideFont;
  /** "Signez ici", as printed. */
  readonly signWords: string;
  /** To be found again when it comes back signed: the number, and the code's place on each page. */
  readonly code: FillCode | null;
}

export interface FilledPdf {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Fields (by name) and laid texts (by id) that are not on the paper as they were typed: do not print. */
  readonly unwritten: readonly Unwritten[];
}

/** Failures: documentEncrypted, documentTooManyPages, documentBroken. */
export async function fillPdf(
  bytes: Uint8Array,
  { values, laid, signHere }: Pick<FillDraft, 'values' | 'laid' | 'signHere'>,
  { flatten, loadWideFont, signWords, code }: FillOptions,
): Promise<Result<FilledPdf>> {
  const opened = await openPdf(bytes);
  if (!opened.ok) return opened;
  const document = opened.value;
  try {
    const fonts = formFonts(document, loadWideFont);
    const hasForm = document.catalog.has(PDFName.of('AcroForm'));
    const unwritten = hasForm ? await writeFields(document, values, fonts) : [];
    if (flatten && hasForm) flattenForm(document);
    const unlaid = await layMarks(document, { laid, signHere }, fonts, signWords);
    if (code) await stampCodes(document, code, fonts);
    // Drawn already; the library's own choice of letters is not ours.
    const saved = await document.save({ updateFieldAppearances: false });
    return succeed({ bytes: new Uint8Array(saved), unwritten: [...unwritten, ...unlaid] });
  } catch {
    // The library throws wherever a document's objects are not what they should be.
    return fail('documentBroken');
  }
}

async function stampCodes(
  document: PDFDocument,
  { number, places }: FillCode,
  fonts: FormFonts,
): Promise<void> {
  const digits = await fonts.fontFor('');
  for (const [at, page] of document.getPages().entries()) {
    const place = places[at];
    if (place && digits) stampCode(page, { number, page: at + 1 }, place, digits);
  }
}

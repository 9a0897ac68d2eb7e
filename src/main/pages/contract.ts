/**
 * The contract between the paper process and the sandboxed process that opens one PDF (pages-process.ts) and dies with
 * it. What comes out of there was made beside a hostile file: it is checked with these schemas, and nothing of it is
 * ever run or opened again as a PDF.
 */
import { z } from 'zod';
import { failureCodeSchema } from '#shared/failure.ts';

/** Dots per inch of every page's picture: what paper shows. */
export const PAPER_DPI = 300;

/** PDF user space: 72 units to the inch (ISO 32000-1, 8.3.2.3). */
export const UNITS_PER_INCH = 72;

/** A4 (ISO 216), in pixels at PAPER_DPI. */
export const A4_PIXELS = { short: 2480, long: 3508 };

/** Number of the file descriptor under which the process finds the PDF, open for reading. */
export const DOCUMENT_FD = 4;

/** Bytes of one page's coded rows at most: every pixel of an A4 page in colour, and what coding may add to that. */
const MOST_CODED = A4_PIXELS.short * A4_PIXELS.long * 3 + 1024 * 1024;

export const pagesQuestion = z.discriminatedUnion('kind', [
  /** First question. Can the document be opened, and may it be printed? */
  z.strictObject({ kind: z.literal('open'), maxPages: z.number().int().positive() }),
  z.strictObject({ kind: z.literal('draw'), page: z.number().int().min(1) }),
]);
export type PagesQuestion = z.infer<typeof pagesQuestion>;

/** What is not white on a page: the smallest box around it, in pixels; right and bottom are the first white ones. */
const inkBox = z.strictObject({
  left: z.number().int().min(0).max(A4_PIXELS.long),
  top: z.number().int().min(0).max(A4_PIXELS.long),
  right: z.number().int().min(0).max(A4_PIXELS.long),
  bottom: z.number().int().min(0).max(A4_PIXELS.long),
});
export type InkBox = z.infer<typeof inkBox>;

/** A page at PAPER_DPI in its true size, or smaller where it is larger than A4. */
export const drawnPage = z.strictObject({
  /** Pixels. */
  width: z.number().int().min(1).max(A4_PIXELS.long),
  height: z.number().int().min(1).max(A4_PIXELS.long),
  /** 1: grey · 3: red, green, blue; 8 bits each. */
  channels: z.union([z.literal(1), z.literal(3)]),
  /** Null: the page is white. */
  ink: inkBox.nullable(),
  /**
   * The rows from the top, each after a byte 0, deflated (RFC 1950): the form that both a PNG's IDAT (ISO 15948, filter
   * type 0) and a PDF's FlateDecode with a PNG predictor have, so that the screen and the paper get the same bytes.
   */
  rows: z.custom<Uint8Array<ArrayBuffer>>(
    (value) => value instanceof Uint8Array && value.length <= MOST_CODED,
  ),
});
export type DrawnPage = z.infer<typeof drawnPage>;

const openedDocument = z.strictObject({
  pages: z.number().int().positive(),
  /** Pages (from 1) that are larger than A4 and are made smaller to fit: the first few of them. */
  fitted: z.array(z.number().int().positive()).max(20),
});
export type OpenedDocument = z.infer<typeof openedDocument>;

const failed = z.strictObject({
  ok: z.literal(false),
  failure: z.strictObject({ code: failureCodeSchema }),
});

/** In the order of the questions. */
export const openAnswer = z.union([z.strictObject({ ok: z.literal(true), value: openedDocument }), failed]);
export const drawAnswer = z.union([z.strictObject({ ok: z.literal(true), value: drawnPage }), failed]);

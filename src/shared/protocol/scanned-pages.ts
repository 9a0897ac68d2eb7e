/** Pages that the terminal scanned or photographed: what the console asks for, and what it is given. */
import { z } from 'zod';
import { id } from './fields.ts';

/** What is scanned: the terminal chooses colours and resolution by it. */
export const scanPurpose = z.enum(['letter', 'identity', 'photo']);
export type ScanPurpose = z.infer<typeof scanPurpose>;
/** auto: the feeder where there is paper in it, the glass otherwise. */
export const scanSource = z.enum(['auto', 'flatbed', 'feeder']);
export type ScanSource = z.infer<typeof scanSource>;

/** Degrees, clockwise: more than this is no paper laid a little askew. */
export const MOST_SKEW = 15;

/** Pixels of an original; a corner of a paper may lie a little outside of the picture. */
const corner = z.strictObject({
  x: z.number().min(-20_000).max(20_000),
  y: z.number().min(-20_000).max(20_000),
});

/** What makes a scanned page pleasant to read; all of it is made from the same original, so that all of it can be undone. */
export const pageCorrections = z.strictObject({
  /** The part that is kept, in pixels of the original; null: all. */
  crop: z
    .union([
      /** A rectangle laid askew: a paper on the scanner's glass. */
      z.strictObject({
        /** Its centre. */
        x: z.number(),
        y: z.number(),
        width: z.number().positive(),
        height: z.number().positive(),
        /** By how much it lies askew, in degrees clockwise. */
        angle: z.number().min(-MOST_SKEW).max(MOST_SKEW),
      }),
      /** A paper as a camera sees it: drawn as the rectangle that it is, `ratio` times as wide as it is high. */
      z.strictObject({
        topLeft: corner,
        topRight: corner,
        bottomRight: corner,
        bottomLeft: corner,
        ratio: z.number().min(0.1).max(10),
      }),
    ])
    .nullable(),
  /** How far the page lies askew, in degrees clockwise: it is turned back by as much. */
  angle: z.number().min(-MOST_SKEW).max(MOST_SKEW),
  /** Quarter turns, in degrees clockwise, after the rest. */
  turn: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  /** The paper is made white. */
  cleaned: z.boolean(),
});
export type PageCorrections = z.infer<typeof pageCorrections>;

/** What the terminal holds for the console; its sealed bytes are asked for with document.want, their key is `documentKey`. */
export const heldDocument = {
  documentId: id,
  /** Bytes as sealed. */
  size: z.number().int().positive(),
};
export type HeldDocument = z.infer<z.ZodObject<typeof heldDocument>>;

/** A JPEG. */
const heldPicture = {
  ...heldDocument,
  /** Pixels. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
};

/** A page that the scanner delivered, corrected. */
export const scannedPage = z.strictObject({
  ...heldPicture,
  /** Dots per inch. */
  resolution: z.number().int().positive(),
  purpose: scanPurpose,
  /** The page as the scanner saw it, kept until the end of the visit: what `correct` names. The same for every picture of it. */
  original: id,
  /** What was done in this picture, and what the terminal had found. */
  corrections: pageCorrections,
  found: pageCorrections,
  /** There is nothing on it. */
  blank: z.boolean(),
});
export type ScannedPage = z.infer<typeof scannedPage>;

/** The page under way as far as the scanner has seen it, small. Each replaces the one before, which is soon gone. */
export const growingPage = z.strictObject({
  ...heldPicture,
  /** Pixels that it will be high when the page is whole. */
  wholeHeight: z.number().int().positive(),
});
export type GrowingPage = z.infer<typeof growingPage>;

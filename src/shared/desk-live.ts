/**
 * What the counsellor does on the sheet, as the desk draws it over the page's picture. Always the whole state: the
 * newest one wins, and losing one or drawing one twice changes nothing. What is typed is personal: never in a log.
 */
import { z } from 'zod';

/** Bytes of JSON, so that a state fits in one message of the console's link. */
export const DESK_LIVE_LIMIT = 200_000;

/** 0 to 1 of the page as it is shown (turned and cropped), from its top left corner. */
const fraction = z.number().min(0).max(1);

export const deskPlace = z.strictObject({ x: fraction, y: fraction, width: fraction, height: fraction });
export type DeskPlace = z.infer<typeof deskPlace>;

export const deskMark = z.strictObject({
  /** From 1. */
  page: z.number().int().min(1).max(10_000),
  place: deskPlace,
  /** `tick` is drawn as a cross where `text` is not empty; a `highlight` colours its place. */
  kind: z.enum(['text', 'tick', 'highlight']),
  /** What the page asks for there, in the counsellor's words; empty where nothing is known. */
  label: z.string().max(200),
  text: z.string().max(4_000),
  /** Of the letters, as a fraction of the page's height; null: as large as the place allows. */
  size: fraction.nullable(),
  /** Cells of equal width, one character each; null: ordinary writing. */
  comb: z.number().int().min(1).max(200).nullable(),
  multiline: z.boolean(),
  align: z.enum(['left', 'center', 'right']),
  /** The page's picture shows something else there: it is covered with white first. */
  covers: z.boolean(),
});
export type DeskMark = z.infer<typeof deskMark>;

const spot = z.strictObject({ page: z.number().int().min(1).max(10_000), x: fraction, y: fraction });

export const deskLive = z
  .strictObject({
    documentId: z.uuid(),
    marks: z.array(deskMark).max(1_000),
    /** Which of `marks` is being written: shown large beside the sheet. */
    focus: z.number().int().min(0).nullable(),
    /** "Here": a ring on the page, which the desk also shows enlarged. Comes before `focus`. */
    pointer: spot.nullable(),
    /** Where the resident will sign. Shown large when nothing is pointed at or written. */
    signHere: z.strictObject({ page: spot.shape.page, place: deskPlace }).nullable(),
  })
  .refine(({ marks, focus }) => focus === null || focus < marks.length, 'focus is one of the marks')
  .refine((live) => JSON.stringify(live).length <= DESK_LIVE_LIMIT, 'too much for one message');
export type DeskLive = z.infer<typeof deskLive>;

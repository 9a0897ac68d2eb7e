/** Information sheets: what a body writes, what the search answers. Plain text in blocks; there is no HTML anywhere. */
import { z } from 'zod';
import { calendarDay, id, instant, shortText } from './fields.ts';

/** More than the longest sheet of service-public.fr, and no more. */
export const SHEET_LIMITS = { blocks: 1_000, items: 200, paragraph: 4_000, item: 1_000 } as const;

/** What a database can keep as text. */
const plain = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !/[\0\p{Surrogate}]/u.test(text));
const line = plain(300);
const items = z.array(plain(SHEET_LIMITS.item)).min(1).max(SHEET_LIMITS.items);

/** Only https: a clerk's browser is led nowhere where the way can be changed. */
export const sheetAddress = z.url({ protocol: /^https$/ }).max(1_000);

export const sheetBlock = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), level: z.union([z.literal(1), z.literal(2)]), text: line }),
  z.strictObject({ kind: z.literal('paragraph'), text: plain(SHEET_LIMITS.paragraph) }),
  z.strictObject({ kind: z.literal('list'), items }),
  /** Numbered, one after the other. */
  z.strictObject({ kind: z.literal('steps'), items }),
  z.strictObject({ kind: z.literal('link'), text: line, address: sheetAddress }),
]);
export type SheetBlock = z.infer<typeof sheetBlock>;

/** A day of the calendar, "2026-11-23". */

export const sheetTitle = plain(200);
export const sheetSummary = plain(500);
export const sheetContent = z.array(sheetBlock).min(1).max(SHEET_LIMITS.blocks);

/** What a counsellor writes. */
export const sheetBody = z.strictObject({
  title: sheetTitle,
  summary: sheetSummary,
  content: sheetContent,
  /** From this day on the sheet is marked, and the body's counsellors are asked to read it again. */
  reviewOn: calendarDay,
});
export type SheetBody = z.infer<typeof sheetBody>;

/** A change of what was written at `basedOn`: refused (sheetChanged) where somebody else changed it meanwhile. */
export const sheetChangeBody = z.strictObject({ ...sheetBody.shape, basedOn: instant });
export const favouriteBody = z.strictObject({ favourite: z.boolean() });
export const sheetSearchQuery = z.strictObject({ words: z.string().trim().max(200) });

export const sheetLine = z.strictObject({
  sheetId: id,
  title: sheetTitle,
  summary: sheetSummary,
  /** The body that wrote it; null: imported from service-public.fr. */
  body: shortText.nullable(),
  writtenAt: instant,
  /** Its day of review has come. */
  toReview: z.boolean(),
  /** Of the asking clerk's mairie; false for everybody else. */
  favourite: z.boolean(),
  /** Of the asking counsellor's body: may be changed and withdrawn. */
  own: z.boolean(),
});
export type SheetLine = z.infer<typeof sheetLine>;

export const sheetView = z.strictObject({
  ...sheetLine.shape,
  content: sheetContent,
  author: shortText,
  /** Null: imported, and reviewed where it comes from. */
  reviewOn: calendarDay.nullable(),
  /** Where it was imported from. */
  address: sheetAddress.nullable(),
});
export type SheetView = z.infer<typeof sheetView>;

export const sheetsAnswer = z.strictObject({ sheets: z.array(sheetLine) });
export const sheetWrittenAnswer = z.strictObject({ sheetId: id });

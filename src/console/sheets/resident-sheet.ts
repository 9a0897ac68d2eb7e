/** A sheet as the resident reads it and takes it home: plain data, ready to be set in very large type. */
import { z } from 'zod';
import { type SheetView, sheetBlock } from '#shared/protocol/sheets.ts';
import type { sheetsFr } from '../words/sheets-fr.ts';

export const residentSheet = z.strictObject({
  title: z.string(),
  /** In one sentence. */
  lead: z.string(),
  blocks: z.array(sheetBlock),
  /** Who answers for it, and of when it is. */
  source: z.string(),
});
export type ResidentSheet = z.infer<typeof residentSheet>;

/** A counsellor's name is not on it: the body answers. What was imported keeps its attribution (Licence Ouverte 2.0). */
export function residentSheetOf(sheet: SheetView, words: typeof sheetsFr): ResidentSheet {
  const { title, summary, content, body, author, writtenAt } = sheet;
  const day = words.day(writtenAt);
  return {
    ...{ title, lead: summary, blocks: content },
    source: body ? words.ofBody(body, day) : words.imported(author, day),
  };
}

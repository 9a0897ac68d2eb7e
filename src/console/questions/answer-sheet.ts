/** An answer becomes a sheet: its paragraphs and nothing else, for a sheet is read by everybody. */
import { SHEET_LIMITS } from '#shared/protocol/sheets.ts';
import { emptyBlock, newDraft, type SheetDraft } from '../sheets/sheet-draft.ts';

/** @param now ms since the epoch. */
export function sheetOfAnswer(text: string, now: number): SheetDraft {
  const paragraphs = text
    .split(/\n\s*\n/)
    .map((one) => one.trim())
    .filter(Boolean)
    .flatMap(pieces);
  return { ...newDraft(now), blocks: paragraphs.map((one) => ({ ...emptyBlock(), text: one })) };
}

/** A paragraph that is longer than a sheet's may be is cut between words. */
function pieces(paragraph: string): string[] {
  const most = SHEET_LIMITS.paragraph;
  if (paragraph.length <= most) return [paragraph];
  const space = paragraph.lastIndexOf(' ', most);
  const end = space > 0 ? space : most;
  return [paragraph.slice(0, end), ...pieces(paragraph.slice(end).trim())];
}

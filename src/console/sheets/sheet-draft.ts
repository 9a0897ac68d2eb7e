/** A sheet while it is written: every block is text, so that its kind may be changed without losing a word. */
import {
  type SheetBlock,
  type SheetBody,
  type SheetView,
  sheetBlock,
  sheetBody,
} from '#shared/protocol/sheets.ts';

export type DraftKind = 'heading' | 'subheading' | 'paragraph' | 'list' | 'steps' | 'link';
export const DRAFT_KINDS: readonly DraftKind[] = [
  'heading',
  'subheading',
  'paragraph',
  'list',
  'steps',
  'link',
];

export interface DraftBlock {
  readonly id: string;
  readonly kind: DraftKind;
  /** A list has one item a line. */
  readonly text: string;
  /** Of a link. */
  readonly address: string;
}

export interface SheetDraft {
  readonly title: string;
  readonly summary: string;
  /** "2026-11-23" */
  readonly reviewOn: string;
  readonly blocks: readonly DraftBlock[];
  /** When what is changed was written; null: the sheet is new. */
  readonly basedOn: number | null;
}

/** What is wrong, by field or by a block's id. */
export type DraftProblem = 'title' | 'summary' | 'reviewOn' | 'content' | { readonly blockId: string };

export function emptyBlock(kind: DraftKind = 'paragraph'): DraftBlock {
  return { id: crypto.randomUUID(), kind, text: '', address: '' };
}

/** A year is what bodies give themselves; the counsellor may choose another day. */
export function newDraft(now: number): SheetDraft {
  const inAYear = new Date(now);
  inAYear.setFullYear(inAYear.getFullYear() + 1);
  return {
    title: '',
    summary: '',
    reviewOn: inAYear.toISOString().slice(0, 10),
    blocks: [emptyBlock()],
    basedOn: null,
  };
}

export function draftOf(sheet: SheetView): SheetDraft {
  return {
    title: sheet.title,
    summary: sheet.summary,
    reviewOn: sheet.reviewOn ?? '',
    blocks: sheet.content.map((block) => ({
      id: crypto.randomUUID(),
      kind: block.kind === 'heading' && block.level === 2 ? 'subheading' : block.kind,
      text: 'items' in block ? block.items.join('\n') : block.text,
      address: block.kind === 'link' ? block.address : '',
    })),
    basedOn: sheet.writtenAt,
  };
}

/** Blocks that were left empty are left out. */
export function bodyOfDraft(
  { title, summary, reviewOn, blocks }: SheetDraft,
  today: string,
): { readonly sheet: SheetBody } | { readonly problems: readonly DraftProblem[] } {
  const written = blocks.filter(({ text, address }) => text.trim() !== '' || address.trim() !== '');
  const wrong = written.filter((block) => !sheetBlock.safeParse(blockOf(block)).success);
  const sheet = sheetBody.safeParse({ title, summary, reviewOn, content: written.map(blockOf) });
  if (sheet.success && reviewOn > today) return { sheet: sheet.data };
  const fields = new Set(sheet.success ? [] : sheet.error.issues.map(({ path }) => path[0]));
  if (reviewOn <= today) fields.add('reviewOn');
  return {
    problems: [
      ...(['title', 'summary', 'reviewOn'] as const).filter((field) => fields.has(field)),
      ...(written.length === 0 ? (['content'] as const) : []),
      ...wrong.map(({ id }) => ({ blockId: id })),
    ],
  };
}

export function changeBlock(draft: SheetDraft, id: string, change: Partial<DraftBlock>): SheetDraft {
  return {
    ...draft,
    blocks: draft.blocks.map((block) => (block.id === id ? { ...block, ...change } : block)),
  };
}

export function addBlock(draft: SheetDraft, after: string): SheetDraft {
  const at = draft.blocks.findIndex(({ id }) => id === after) + 1;
  return { ...draft, blocks: draft.blocks.toSpliced(at, 0, emptyBlock()) };
}

export function moveBlock(draft: SheetDraft, id: string, by: -1 | 1): SheetDraft {
  const from = draft.blocks.findIndex((block) => block.id === id);
  const moved = draft.blocks[from];
  const to = from + by;
  if (!moved || to < 0 || to >= draft.blocks.length) return draft;
  return { ...draft, blocks: draft.blocks.toSpliced(from, 1).toSpliced(to, 0, moved) };
}

/** The last one is emptied: there is always a place to write in. */
export function removeBlock(draft: SheetDraft, id: string): SheetDraft {
  const blocks = draft.blocks.filter((block) => block.id !== id);
  return { ...draft, blocks: blocks.length > 0 ? blocks : [emptyBlock()] };
}

function blockOf({ kind, text, address }: DraftBlock): SheetBlock {
  switch (kind) {
    case 'heading':
      return { kind, level: 1, text };
    case 'subheading':
      return { kind: 'heading', level: 2, text };
    case 'paragraph':
      return { kind, text };
    case 'link':
      return { kind, text, address: address.trim() };
    default:
      return { kind, items: text.split('\n').filter((line) => line.trim() !== '') };
  }
}

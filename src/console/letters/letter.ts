/** A letter or a CV being written: plain data, so that it outlives every cut. */
import { z } from 'zod';

const block = z.strictObject({
  id: z.uuid(),
  /** Each line of a list is one of its points. */
  kind: z.enum(['heading', 'paragraph', 'list']),
  text: z.string().max(10_000),
});
export type LetterBlock = z.infer<typeof block>;

export const letter = z.strictObject({
  /** A CV has no recipient, no date, no subject and no signature; its sender is its title. */
  kind: z.enum(['letter', 'cv']),
  /** One line each: the name first, then the address. */
  sender: z.string().max(1_000),
  recipient: z.string().max(1_000),
  /** "Vervins, le 22 novembre 2026". */
  placeAndDate: z.string().max(200),
  subject: z.string().max(300),
  blocks: z.array(block).min(1).max(200),
  /** The name under the place to sign. */
  signature: z.string().max(200),
});
export type Letter = z.infer<typeof letter>;

/** The parts that stand once in every letter. */
export type LetterPart = 'sender' | 'recipient' | 'placeAndDate' | 'subject' | 'signature';

/** @param today as a French letter writes it. @param newId makes the ids of blocks. */
export function emptyLetter(
  kind: Letter['kind'],
  { sender, today, opening, closing }: { sender: string; today: string; opening: string; closing: string },
  newId: () => string,
): Letter {
  const paragraph = (text: string): LetterBlock => ({ id: newId(), kind: 'paragraph', text });
  return {
    ...{ kind, sender, recipient: '', placeAndDate: today, subject: '', signature: '' },
    blocks:
      kind === 'letter'
        ? [paragraph(opening), paragraph(''), paragraph(closing)]
        : [
            { id: newId(), kind: 'heading', text: '' },
            { id: newId(), kind: 'list', text: '' },
          ],
  };
}

export function changeBlock(before: Letter, id: string, change: Partial<LetterBlock>): Letter {
  return { ...before, blocks: before.blocks.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}

/** After the block `id`. */
export function addBlock(before: Letter, id: string, added: LetterBlock): Letter {
  return { ...before, blocks: before.blocks.flatMap((one) => (one.id === id ? [one, added] : [one])) };
}

/** The last one stays. */
export function removeBlock(before: Letter, id: string): Letter {
  if (before.blocks.length === 1) return before;
  return { ...before, blocks: before.blocks.filter((one) => one.id !== id) };
}

/** @param step -1: up, 1: down. */
export function moveBlock(before: Letter, id: string, step: -1 | 1): Letter {
  const from = before.blocks.findIndex((one) => one.id === id);
  const moved = before.blocks[from];
  const to = from + step;
  if (!moved || to < 0 || to >= before.blocks.length) return before;
  const blocks = before.blocks.filter((one) => one.id !== id);
  blocks.splice(to, 0, moved);
  return { ...before, blocks };
}

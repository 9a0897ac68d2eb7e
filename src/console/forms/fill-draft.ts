/** What the counsellor has typed and laid on one document so far: plain data, so that it outlives every cut. */
import { z } from 'zod';
import { deskPlace } from '#shared/desk-live.ts';
import { fieldValue } from './form-model.ts';

/** Something laid on a page where the form itself has no field. */
const laid = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['text', 'tick', 'highlight']),
  page: z.number().int().min(1),
  place: deskPlace,
  text: z.string().max(2_000),
  /** Of the letters, points on paper. */
  size: z.number().min(5).max(72),
});
export type LaidMark = z.infer<typeof laid>;

export const fillDraft = z.strictObject({
  documentId: z.uuid(),
  /** By field name; a field that is not here keeps what the form came with. */
  values: z.record(z.string(), fieldValue),
  laid: z.array(laid).max(400),
  /** "Signez ici", on the desk and on the paper; null: nowhere. */
  signHere: z.strictObject({ page: z.number().int().min(1), place: deskPlace }).nullable(),
});
export type FillDraft = z.infer<typeof fillDraft>;

export function emptyDraft(documentId: string): FillDraft {
  return { documentId, values: {}, laid: [], signHere: null };
}

/** What the console asks of the worker that opens PDFs, and what it answers. */
import { z } from 'zod';
import { deskPlace } from '#shared/desk-live.ts';
import { failureCodeSchema } from '#shared/failure.ts';
import { letter } from '../letters/letter.ts';
import { receipt } from '../receipt/receipt.ts';
import { residentSheet } from '../sheets/resident-sheet.ts';
import { fillDraft } from './fill-draft.ts';
import { formModel } from './form-model.ts';

const bytes = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);

export const formJob = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('read'), bytes }),
  z.strictObject({
    kind: z.literal('fill'),
    bytes,
    draft: fillDraft,
    flatten: z.boolean(),
    signWords: z.string(),
    code: z.strictObject({ number: z.string(), places: z.array(deskPlace).readonly() }).nullable(),
  }),
  z.strictObject({
    kind: z.literal('letter'),
    letter,
    title: z.string(),
    /** "Objet : ", what stands before the subject. */
    subject: z.string(),
    date: z.date(),
  }),
  z.strictObject({ kind: z.literal('receipt'), receipt, date: z.date() }),
  z.strictObject({ kind: z.literal('sheet'), sheet: residentSheet, date: z.date() }),
]);
export type FormJob = z.infer<typeof formJob>;

const failed = z.object({ ok: z.literal(false), failure: z.object({ code: failureCodeSchema }) });

export const readAnswer = z.union([z.object({ ok: z.literal(true), value: formModel }), failed]);

const unwritten = z.array(z.object({ name: z.string(), why: z.enum(['tooLong', 'letters']) }));
export const fillAnswer = z.union([
  z.object({ ok: z.literal(true), value: z.object({ bytes, unwritten }) }),
  failed,
]);

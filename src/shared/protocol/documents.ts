/** Documents: pulled by whoever lacks them, in ranges, so that a cut only costs the ranges under way. */
import { z } from 'zod';
import { failureCodeSchema } from '../failure.ts';
import {
  documentKey,
  documentKeyWant,
  sealCommit,
  sealNonce,
  sealReady,
  sealReveal,
  wrappedKey,
} from '../sealing.ts';
import { id } from './fields.ts';

/** Bytes asked for at once by one message; also the payload limit of a binary frame. */
export const DOCUMENT_RANGE_BYTES = 256 * 1024;

const documentWant = z.strictObject({
  type: z.literal('document.want'),
  documentId: id,
  offset: z.number().int().nonnegative(),
  length: z.number().int().positive().max(DOCUMENT_RANGE_BYTES),
});
const documentGone = z.strictObject({ type: z.literal('document.gone'), documentId: id });

/** Console -> terminal: one page (from 1) of a taken document as a picture, the one that is shown and printed. */
const pageWant = z.strictObject({
  type: z.literal('page.want'),
  consoleId: id,
  documentId: id,
  page: z.number().int().min(1),
});
/** Terminal -> console. The picture is a document like any other. */
const pageDrawn = z.strictObject({
  type: z.literal('page.drawn'),
  consoleId: id,
  documentId: id,
  page: z.number().int().min(1),
  picture: z.strictObject({
    documentId: id,
    /** Bytes as sealed. */
    size: z.number().int().positive(),
    type: z.enum(['image/png', 'image/jpeg']),
    /** Pixels. */
    width: z.number().int().positive(),
    height: z.number().int().positive(),
    key: wrappedKey,
  }),
});
const pageFailed = z.strictObject({
  type: z.literal('page.failed'),
  consoleId: id,
  documentId: id,
  page: z.number().int().min(1),
  code: failureCodeSchema,
});

/** What a counsellor's console and the terminal of its visit tell each other about documents; the hub passes it on. */
export const documentToTerminal = z.discriminatedUnion('type', [
  documentWant,
  documentGone,
  sealCommit,
  sealReveal,
  documentKeyWant,
  documentKey,
  pageWant,
]);
export type DocumentToTerminal = z.infer<typeof documentToTerminal>;
export const documentToConsole = z.discriminatedUnion('type', [
  documentWant,
  documentGone,
  sealNonce,
  sealReady,
  documentKeyWant,
  documentKey,
  pageDrawn,
  pageFailed,
]);
export type DocumentToConsole = z.infer<typeof documentToConsole>;

const typesToConsole: ReadonlySet<string> = new Set(
  documentToConsole.options.map(({ shape }) => shape.type.value),
);
/** Of a message that was read by its schema: is it one that the hub only passes on? */
export function isDocumentToConsole<T extends { readonly type: string }>(
  message: T,
): message is Extract<T, DocumentToConsole> {
  return typesToConsole.has(message.type);
}

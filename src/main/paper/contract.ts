/**
 * The contract between main and the visit's paper process, which holds the documents, checks and draws PDFs, prints
 * and scans, and is killed at the wipe. Both sides validate what they receive with these schemas.
 */

import { z } from 'zod';
import { documentLimits } from '#shared/configuration/document-limits.ts';
import { printerConfig } from '#shared/configuration/printer.ts';
import { scannerConfig } from '#shared/configuration/scanner.ts';
import { deskLive } from '#shared/desk-live.ts';
import { failureCodeSchema } from '#shared/failure.ts';
import { DOCUMENT_RANGE_BYTES, documentToConsole, documentToTerminal } from '#shared/protocol/documents.ts';
import { id } from '#shared/protocol/fields.ts';
import { order, orderStatus } from '#shared/protocol/orders.ts';
import { sealedShot } from '#shared/sealing.ts';
import { A4_PIXELS } from '../pages/contract.ts';

/** Ranges of one document asked for at the same time: at first, on a line that is slow, and on one that is quick. */
export const WANTS_OUTSTANDING = { first: 4, least: 2, most: 16 };
/** ms. A range that takes longer shares its line with a call: fewer are asked for. */
export const RANGE_IS_SLOW = 500;

export const paperConfig = z.strictObject({
  /** The visit's folder in memory (tmpfs-folder.ts). */
  folder: z.string().min(1),
  limits: documentLimits,
  printer: printerConfig,
  scanner: scannerConfig,
});
export type PaperConfig = z.infer<typeof paperConfig>;

const failed = z.strictObject({ ok: z.literal(false), failure: z.strictObject({ code: failureCodeSchema }) });

/** What the page that has the camera brought, or why it brought nothing. */
export const shotResult = z.union([z.strictObject({ ok: z.literal(true), value: sealedShot }), failed]);
export type ShotResult = z.infer<typeof shotResult>;

const bytes = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);
const offset = z.number().int().nonnegative();
const length = z.number().int().positive().max(DOCUMENT_RANGE_BYTES);
/** Pairs an answer with its request. */
const requestId = z.number().int().nonnegative();
const side = z.number().int().min(1).max(A4_PIXELS.long);

export const mainToPaper = z.discriminatedUnion('type', [
  /** First message. */
  z.strictObject({ type: z.literal('start'), config: paperConfig }),
  /** What is printed, scanned, taken, read, shot or cancelled; a kind of main's own is a bug of it. Harmless when repeated. */
  z.strictObject({
    type: z.literal('order'),
    order,
    /** An earlier process had begun it: a print is followed in the print system and never sent again. */
    resumed: z.boolean(),
  }),
  /** Bytes of a document that arrived. */
  z.strictObject({ type: z.literal('range'), documentId: id, offset, bytes }),
  /** The hub is linked again: what was asked for and did not come must be asked for again. */
  z.strictObject({ type: z.literal('relinked') }),
  /** Answered by `ranged`: the sealed range at this offset. */
  z.strictObject({ type: z.literal('read'), requestId, documentId: id, offset }),
  /** Answered by `drawn`. */
  z.strictObject({ type: z.literal('draw'), requestId, documentId: id, page: z.number().int().min(1) }),
  /** What a console says about documents, as the hub passed it on. */
  z.strictObject({ type: z.literal('heard'), message: documentToTerminal }),
  /** Ends that aim: with a shot, or without. */
  z.strictObject({ type: z.literal('shot'), aim: id, result: shotResult }),
  /** Cancel everything; answered by `stopped` when nothing runs any more. */
  z.strictObject({ type: z.literal('stop'), requestId }),
  /** Answered by `pong` at once by a process that is not wedged. */
  z.strictObject({ type: z.literal('ping'), requestId }),
]);
export type MainToPaper = z.infer<typeof mainToPaper>;

export const picture = z.strictObject({
  bytes,
  /** MIME type. */
  type: z.enum(['image/png', 'image/jpeg']),
  /** Pixels. */
  width: side,
  height: side,
  /** Pages of the document. */
  pages: z.number().int().positive(),
});
export type Picture = z.infer<typeof picture>;

export const paperToMain = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('status'), orderId: id, status: orderStatus }),
  z.strictObject({ type: z.literal('want'), documentId: id, offset, length }),
  /** The public key that this visit's documents are sealed for: to be certified and told to the consoles. */
  z.strictObject({ type: z.literal('visitKey'), publicKey: z.string().max(100) }),
  /** For a console, through the hub. */
  z.strictObject({ type: z.literal('say'), message: documentToConsole }),
  /** What the counsellor does on the sheet, as it is done; null: nothing (any more). */
  z.strictObject({ type: z.literal('live'), live: deskLive.nullable() }),
  /** The code that the resident and the counsellor may compare aloud. */
  z.strictObject({ type: z.literal('checkCode'), code: z.string().regex(/^\d{3} \d{3}$/) }),
  z.strictObject({
    type: z.literal('ranged'),
    requestId,
    result: z.union([z.strictObject({ ok: z.literal(true), value: bytes }), failed]),
  }),
  z.strictObject({
    type: z.literal('drawn'),
    requestId,
    result: z.union([z.strictObject({ ok: z.literal(true), value: picture }), failed]),
  }),
  z.strictObject({ type: z.literal('stopped'), requestId }),
  z.strictObject({ type: z.literal('pong'), requestId }),
]);
export type PaperToMain = z.infer<typeof paperToMain>;

/** Orders: console -> hub -> terminal. Acknowledged, idempotent by orderId, with a deadline, replayed after a cut. */
import { z } from 'zod';
import { failureCodeSchema } from '../failure.ts';
import { printOptions } from '../printing.ts';
import { wrappedKey } from '../sealing.ts';
import { id, instant } from './fields.ts';
import {
  growingPage,
  heldDocument,
  pageCorrections,
  scannedPage,
  scanPurpose,
  scanSource,
} from './scanned-pages.ts';

export const orderRequest = z.discriminatedUnion('kind', [
  /** Fetch a document from the console ahead of need, check it, and draw its pages. */
  z.strictObject({
    kind: z.literal('take'),
    documentId: id,
    /** Bytes as sealed (src/sealing/sealed-document.ts): what document.want asks for. */
    size: z.number().int().positive(),
    /** The console that has it, and the document's key for this terminal and visit alone. */
    consoleId: id,
    key: wrappedKey,
  }),
  /** Show one page (from 1) of a taken document on the desk screen. */
  z.strictObject({ kind: z.literal('show'), documentId: id, page: z.number().int().min(1) }),
  z.strictObject({ kind: z.literal('clearDesk') }),
  z.strictObject({ kind: z.literal('selfView'), on: z.boolean() }),
  /** What is said, written under the counsellor's face, where the deployment can. */
  z.strictObject({ kind: z.literal('subtitles'), on: z.boolean() }),
  z.strictObject({
    kind: z.literal('print'),
    documentId: id,
    copies: z.number().int().min(1).max(20),
    /** Absent: as the terminal is set up. */
    options: printOptions.optional(),
  }),
  z.strictObject({
    kind: z.literal('scan'),
    purpose: scanPurpose,
    source: scanSource,
  }),
  /** Another picture of a scanned page, from its original, with these corrections and no others. */
  z.strictObject({ kind: z.literal('correct'), original: id, corrections: pageCorrections }),
  /** Read the words of a scanned page (page-words.ts): of this picture of it. Takes seconds, behind everything else. */
  z.strictObject({ kind: z.literal('read'), documentId: id }),
  /** The resident holds a paper before the terminal's camera: under way until the shot is taken or the order cancelled. */
  z.strictObject({ kind: z.literal('aim') }),
  /** Now: of that aim. */
  z.strictObject({ kind: z.literal('shoot'), aim: id }),
  /** What becomes of a shot, named by its original: it stays among the scanned pages, or nothing is left of it, now. */
  z.strictObject({ kind: z.literal('keepShot'), original: id }),
  z.strictObject({ kind: z.literal('dropShot'), original: id }),
  /** Cancel another order of the same visit. */
  z.strictObject({ kind: z.literal('cancel'), orderId: id }),
]);
export type OrderRequest = z.infer<typeof orderRequest>;
export type OrderKind = OrderRequest['kind'];

export const order = z.strictObject({
  orderId: id,
  visitId: id,
  request: orderRequest,
  /** After this instant a terminal must not start the order any more. */
  deadline: instant,
});
export type Order = z.infer<typeof order>;

export const orderProgress = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('taking'), received: z.number().int().nonnegative() }),
  z.strictObject({
    kind: z.literal('printing'),
    /** sending: to the print system · accepted: the print system has it · printing: paper moves · held: see reasons. */
    state: z.enum(['sending', 'accepted', 'printing', 'held']),
    /** Pages (impressions) that left the printer so far, of `pages` in all copies. */
    printed: z.number().int().nonnegative(),
    pages: z.number().int().positive(),
    reasons: z.array(failureCodeSchema),
  }),
  z.strictObject({
    kind: z.literal('scanning'),
    /** The page under way, from 1, and how much of it is done. */
    page: z.number().int().min(1),
    percent: z.number().min(0).max(100),
    /** Where the paper is taken from; auto: not known yet. */
    source: scanSource,
    /** The scanner sleeps, warms up or is busy: it is waited for. */
    waking: z.boolean().optional(),
    /** Null: no line of it yet. */
    growing: growingPage.nullable(),
    pages: z.array(scannedPage),
  }),
  /** The resident is being asked to hold the paper, and sees themselves. */
  z.strictObject({ kind: z.literal('aiming') }),
]);
export type OrderProgress = z.infer<typeof orderProgress>;

export const orderOutcome = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('taken'),
    pages: z.number().int().positive(),
    /** Pages (from 1) that are larger than A4 and are made smaller to fit: the first twenty of them. */
    fitted: z.array(z.number().int().positive()).max(20),
  }),
  z.strictObject({ kind: z.literal('shown') }),
  z.strictObject({
    kind: z.literal('printed'),
    pages: z.number().int().positive(),
    /** Percent of its true size at which the smallest page was printed, so that the printer cut nothing of it. */
    reducedTo: z.number().int().min(1).max(99).optional(),
  }),
  z.strictObject({ kind: z.literal('scanned'), pages: z.array(scannedPage) }),
  z.strictObject({ kind: z.literal('corrected'), page: scannedPage }),
  z.strictObject({ kind: z.literal('read'), words: z.strictObject(heldDocument) }),
  /** Of an aim. Thrown away when the next one is taken, unless it is kept. */
  z.strictObject({ kind: z.literal('shot'), page: scannedPage }),
  z.strictObject({ kind: z.literal('kept') }),
  z.strictObject({ kind: z.literal('dropped') }),
  z.strictObject({ kind: z.literal('cancelled') }),
]);
export type OrderOutcome = z.infer<typeof orderOutcome>;

/** Where an order stands. `sent` is set by the hub; the rest is reported by the terminal. */
export const orderStatus = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('sent') }),
  z.strictObject({ status: z.literal('acknowledged') }),
  z.strictObject({ status: z.literal('underWay'), progress: orderProgress }),
  z.strictObject({ status: z.literal('done'), outcome: orderOutcome }),
  /** `pages` are those a scan had already delivered: never thrown away. */
  z.strictObject({
    status: z.literal('failed'),
    code: failureCodeSchema,
    pages: z.array(scannedPage).optional(),
  }),
]);
export type OrderStatus = z.infer<typeof orderStatus>;

/**
 * Messages between terminal, hub and console. Every message is JSON text on a WebSocket and matches exactly one schema
 * here; documents travel as binary frames (document-frame.ts). Views are whole and idempotent: the hub sends the complete
 * view again at each change and at each connection, so nothing depends on a message that was missed.
 */
import { z } from 'zod';
import { failureCodeSchema } from '../failure.ts';
import { roomDrift, roomTrouble } from '../room.ts';
import { selfTestOrigin, selfTestResult } from '../self-test.ts';
import { nextAppointment } from './agenda.ts';
import { documentToConsole, documentToTerminal } from './documents.ts';
import { id, instant, shortText } from './fields.ts';
import { order, orderRequest, orderStatus } from './orders.ts';
import { identityPaper, residentDetails } from './resident.ts';
import { signedWipeReport, terminalReport } from './terminal-report.ts';
import { consoleView, deploymentOrigin, terminalVisit, visitEndReason } from './views.ts';

/** Raised at every incompatible change; both sides refuse another version in words the operator understands. */
export const PROTOCOL_VERSION = 5;

// ---------------------------------------------------------------------------------------------------------------
// Terminal <-> hub

export const terminalToHub = z.discriminatedUnion('type', [
  /** First message. The hub answers `challenge`. */
  z.strictObject({ type: z.literal('hello'), protocol: z.number().int(), terminalId: id }),
  /** Ed25519 signature, base64url, over proofMessage(terminalId, nonce, hubOrigin) (terminal-proof.ts). */
  z.strictObject({ type: z.literal('proof'), signature: z.string().max(128) }),
  z.strictObject({ type: z.literal('report'), report: terminalReport }),
  z.strictObject({ type: z.literal('wipe'), report: signedWipeReport }),
  z.strictObject({ type: z.literal('selfTest'), result: selfTestResult }),
  z.strictObject({ type: z.literal('order.status'), orderId: id, status: orderStatus }),
  /** The hub may answer with another room. `room`: null before the call. */
  z.strictObject({
    type: z.literal('room.trouble'),
    visitId: id,
    origin: deploymentOrigin,
    room: z.string().max(120).nullable(),
    what: roomTrouble,
  }),
  z.strictObject({
    type: z.literal('room.drift'),
    visitId: id,
    origin: deploymentOrigin,
    missing: roomDrift,
  }),
  /** The terminal ends its visit itself: a time-out, or the resident gone. */
  z.strictObject({ type: z.literal('visit.end'), visitId: id, reason: visitEndReason }),
  ...documentToConsole.options,
]);
export type TerminalToHub = z.infer<typeof terminalToHub>;

export const hubToTerminal = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('challenge'), nonce: z.string().min(43).max(88) }),
  z.strictObject({ type: z.literal('refused'), code: failureCodeSchema }),
  /** Sent at once after the proof and at every change. `null`: no visit for this terminal (any more). */
  z.strictObject({
    type: z.literal('visit'),
    visit: terminalVisit.nullable(),
    /** Why the last visit is over; only with visit: null. */
    ended: visitEndReason.nullable(),
  }),
  /** Every open order of the visit is sent again at each connection; orderId makes that harmless. */
  z.strictObject({
    type: z.literal('order'),
    order,
    /** When this message was sent: the terminal's own clock may differ, and the deadline is by the hub's. */
    now: instant,
  }),
  /** Test camera, microphone and loudspeaker now; without effect while somebody is there or a test is under way. */
  z.strictObject({ type: z.literal('selfTest'), origin: selfTestOrigin }),
  /** After the first `visit` of each connection and at every change. A terminal that is older than this only logs it. */
  z.strictObject({ type: z.literal('agenda'), next: nextAppointment.nullable() }),
  ...documentToTerminal.options,
]);
export type HubToTerminal = z.infer<typeof hubToTerminal>;

// ---------------------------------------------------------------------------------------------------------------
// Console <-> hub (WebSocket, after the session cookie was checked at the upgrade)

const announcement = {
  terminalId: id,
  bodyId: id,
  /** As it should be said: "Madame Martin". Forgotten at the end of the visit. */
  residentName: shortText,
  /** May the name be shown on the face screen? */
  showName: z.boolean(),
  motive: z.string().trim().min(1).max(500),
  /** What the body asks for; anything else is not kept. */
  details: residentDetails.optional(),
  /** Absent: none was shown. */
  identityPaper: identityPaper.optional(),
  /** The resident agreed to the visit and to this information being passed on. */
  consent: z.literal(true),
};

export const consoleToHub = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('announce'), requestId: id, ...announcement }),
  z.strictObject({ type: z.literal('cancelVisit'), requestId: id, visitId: id }),
  z.strictObject({ type: z.literal('pickUp'), requestId: id, visitId: id }),
  z.strictObject({ type: z.literal('endVisit'), requestId: id, visitId: id }),
  /** The resident keeps the chair and the papers on the terminal; the visit waits again, and its wait goes on counting. */
  z.strictObject({
    type: z.literal('handOver'),
    requestId: id,
    visitId: id,
    to: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('queue') }),
      /** Of the same body. Any of them may still take it. */
      z.strictObject({ kind: z.literal('colleague'), accountId: id }),
      z.strictObject({ kind: z.literal('body'), bodyId: id }),
    ]),
  }),
  /** Asks a third person into the call, in place of one who was asked and has not come. Forgotten with the visit. */
  z.strictObject({
    type: z.literal('invite'),
    requestId: id,
    visitId: id,
    to: z.discriminatedUnion('kind', [
      /** Of the same body: comes by the own account. */
      z.strictObject({ kind: z.literal('colleague'), accountId: id }),
      /** An interpreter, a social worker, whoever is given the link. The token's SHA-256, base64url. */
      z.strictObject({
        kind: z.literal('link'),
        /** As the resident reads it. */
        name: z.string().trim().min(1).max(60),
        tokenHash: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
      }),
    ]),
  }),
  /** Whoever was asked is not any more, and is put out. */
  z.strictObject({ type: z.literal('endInvitation'), requestId: id, visitId: id }),
  z.strictObject({ type: z.literal('residentPresence'), requestId: id, visitId: id, present: z.boolean() }),
  /** The counsellor's side of a room that does not work; as `room.trouble` of the terminal. */
  z.strictObject({
    type: z.literal('roomTrouble'),
    requestId: id,
    visitId: id,
    origin: deploymentOrigin,
    room: z.string().max(120),
    what: roomTrouble,
  }),
  /** What is named changes, the rest stays. A clerk may ask for a private moment, and end one, and no more. */
  z.strictObject({
    type: z.literal('quiet'),
    requestId: id,
    visitId: id,
    change: z.strictObject({
      counsellorSound: z.boolean().optional(),
      counsellorPicture: z.boolean().optional(),
      residentSound: z.boolean().optional(),
      residentPicture: z.boolean().optional(),
      private: z.boolean().optional(),
    }),
  }),
  /** orderId is made by the console, so that sending it twice is harmless. */
  z.strictObject({
    type: z.literal('order'),
    requestId: id,
    orderId: id,
    visitId: id,
    request: orderRequest,
  }),
  /** By the mairie's clerk or the territory's operator, while nobody is there. */
  z.strictObject({ type: z.literal('selfTest'), requestId: id, terminalId: id }),
  ...documentToTerminal.options,
]);
export type ConsoleToHub = z.infer<typeof consoleToHub>;

export const hubToConsole = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('view'), view: consoleView }),
  /** The answer to a request, by its requestId. `by` names the colleague who was faster (alreadyPickedUp). */
  z.strictObject({
    type: z.literal('answer'),
    requestId: id,
    ok: z.boolean(),
    code: failureCodeSchema.nullable(),
    by: shortText.nullable(),
  }),
  z.strictObject({ type: z.literal('refused'), code: failureCodeSchema }),
  /** Every BEAT_MS: a page hears no pings, and a line that was cut without a word looks like one where nothing happens. */
  z.strictObject({ type: z.literal('beat') }),
  ...documentToConsole.options,
]);
/** ms. */
export const BEAT_MS = 5_000;
export type HubToConsole = z.infer<typeof hubToConsole>;

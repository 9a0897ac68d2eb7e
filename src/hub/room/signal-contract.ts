/**
 * Messages of the room's WebSocket (/room-signal): JSON text, both directions, one schema each. The room page bundles
 * this file as well, hence zod/mini. A session is one load of the page: it outlives its socket, not a reload.
 */
import { z } from 'zod/mini';

/** Bytes of one message; a session description of two tracks is a tenth of it. */
export const SIGNAL_MAX_BYTES = 96 * 1024;
/** ms. The page sends a ping this often; either side gives the socket up after three of them in silence. */
export const SIGNAL_PING_EVERY = 4_000;

const text = (max: number) => z.string().check(z.maxLength(max));
const session = z.uuid();

export const roomRole = z.enum(['terminal', 'counsellor', 'invited']);
export const peer = z.strictObject({ session, name: text(120), role: roomRole });
export type Peer = z.infer<typeof peer>;

/** What two pages say to each other; `call` names the peer connection that one of them opened. */
export const signalData = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('description'),
    call: session,
    type: z.enum(['offer', 'answer']),
    sdp: text(64 * 1024),
  }),
  z.strictObject({
    kind: z.literal('candidate'),
    call: session,
    candidate: text(2048),
    sdpMid: z.nullable(text(64)),
    sdpMLineIndex: z.nullable(z.int().check(z.gte(0), z.lte(16))),
    usernameFragment: z.nullable(text(256)),
  }),
  /** The page that opens none asks for another peer connection in place of this one (null: it has none). */
  z.strictObject({ kind: z.literal('again'), call: z.nullable(session) }),
  /** What the sender sends: false = absent or muted. */
  z.strictObject({ kind: z.literal('media'), audio: z.boolean(), video: z.boolean() }),
]);
export type SignalData = z.infer<typeof signalData>;

export const toRoom = z.discriminatedUnion('type', [
  /** First message. */
  z.strictObject({ type: z.literal('join'), token: text(4096), session }),
  z.strictObject({ type: z.literal('signal'), to: session, data: signalData }),
  z.strictObject({ type: z.literal('ping') }),
  z.strictObject({ type: z.literal('leave') }),
]);
export type ToRoom = z.infer<typeof toRoom>;

export const refusal = z.enum(['forbidden', 'expired', 'unknownRoom', 'full', 'invalid', 'tooFast']);
export type Refusal = z.infer<typeof refusal>;

export const iceServer = z.strictObject({
  urls: z.array(text(255)).check(z.maxLength(8)),
  username: z.optional(text(255)),
  credential: z.optional(text(255)),
});
export type IceServer = z.infer<typeof iceServer>;

export const fromRoom = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('welcome'),
    self: peer,
    /** Who else sits there. */
    peers: z.array(peer).check(z.maxLength(2)),
    iceServers: z.array(iceServer),
  }),
  z.strictObject({ type: z.literal('peer'), peer }),
  /** That one hung up. */
  z.strictObject({ type: z.literal('left'), session }),
  /** That one's socket broke; its peer connection may well go on. */
  z.strictObject({ type: z.literal('away'), session }),
  z.strictObject({ type: z.literal('signal'), from: session, data: signalData }),
  z.strictObject({ type: z.literal('pong') }),
  /** A message matched no schema and was dropped; the connection goes on. */
  z.strictObject({ type: z.literal('notUnderstood') }),
  /** Followed by the end of the socket. */
  z.strictObject({ type: z.literal('refused'), reason: refusal }),
  /** A newer page of the same participant took this one's place. */
  z.strictObject({ type: z.literal('replaced') }),
  /** The visit is over. */
  z.strictObject({ type: z.literal('over') }),
]);
export type FromRoom = z.infer<typeof fromRoom>;

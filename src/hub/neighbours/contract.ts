/** Messages from hub to hub: JSON, or JSON with the bytes that it is about. What is stored is never sent: it is announced. */
import { z } from 'zod';
import { documentToConsole, documentToTerminal } from '#shared/protocol/documents.ts';
import { id } from '#shared/protocol/fields.ts';
import { orderStatus } from '#shared/protocol/orders.ts';
import { selfTestOrigin } from '#shared/self-test.ts';
import { fromRoom, roomRole, signalData } from '../room/signal-contract.ts';

/** A counsellor's page at the hub that sends, in call in this visit: that hub has looked at his rights. */
const seat = { seatId: id, accountId: id, visitId: id, terminalId: id };

/** Made by the guest's hub for one connection. */
const guestId = id;

export const toNeighbour = z.discriminatedUnion('type', [
  /** First message of a link: who dials. */
  z.strictObject({ type: z.literal('hello'), hubId: id }),
  // Documents: the terminal's hub knows their ways.
  z.strictObject({ type: z.literal('offered'), ...seat, documentId: id }),
  z.strictObject({ type: z.literal('toTerminal'), ...seat, message: documentToTerminal }),
  z.strictObject({ type: z.literal('bytesToTerminal'), ...seat }),
  z.strictObject({
    type: z.literal('toConsole'),
    seatId: id,
    message: documentToConsole,
  }),
  z.strictObject({ type: z.literal('bytesToConsole'), seatId: id, terminalId: id }),
  /** Whoever reads this one's bytes is behind, or is not any more. */
  z.strictObject({ type: z.literal('hold'), feeder: z.enum(['terminal', 'console']), id, held: z.boolean() }),
  z.strictObject({ type: z.literal('selfTest'), terminalId: id, origin: selfTestOrigin }),
  /** Of a bar that only memory knows. Null: what the database holds is newer. */
  z.strictObject({ type: z.literal('progress'), orderId: id, status: orderStatus.nullable() }),
  // The built-in room: one hub holds it, guests elsewhere sit there through their own hub.
  z.strictObject({
    type: z.literal('room.sit'),
    guestId,
    session: id,
    participant: z.strictObject({
      room: z.string().max(120),
      role: roomRole,
      participantId: z.string().max(120),
      name: z.string().max(120),
    }),
  }),
  z.strictObject({ type: z.literal('room.signal'), guestId, to: id, data: signalData }),
  z.strictObject({ type: z.literal('room.leave'), guestId }),
  z.strictObject({ type: z.literal('room.drop'), guestId }),
  z.strictObject({ type: z.literal('room.seated'), guestId, seated: z.boolean() }),
  z.strictObject({ type: z.literal('room.say'), guestId, message: fromRoom }),
  z.strictObject({ type: z.literal('room.close'), guestId }),
]);
export type ToNeighbour = z.infer<typeof toNeighbour>;

/** Bytes: a document frame or a session description, and what is written around it. */
export const MOST_NEIGHBOUR_BYTES = 512 * 1024;

/** 4 bytes: length of the JSON (big endian) · JSON · bytes. */
export function encodeWithBytes(message: ToNeighbour, bytes: Uint8Array): Uint8Array {
  const head = Buffer.from(JSON.stringify(message));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, bytes]);
}

/** Null for anything else. */
export function decodeNeighbour(
  data: Buffer,
  isBinary: boolean,
): { readonly message: ToNeighbour; readonly bytes: Uint8Array } | null {
  const end = isBinary && data.length >= 4 ? 4 + data.readUInt32BE(0) : data.length;
  if (end > data.length) return null;
  let value: unknown;
  try {
    value = JSON.parse(data.toString('utf8', isBinary ? 4 : 0, end));
  } catch {
    return null;
  }
  const message = toNeighbour.safeParse(value).data;
  return message ? { message, bytes: data.subarray(end) } : null;
}

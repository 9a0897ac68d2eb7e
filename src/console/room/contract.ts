/**
 * postMessage between the counsellor's page and the room view that it frames from the room's own origin
 * (ROOM_ORIGIN/view?deployment=ORIGIN, with allow="camera; microphone; autoplay; display-capture; speaker-selection").
 * Whatever the room view says may be invented by a hostile deployment: it can colour a button, never move a visit.
 */
import { z } from 'zod';
import { roomTicket } from '#shared/protocol/views.ts';
import { roomFailure } from '#shared/room.ts';

export const consoleToRoom = z.discriminatedUnion('type', [
  /** Also in place of a call under way: leaves that one. */
  z.strictObject({ type: z.literal('join'), ticket: roomTicket, displayName: z.string().min(1).max(120) }),
  z.strictObject({ type: z.literal('leave') }),
  /** What the counsellor's side sends, now and after each join. */
  z.strictObject({ type: z.literal('send'), audio: z.boolean(), video: z.boolean() }),
  /** What is said is asked for in writing, now and after each join. */
  z.strictObject({ type: z.literal('subtitles'), on: z.boolean() }),
  /** Somebody waits: the deployment's page is had ready, as long as that holds. */
  z.strictObject({ type: z.literal('expect'), on: z.boolean() }),
  /** Puts someone out of the room. */
  z.strictObject({ type: z.literal('remove'), participantId: z.string().max(500) }),
]);
export type ConsoleToRoom = z.infer<typeof consoleToRoom>;

export const roomToConsole = z.discriminatedUnion('type', [
  /** Listens from now on; said again if it was loaded again: answer with `join`. */
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('joined') }),
  /** The resident's picture or voice arrives. */
  z.strictObject({ type: z.literal('live') }),
  z.strictObject({ type: z.literal('lost') }),
  /** The deployment has given the call up: another room is needed. */
  z.strictObject({ type: z.literal('broken') }),
  z.strictObject({ type: z.literal('left') }),
  z.strictObject({ type: z.literal('failed'), why: roomFailure }),
  /** Everyone else in the room; one is expected. Names as the deployment gives them. */
  z.strictObject({
    type: z.literal('others'),
    others: z.array(z.strictObject({ id: z.string().max(500), name: z.string().max(120) })).max(20),
  }),
  /** The counsellor's own microphone and camera. */
  z.strictObject({ type: z.literal('muted'), audio: z.boolean(), video: z.boolean() }),
  z.strictObject({ type: z.literal('noCamera') }),
  z.strictObject({ type: z.literal('noMicrophone') }),
]);
export type RoomToConsole = z.infer<typeof roomToConsole>;

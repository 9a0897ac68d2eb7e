/** What can go wrong with a room, in words that both sides and the hub share. */
import { z } from 'zod';

/**
 * unreachable: the deployment's script did not come · refused: the deployment said no, for good · neverJoined: its page
 * came and the room was not joined in time · misbehaved: its page flooded or never let go of the terminal.
 */
export const roomFailure = z.enum(['unreachable', 'refused', 'neverJoined', 'misbehaved']);
export type RoomFailure = z.infer<typeof roomFailure>;

/** lost: it had been joined, and what the other one sends arrives no more. */
export const roomTrouble = z.enum([...roomFailure.options, 'lost']);
export type RoomTrouble = z.infer<typeof roomTrouble>;

/** host[:port] of a deployment's origin, as JitsiMeetExternalAPI and its tokens want it. */
export function domainOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '');
}

/** Names of the IFrame API that a deployment does not know. */
export const roomDrift = z.array(z.string().regex(/^[A-Za-z]{1,60}$/)).max(40);

/**
 * What a hub announces to all others through the database (NOTIFY, at most 8,000 bytes): that something is to be read
 * again, and what only memory knows. Nothing of a person is in it.
 */
import { z } from 'zod';
import { roomDrift, roomTrouble } from '#shared/room.ts';

const origin = z.string().max(300);

const said = z.discriminatedUnion('what', [
  /** The database holds something new. `seats`: also of who is connected where. */
  z.strictObject({ what: z.literal('changed'), seats: z.boolean() }),
  /** Hash of a session that was ended: its pages are sent away. */
  z.strictObject({ what: z.literal('loggedOut'), session: z.string().max(64) }),
  z.strictObject({
    what: z.literal('deploymentFailed'),
    origin,
    place: z.uuid(),
    trouble: roomTrouble,
  }),
  z.strictObject({ what: z.literal('deploymentDrifted'), origin, missing: roomDrift }),
  z.strictObject({ what: z.literal('deploymentWorks'), origin }),
]);
export type Announcement = z.infer<typeof said>;

export const announcement = z.strictObject({ hub: z.uuid(), said });

export const CHANNEL = 'vis_a_vis_hubs';

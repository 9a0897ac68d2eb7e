/**
 * What a hub announces to all others through the database (NOTIFY, at most 8,000 bytes): that something is to be read
 * again, and what only memory knows. Nothing of a person is in it.
 */
import { z } from 'zod';
import { roomDrift, roomTrouble } from '#shared/room.ts';

const origin = z.string().max(300);

const account = z.uuid();

const ofAccount = z.discriminatedUnion('what', [
  /** Hash of a session that was ended: its pages are sent away. */
  z.strictObject({ what: z.literal('loggedOut'), session: z.string().max(64) }),
  /** All sessions of the account were ended but this one: their pages are sent away. */
  z.strictObject({
    what: z.literal('accountLoggedOut'),
    account,
    except: z.string().max(64).nullable(),
  }),
  /** What the account may do has changed: its pages connect again. */
  z.strictObject({ what: z.literal('accountChanged'), account }),
]);
export type AccountAnnouncement = z.infer<typeof ofAccount>;

const said = z.discriminatedUnion('what', [
  /** The database holds something new. `seats`: also of who is connected where. */
  z.strictObject({ what: z.literal('changed'), seats: z.boolean() }),
  ofAccount,
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

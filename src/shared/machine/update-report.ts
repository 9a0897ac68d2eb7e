/** What became of this terminal's updates: kept on its machine, told to the hub by the terminal. */
import { z } from 'zod';
import { instant } from '../protocol/fields.ts';

/** pilot: a few terminals that have each version first. */
export const updateChannel = z.enum(['stable', 'pilot']);
export type UpdateChannel = z.infer<typeof updateChannel>;

const version = z.string().regex(/^[0-9A-Za-z.+~:-]{1,60}$/);

/** Why an update was not taken, or was taken back. */
export const updateTrouble = z.enum([
  /** The repository's list is not signed by the key that this machine trusts. */
  'badSignature',
  /** The list is signed and too old: somebody holds updates back, or nobody signs any more. */
  'expired',
  /** The list, or a package, is not what was signed. */
  'damaged',
  /** The machine's own clock is before the list was made. */
  'clockBehind',
  'unreachable',
  'noRoom',
  /** The version that runs is nowhere to be had any more: there would be no way back to it. */
  'noWayBack',
  /** Debian's package manager could not put it in. */
  'notInstalled',
  /** The new version ends again and again. */
  'keepsEnding',
  /** After the start: a screen stayed empty, the hub was not reached, a device that worked does no longer. */
  'notPainted',
  'hubNotReached',
  'deviceLost',
]);
export type UpdateTrouble = z.infer<typeof updateTrouble>;

const outcome = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('updated'), from: version, to: version, at: instant }),
  /** It was started and found wanting: the version before runs again, and this one is not tried a second time. */
  z.strictObject({
    outcome: z.literal('rolledBack'),
    from: version,
    to: version,
    at: instant,
    trouble: updateTrouble,
  }),
  /** Nothing was changed. */
  z.strictObject({ outcome: z.literal('refused'), at: instant, trouble: updateTrouble }),
]);
export type UpdateOutcome = z.infer<typeof outcome>;

export const updateReport = z.strictObject({
  channel: updateChannel.nullable(),
  /** ms since the epoch: when the repository's list was last read and found good. */
  checkedAt: instant.nullable(),
  /** Known, and waiting for an hour without visit. */
  pending: version.nullable(),
  last: outcome.nullable(),
});
export type UpdateReport = z.infer<typeof updateReport>;

/** Where the machine's programs keep it. */
export const UPDATE_REPORT_FILE = '/var/lib/vis-a-vis-machine/update.json';

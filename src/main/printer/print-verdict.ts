/** What CUPS and the device together say of a job; each alone is wrong at times. */
import type { JobEnd, JobState } from './print-system.ts';

export interface Testimony {
  /** The job in CUPS. */
  readonly queued: JobState;
  /** The same job in the device; null where it cannot be asked. */
  readonly device: JobState | null;
  /** How a job that CUPS has forgotten ended, where it is remembered. */
  readonly ended: JobEnd | null;
  /** The device had the job at some time. */
  readonly wasAtDevice: boolean;
  /** The device could not be reached at some time after that. */
  readonly deviceWasAway: boolean;
  /** The device had counted its last page before. */
  readonly allOut: boolean;
}

/** lost: neither will print the rest of it any more, and nobody wanted that. */
export type Verdict = 'underWay' | 'done' | 'aborted' | 'lost';

export function verdictOn({ queued, device, ended, wasAtDevice, deviceWasAway, allOut }: Testimony): Verdict {
  // The paper is out: CUPS itself notices some seconds later.
  if (device?.is === 'ended' && device.how === 'completed') return 'done';
  if (device?.is === 'unreachable') return 'underWay';
  // Switched off and on again, it forgot the job; CUPS would call that completed.
  if (device?.is === 'unknown' && wasAtDevice && deviceWasAway) return allOut ? 'done' : 'lost';
  if (queued.is === 'unreachable' || queued.is === 'active') return 'underWay';
  const how = queued.is === 'ended' ? queued.how : ended;
  // A print system that was killed: the device may go on with what it has, else nobody will.
  if (how === null && allOut) return 'done';
  if (how === null) return device?.is === 'active' ? 'underWay' : device ? 'lost' : 'aborted';
  if (how !== 'completed') return 'aborted';
  return device?.is === 'active' ? 'underWay' : 'done';
}

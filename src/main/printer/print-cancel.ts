/** Cancels a job and sees that it is gone, in the print system and in the device. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobState, PrintSystem } from './print-system.ts';

/** ms. CUPS tells its backend, which tells the device, which finishes the sheet it holds. */
const QUEUE_MS = 10_000;
const DEVICE_MS = 10_000;
/** ms that the device has to hear of it from CUPS before it is told directly. */
const HEARSAY_MS = 1_500;

/** True once nothing of it can print any more; false where one of the two could not be made sure of. */
export async function cancelJob(
  system: PrintSystem,
  name: string,
  jobId: number | null,
  pollMs: number,
): Promise<boolean> {
  if (jobId !== null) {
    await system.cancelQueued(jobId);
    if (!(await until(async () => isOver(await system.queued(jobId)), QUEUE_MS, pollMs))) return false;
  }
  const overAtDevice = async () => {
    const state = await system.atDevice(name);
    return state === null || isOver(state);
  };
  if (await until(overAtDevice, HEARSAY_MS, pollMs)) return true;
  await system.cancelAtDevice(name);
  return until(overAtDevice, DEVICE_MS, pollMs);
}

function isOver(state: JobState): boolean {
  // A printer that waits for paper ends the job once it has some, without printing it.
  if (state.is === 'active') return state.stopping;
  return state.is === 'ended' || state.is === 'unknown';
}

async function until(condition: () => Promise<boolean>, limitMs: number, pollMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > end) return false;
    await sleep(pollMs);
  }
  return true;
}

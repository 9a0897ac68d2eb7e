/**
 * Jobs whose paper is out and that CUPS still has. It finds out by itself, but not when it was killed meanwhile: it
 * sends them to the printer again as soon as it is back. So it is told as soon as it answers, however long that takes,
 * and so is the printer.
 */
import type { PrintSystem } from './print-system.ts';

export interface PrintLeftovers {
  /** Resolves after the first try, whether CUPS answered it or not. */
  readonly remove: (jobId: number, name: string) => Promise<void>;
  readonly close: () => void;
}

/**
 * What CUPS was sending when it was told to stop may reach the printer a little later. Whether it was sending is not
 * known: a print system that died and came back between two looks at it answers as if nothing had been.
 */
const LOOKS_AT_DEVICE = 4;

export function createPrintLeftovers(
  system: Pick<PrintSystem, 'cancelQueued' | 'cancelAtDevice' | 'queued'>,
  pollMs: number,
): PrintLeftovers {
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  function later(work: () => Promise<void>): void {
    if (closed) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void work();
    }, pollMs);
    timers.add(timer);
  }

  async function tryAgain(jobId: number, name: string): Promise<void> {
    if (await system.cancelQueued(jobId)) later(() => lookAtDevice(jobId, name, LOOKS_AT_DEVICE));
    else later(() => tryAgain(jobId, name));
  }

  async function lookAtDevice(jobId: number, name: string, looks: number): Promise<void> {
    const { is } = await system.queued(jobId);
    await system.cancelAtDevice(name);
    // It counts once CUPS is done with the job.
    const left = is === 'unknown' || is === 'ended' ? looks - 1 : looks;
    if (left > 0) later(() => lookAtDevice(jobId, name, left));
  }

  return {
    remove: tryAgain,
    close: () => {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** A scan on a device that may be asleep: while it warms up it answers nothing, or that it is busy. It is waited for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, type Result } from '#shared/failure.ts';
import type { PaperPlace, ScanControl } from './scanner.ts';

type Scanned = Result<{ readonly pages: number }>;

export interface PatientScan {
  /** For scanOnce: what it tells passes through here. */
  readonly control: ScanControl;
  /** As often as the device says that it is busy, for `wakeMs` at most; never again once paper has moved. */
  readonly run: (scanOnce: () => Promise<Scanned>) => Promise<Scanned>;
}

/** ms without a sign of life: people are told. */
const SLOW_MS = 3_000;
/** ms between two tries. */
const AGAIN_MS = 1_000;

export function patientScan(control: ScanControl, wakeMs: number): PatientScan {
  let moves = false;
  let waking = false;
  let place: PaperPlace | null = null;
  let last = { page: 0, percent: 0 };

  function tell(next: boolean): void {
    if (next === waking || (next && moves)) return;
    waking = next;
    control.onWaking(next);
  }

  function noteMove(): void {
    moves = true;
    tell(false);
  }

  return {
    control: {
      ...control,
      onPlace(found) {
        if (found === place) return;
        place = found;
        control.onPlace(found);
      },
      /** Whole percents, each told once, never back within a page. */
      onProgress({ page, percent }) {
        if (percent > 0) noteMove();
        const next = { page, percent: Math.floor(Math.min(100, percent)) };
        if (next.page < last.page || (next.page === last.page && next.percent <= last.percent)) return;
        last = next;
        control.onProgress(next);
      },
      onGrowth(picture) {
        noteMove();
        control.onGrowth(picture);
      },
      onPage(sheet) {
        noteMove();
        return control.onPage(sheet);
      },
    },
    async run(scanOnce) {
      const { signal } = control;
      const slow = setTimeout(() => tell(true), SLOW_MS);
      const until = performance.now() + wakeMs;
      try {
        for (;;) {
          const scanned = await scanOnce();
          const isAsleep = !scanned.ok && scanned.failure.code === 'scannerBusy' && !moves;
          if (!isAsleep || performance.now() >= until) return scanned;
          tell(true);
          await sleep(AGAIN_MS, undefined, { signal }).catch(ignoreAbort);
          if (signal.aborted) return fail('cancelled');
        }
      } finally {
        clearTimeout(slow);
      }
    },
  };
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
}

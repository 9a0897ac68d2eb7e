/**
 * A printer without hardware: the same guarantees as the real one, a state that its owner changes (out of paper, off…)
 * and a tray in which the pages pile up.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatedPrinterConfig } from '#shared/configuration/printer.ts';
import { type FailureCode, fail, type Result, succeed } from '#shared/failure.ts';
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';
import type { PrintControl, Printer, PrintProgress, PrintTicket } from './printer.ts';
import type { PrinterTraits } from './printer-traits.ts';

export interface SimulatedPrinter extends Printer {
  /** What holds it up from now on; null: mended. */
  readonly setTrouble: (code: FailureCode | null) => void;
  /** Gives up the job under way. */
  readonly abortJob: () => void;
  /** Impressions in the tray. */
  readonly impressions: () => number;
}

interface Job {
  readonly ticket: PrintTicket;
  printed: number;
  aborted: boolean;
}

/** An office's laser printer, mm. */
const TRAITS: PrinterTraits = {
  abilities: {
    ...{ twoSided: true, colour: true, grey: true, trays: ['main', 'manual'] },
    usual: { twoSided: false, grey: false, tray: null },
  },
  margins: { top: 4.2, right: 4.2, bottom: 4.2, left: 4.2 },
};

/** ms between two looks at the paper. */
const LOOK_MS = 20;

export function createSimulatedPrinter(config: SimulatedPrinterConfig): SimulatedPrinter {
  let trouble: FailureCode | null = null;
  let job: Job | null = null;
  let tray = 0;
  const listeners = new Set<(report: DeviceReport) => void>();

  function report(): DeviceReport {
    if (trouble) return { state: 'trouble', reasons: [trouble] };
    return { state: job ? 'busy' : 'ready' };
  }

  function tell(): void {
    for (const listener of listeners) listener(report());
  }

  async function run(work: Job, control: PrintControl): Promise<Result<{ readonly pages: number }>> {
    const pages = work.ticket.pages * work.ticket.copies;
    const allowance = config.baseMs + config.pageMs * pages;
    const started = performance.now();
    let spent = 0;
    let said = '';
    const say = (state: PrintProgress['state'], reasons: readonly FailureCode[] = []): void => {
      const progress: PrintProgress = {
        kind: 'printing',
        state,
        printed: work.printed,
        pages,
        reasons: [...reasons],
      };
      if (JSON.stringify(progress) === said || control.signal.aborted) return;
      said = JSON.stringify(progress);
      control.onProgress(progress);
    };
    say('sending');
    say('accepted');
    let moved = 0;
    while (work.printed < pages) {
      const from = performance.now();
      const held = trouble;
      say(held ? 'held' : 'printing', held ? [held] : []);
      await sleep(Math.min(LOOK_MS, config.simulatedPageMs), undefined, { signal: control.signal }).catch(
        ignoreAbort,
      );
      if (control.signal.aborted) return fail('cancelled');
      if (work.aborted) return fail('printAborted');
      const now = performance.now();
      if (now - started > config.hardEndMs) return fail('printTimedOut');
      if (held) continue;
      spent += now - from;
      moved += now - from;
      if (spent > allowance) return fail('printTimedOut');
      if (moved < config.simulatedPageMs) continue;
      moved = 0;
      work.printed += 1;
      tray += 1;
    }
    return succeed({ pages });
  }

  async function start(work: Job, control: PrintControl): Promise<Result<{ readonly pages: number }>> {
    if (job) return fail('deviceTaken');
    job = work;
    tell();
    try {
      return await run(work, control);
    } finally {
      job = null;
      tell();
    }
  }

  return {
    print: (ticket, control) => start({ ticket, printed: 0, aborted: false }, control),
    // Its jobs end with the process that holds them.
    resume: async () => null,
    traits: async () => TRAITS,
    watch: (listener) => {
      listeners.add(listener);
      listener(report());
      return () => {
        listeners.delete(listener);
      };
    },
    purge: async () => {
      const looked = job ? 1 : 0;
      if (job) job.aborted = true;
      return { looked, left: 0 };
    },
    close: () => listeners.clear(),
    setTrouble: (code) => {
      trouble = code;
      tell();
    },
    abortJob: () => {
      if (job) job.aborted = true;
    },
    impressions: () => tray,
  };
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
}

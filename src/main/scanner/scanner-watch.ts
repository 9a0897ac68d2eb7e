/** Tells whether the scanner is there: seldom while all is well, more often while it is not, never during a scan. */
import type { FailureCode } from '#shared/failure.ts';
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';

/** ms. A scanner that was switched off is found again soon after it comes back. */
const TROUBLE_POLL_MS = 3_000;

export interface ScannerWatchOptions {
  /** What is wrong with it; null: nothing. */
  readonly look: (signal: AbortSignal) => Promise<FailureCode | null>;
  readonly pollMs: number;
}

export interface ScannerWatch {
  readonly watch: (listener: (report: DeviceReport) => void) => () => void;
  readonly refresh: () => void;
  readonly setScanning: (scanning: boolean) => void;
  readonly close: () => void;
}

export function watchScanner({ look, pollMs }: ScannerWatchOptions): ScannerWatch {
  const listeners = new Set<(report: DeviceReport) => void>();
  let scanning = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: AbortController | null = null;
  let last: DeviceReport | null = null;

  function tell(report: DeviceReport): void {
    if (JSON.stringify(report) === JSON.stringify(last)) return;
    last = report;
    for (const listener of listeners) listener(report);
  }

  async function lookNow(): Promise<void> {
    clearTimeout(timer);
    if (scanning || looking || listeners.size === 0) return;
    const own = new AbortController();
    looking = own;
    const code = await look(own.signal);
    looking = null;
    if (own.signal.aborted) return;
    tell(reportOf(code));
    timer = setTimeout(() => void lookNow(), code ? Math.min(TROUBLE_POLL_MS, pollMs) : pollMs);
  }

  /** The device is left alone from here on. */
  function letGo(): void {
    clearTimeout(timer);
    looking?.abort();
  }

  return {
    watch: (listener) => {
      listeners.add(listener);
      if (last) listener(last);
      void lookNow();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) letGo();
      };
    },
    refresh: () => void lookNow(),
    setScanning: (on) => {
      scanning = on;
      if (on) {
        letGo();
        tell({ state: 'busy' });
      } else {
        void lookNow();
      }
    },
    close: () => {
      listeners.clear();
      letGo();
    },
  };
}

function reportOf(code: FailureCode | null): DeviceReport {
  if (code === null) return { state: 'ready' };
  return code === 'scannerBusy' ? { state: 'busy' } : { state: 'trouble', reasons: [code] };
}

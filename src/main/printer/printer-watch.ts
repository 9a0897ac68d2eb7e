/** Tells how the printer is, to whoever listens, while anyone does. */
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';
import type { PrinterCondition, PrinterEyes } from './printer-condition.ts';

export interface PrinterWatch {
  readonly watch: (listener: (report: DeviceReport) => void) => () => void;
  readonly close: () => void;
}

export function watchPrinter(eyes: Pick<PrinterEyes, 'look'>, pollMs: number): PrinterWatch {
  const listeners = new Set<(report: DeviceReport) => void>();
  let timer: NodeJS.Timeout | undefined;
  let last: DeviceReport | null = null;
  let looking = false;

  async function look(): Promise<void> {
    looking = true;
    const report = reportOf(await eyes.look());
    looking = false;
    if (listeners.size === 0) return;
    if (JSON.stringify(report) !== JSON.stringify(last)) {
      last = report;
      for (const listener of listeners) listener(report);
    }
    timer = setTimeout(() => void look(), pollMs);
  }

  function stop(): void {
    clearTimeout(timer);
    last = null;
  }

  return {
    watch: (listener) => {
      listeners.add(listener);
      if (last) listener(last);
      if (listeners.size === 1 && !looking) void look();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
    close: () => {
      listeners.clear();
      stop();
    },
  };
}

function reportOf({ reasons, busy }: PrinterCondition): DeviceReport {
  if (reasons.length > 0) return { state: 'trouble', reasons: [...reasons].sort() };
  return { state: busy ? 'busy' : 'ready' };
}

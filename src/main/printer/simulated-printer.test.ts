import { describe } from 'vitest';
import { printerConfig } from '#shared/configuration/printer.ts';
import { PAGE_MS, printerSuite } from './printer-suite.ts';
import { createSimulatedPrinter, type SimulatedPrinter } from './simulated-printer.ts';

describe('the simulated printer', () => {
  printerSuite(async () => {
    let pageMs = PAGE_MS;
    let printer: SimulatedPrinter | null = null;
    let outBefore = 0;
    let wrong: Parameters<SimulatedPrinter['setTrouble']>[0] = null;
    const set = async (code: typeof wrong): Promise<void> => {
      wrong = code;
      printer?.setTrouble(code);
    };
    return {
      drive: (timings = {}) => {
        const config = printerConfig.parse({ driver: 'simulated', simulatedPageMs: pageMs, ...timings });
        if (config.driver !== 'simulated') throw new Error('not the simulated driver');
        outBefore += printer?.impressions() ?? 0;
        printer = createSimulatedPrinter({
          ...config,
          get simulatedPageMs() {
            return pageMs;
          },
        });
        printer.setTrouble(wrong);
        return printer;
      },
      trouble: (what) => set(what),
      mend: () => set(null),
      setPageMs: (ms) => {
        pageMs = ms;
      },
      out: () => outBefore + (printer?.impressions() ?? 0),
      close: async () => printer?.close(),
    };
  });
});

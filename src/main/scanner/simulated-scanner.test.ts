import { describe, expect, it } from 'vitest';
import { scannerConfig } from '#shared/configuration/scanner.ts';
import { createTestFolder } from '../paper/test-folder.ts';
import { FEEDER_SHEETS, scan, scannerSuite } from './scanner-suite.ts';
import { createSimulatedScanner, type SimulatedScanner } from './simulated-scanner.ts';

function make(settings: object): SimulatedScanner {
  const config = scannerConfig.parse({ driver: 'simulated', simulatedPageMs: 20, ...settings });
  if (config.driver !== 'simulated') throw new Error('not the simulated driver');
  return createSimulatedScanner(config);
}

describe('the simulated scanner', () => {
  scannerSuite(async () => {
    let pageMs = 20;
    let scanner: SimulatedScanner | null = null;
    return {
      drive: (settings = {}) => {
        scanner = make({ simulatedPageMs: pageMs, ...settings });
        scanner.setSheets(FEEDER_SHEETS);
        return scanner;
      },
      trouble: (what) => scanner?.setTrouble(what),
      emptyFeeder: () => scanner?.setSheets(0),
      setPace: (pace) => {
        pageMs = { fast: 20, even: 200, calm: 2_000, slow: 20_000 }[pace];
        scanner?.setPageMs(pageMs);
      },
      close: async () => scanner?.close(),
    };
  });

  it('keeps the pages scanned before a jam, and times out when silent', async () => {
    const folder = await createTestFolder();
    const scanner = make({ silenceMs: 100 });
    scanner.setSheets(5);
    scanner.setTrouble('scannerJammed', 4);
    const run = scan(scanner, folder, { source: 'feeder' });
    expect(await run.result).toEqual({ ok: false, failure: { code: 'scannerJammed' } });
    expect(run.sheets).toHaveLength(3);
    scanner.setTrouble('scanTimedOut');
    expect(await scan(scanner, folder).result).toEqual({ ok: false, failure: { code: 'scanTimedOut' } });
    await folder.remove();
  });
});

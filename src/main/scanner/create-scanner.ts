import type { ScannerConfig } from '#shared/configuration/scanner.ts';
import { createSaneScanner } from './sane-scanner.ts';
import type { Scanner } from './scanner.ts';
import { createSimulatedScanner } from './simulated-scanner.ts';

/** Null where none is configured. */
export function createScanner(config: ScannerConfig): Scanner | null {
  switch (config.driver) {
    case 'none':
      return null;
    case 'sane':
      return createSaneScanner(config);
    case 'simulated':
      return createSimulatedScanner(config);
  }
}

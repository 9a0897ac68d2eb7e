import type { PrinterConfig } from '#shared/configuration/printer.ts';
import { createCupsPrinter } from './cups-printer.ts';
import type { Printer } from './printer.ts';
import { createSimulatedPrinter } from './simulated-printer.ts';

/** Null where none is configured. */
export function createPrinter(config: PrinterConfig): Printer | null {
  switch (config.driver) {
    case 'none':
      return null;
    case 'cups':
      return createCupsPrinter(config);
    case 'simulated':
      return createSimulatedPrinter(config);
  }
}

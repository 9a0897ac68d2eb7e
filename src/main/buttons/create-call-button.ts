import type { CallButtonConfig } from '#shared/configuration/button.ts';
import type { CallButton } from './call-button.ts';
import { createHidButton } from './hid-button.ts';
import { createSimulatedButton } from './simulated-button.ts';

/** Null where none is configured. */
export function createCallButton(config: CallButtonConfig): CallButton | null {
  switch (config.driver) {
    case 'none':
      return null;
    case 'hid':
      return createHidButton(config);
    case 'simulated':
      return createSimulatedButton();
  }
}

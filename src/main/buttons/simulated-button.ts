/** A call button without hardware, pressed and unplugged by its owner. */

import type { CallButton } from './call-button.ts';
import { createHidButton, type HidHandle } from './hid-button.ts';

export interface SimulatedButton extends CallButton {
  readonly press: () => void;
  readonly release: () => void;
  readonly plug: (plugged: boolean) => void;
}

const SEARCH_MS = 50;

/** The real driver on a device that is not: the same rules by construction. */
export function createSimulatedButton(): SimulatedButton {
  let plugged = true;
  let onData: ((report: Uint8Array) => void) | null = null;
  let onError: (() => void) | null = null;

  const handle: HidHandle = {
    on: (event: 'data' | 'error', listener: (report: Uint8Array) => void) => {
      if (event === 'data') onData = listener;
      else onError = () => listener(new Uint8Array());
    },
    close: () => {
      onData = null;
    },
  };
  const open = async (): Promise<HidHandle> => {
    if (!plugged) throw new Error('The simulated button is unplugged.');
    return handle;
  };
  const button = createHidButton({ vendorId: 0, productId: 0, open, searchMs: SEARCH_MS });
  return {
    ...button,
    press: () => onData?.(Uint8Array.of(1)),
    release: () => onData?.(Uint8Array.of(0)),
    plug: (on) => {
      plugged = on;
      if (on) button.refresh();
      else onError?.();
    },
  };
}

/** Plug and unplug events by the `usb` package; on a machine without USB, or without the right to it, a silent watch. */
import type { UsbWatch } from './usb-watch.ts';

/** ms. Plugging one device in makes several events, and its driver needs a moment. */
const SETTLE_MS = 300;

interface UsbEvents {
  readonly addEventListener: (type: 'connect' | 'disconnect', listener: () => void) => void;
  readonly removeEventListener: (type: 'connect' | 'disconnect', listener: () => void) => void;
}

export interface WatchUsbOptions {
  /** Where the events come from; default the `usb` package. */
  readonly load?: () => Promise<UsbEvents>;
  /** Told once where USB cannot be watched: devices are then found again by looking from time to time only. */
  readonly onUnavailable?: (reason: string) => void;
}

export function watchUsb({ load = loadUsb, onUnavailable }: WatchUsbOptions = {}): UsbWatch {
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let stop = (): void => undefined;

  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const listener of listeners) listener();
    }, SETTLE_MS);
  };

  load().then(
    (usb) => {
      if (closed) return;
      usb.addEventListener('connect', changed);
      usb.addEventListener('disconnect', changed);
      stop = () => {
        usb.removeEventListener('connect', changed);
        usb.removeEventListener('disconnect', changed);
      };
    },
    (error: unknown) => onUnavailable?.(String(error)),
  );

  return {
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      listeners.clear();
      stop();
    },
  };
}

/** Loaded late: where its native part does not load, nothing but this watch is missing. */
async function loadUsb(): Promise<UsbEvents> {
  const { usb } = await import('usb');
  // Where there is no USB, this rejects; listening would throw out of the package, past every handler of ours.
  await usb.getDevices();
  return usb;
}

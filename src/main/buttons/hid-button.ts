/**
 * A HID button or foot switch, whatever its reports look like: a press sets bytes that the release clears again (a
 * report may carry its number or a counter of its own in front).
 */
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';
import type { CallButton } from './call-button.ts';

/** ms between two looks for a button that is not there. */
const SEARCH_MS = 3_000;

/** The little of node-hid that is used. */
export interface HidHandle {
  readonly on: {
    (event: 'data', listener: (report: Uint8Array) => void): unknown;
    (event: 'error', listener: () => void): unknown;
  };
  readonly close: () => Promise<void> | void;
}
/** Rejects where the device is not there or may not be opened. */
export type OpenHid = (vendorId: number, productId: number) => Promise<HidHandle>;

export interface HidButtonOptions {
  readonly vendorId: number;
  readonly productId: number;
  readonly open?: OpenHid;
  readonly searchMs?: number;
}

export function createHidButton(options: HidButtonOptions): CallButton {
  const { vendorId, productId, open = openHid, searchMs = SEARCH_MS } = options;
  const presses = new Set<() => void>();
  const watchers = new Set<(report: DeviceReport) => void>();
  let handle: HidHandle | null = null;
  let opening = false;
  /** Bytes set while it is released, and while it is held down (null: it is released). */
  let atRest = 0;
  let held: number | null = null;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const report = (): DeviceReport =>
    handle ? { state: 'ready' } : { state: 'trouble', reasons: ['buttonAbsent'] };

  function tell(): void {
    for (const watcher of watchers) watcher(report());
  }

  async function search(): Promise<void> {
    clearTimeout(timer);
    if (handle || opening || closed) return;
    opening = true;
    const found = await open(vendorId, productId).catch(() => null);
    opening = false;
    if (closed) {
      await found?.close();
      return;
    }
    if (!found) {
      timer = setTimeout(() => void search(), searchMs);
      return;
    }
    handle = found;
    atRest = 0;
    held = null;
    found.on('data', (bytes) => {
      const set = bytes.filter((byte) => byte !== 0).length;
      if (held === null && set > atRest) {
        held = set;
        for (const press of presses) press();
      } else if (held !== null && set < held) {
        atRest = set;
        held = null;
      }
    });
    // Unplugged.
    found.on('error', () => {
      if (handle !== found) return;
      handle = null;
      tell();
      void found.close();
      void search();
    });
    tell();
  }

  void search();
  return {
    onPress: (listener) => {
      presses.add(listener);
      return () => {
        presses.delete(listener);
      };
    },
    watch: (listener) => {
      watchers.add(listener);
      listener(report());
      return () => {
        watchers.delete(listener);
      };
    },
    report,
    refresh: () => void search(),
    close: () => {
      closed = true;
      clearTimeout(timer);
      presses.clear();
      watchers.clear();
      void handle?.close();
      handle = null;
    },
  };
}

/** Loaded late: a terminal without a button never loads the native part. */
async function openHid(vendorId: number, productId: number): Promise<HidHandle> {
  const { HIDAsync } = await import('node-hid');
  return HIDAsync.open(vendorId, productId);
}

/**
 * Tests camera, microphone and loudspeaker through a hidden page with a session of its own, which ends with the test.
 * One test at a time, of bounded length; whoever is announced ends it at once.
 */
import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import type { RoomDevices } from '#shared/ipc.ts';
import { APP_SCHEME } from '#shared/screen-places.ts';
import {
  findingsOf,
  type MediaMeasurement,
  type SelfTestOrigin,
  type SelfTestResult,
} from '#shared/self-test.ts';
import { ownPagePolicy, serveAppPages } from './app-pages.ts';
import type { Log } from './log.ts';
import { openMediaSession } from './media-session.ts';
import { listenToPage } from './screen-link.ts';

/** ms. Three times what it takes where nothing is wrong. */
const PATIENCE = 45_000;

export interface SelfTest {
  /** Harmless while one is under way: that one goes on, and its result is the answer. */
  readonly start: (origin: SelfTestOrigin) => void;
  /** Sound, camera and microphone are off when it returns. Nothing is told of a test that was stopped. */
  readonly stop: () => void;
  readonly underWay: () => boolean;
}

export interface SelfTestOptions {
  readonly dist: string;
  readonly devices: RoomDevices;
  readonly log: Log;
  /** It began, or it is over. */
  readonly onChange: () => void;
  readonly onResult: (result: SelfTestResult) => void;
}

export function createSelfTest({ dist, devices, log, onChange, onResult }: SelfTestOptions): SelfTest {
  let end: (() => void) | null = null;

  function start(origin: SelfTestOrigin): void {
    if (end) return;
    const page = openPage(dist);
    const late = setTimeout(() => finish(null), PATIENCE);
    const stopListening = listenToPage('room:selfTest', log, ({ measured }, from) => {
      if (from === page.webContents) finish(measured);
    });
    end = () => {
      end = null;
      clearTimeout(late);
      stopListening();
      page.destroy();
      onChange();
    };
    const finish = (measured: MediaMeasurement | null) => {
      // Again, for instance by a page that crashes while it is ended.
      if (page.isDestroyed()) return;
      const findings = measured ? findingsOf(measured) : (['testFailed'] as const);
      log.info({ event: 'self-test', origin, findings });
      end?.();
      onResult({ at: Date.now(), origin, findings: [...findings], measured });
    };
    page.webContents.on('render-process-gone', () => finish(null));
    page.loadURL(`${APP_SCHEME}://room/self-test.html#${fragmentOf(devices)}`).catch((error: unknown) => {
      if (page.isDestroyed()) return; // Stopped while it was loading.
      log.error({ event: 'self-test.load-failed', error });
      finish(null);
    });
    onChange();
  }

  return { start, stop: () => end?.(), underWay: () => end !== null };
}

function openPage(dist: string): BrowserWindow {
  const media = openMediaSession({ name: 'self-test' });
  serveAppPages(media, 'room', join(dist, 'renderer'), ownPagePolicy());
  return new BrowserWindow({
    show: false,
    width: 1,
    height: 1,
    skipTaskbar: true,
    webPreferences: {
      session: media,
      preload: join(dist, 'preload', 'self-test.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
}

function fragmentOf(devices: RoomDevices): string {
  const named = Object.entries(devices).filter((entry): entry is [string, string] => entry[1] !== null);
  return new URLSearchParams(named).toString();
}

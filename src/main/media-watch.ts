/** Lists cameras, microphones and speakers through a hidden page, and says what the configuration misses. */
import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import type { FailureCode } from '#shared/failure.ts';
import { APP_SCHEME, type MediaDevices, type RoomDevices } from '#shared/ipc.ts';
import type { DeviceReport } from '#shared/protocol.ts';
import { ownPagePolicy, serveAppPages } from './app-pages.ts';
import type { Log } from './log.ts';
import { openMediaSession } from './media-session.ts';
import { listenToPage } from './screen-link.ts';

export interface MediaReport {
  readonly camera: DeviceReport;
  readonly microphone: DeviceReport;
  readonly speaker: DeviceReport;
}

/** What is missing: any device will do where the configuration names none. */
export function reportMedia(found: MediaDevices, wanted: RoomDevices): MediaReport {
  return {
    camera: present(found.cameras, wanted.camera, 'cameraAbsent'),
    microphone: present(found.microphones, wanted.microphone, 'microphoneAbsent'),
    speaker: present(found.speakers, wanted.speaker, 'speakerAbsent'),
  };
}

function present(labels: readonly string[], wanted: string | null, absent: FailureCode): DeviceReport {
  const there = wanted === null ? labels.length > 0 : labels.includes(wanted);
  return there ? { state: 'ready' } : { state: 'trouble', reasons: [absent] };
}

/** Calls back at the first list and at every change. Returns a function that ends the page. */
export function watchMedia(dist: string, log: Log, onDevices: (devices: MediaDevices) => void): () => void {
  const media = openMediaSession('devices', []);
  serveAppPages(media, 'room', join(dist, 'renderer'), ownPagePolicy());
  const page = new BrowserWindow({
    show: false,
    width: 1,
    height: 1,
    skipTaskbar: true,
    webPreferences: {
      session: media,
      preload: join(dist, 'preload', 'room.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
    },
  });
  const load = () => {
    if (page.isDestroyed()) return;
    page.loadURL(`${APP_SCHEME}://room/devices.html`).catch((error: unknown) => {
      log.error({ event: 'media.load-failed', error });
    });
  };
  page.webContents.on('render-process-gone', () => setTimeout(load, 1_000));
  const stop = listenToPage('room:devices', log, (devices, from) => {
    if (from === page.webContents) onDevices(devices);
  });
  load();
  return () => {
    stop();
    page.destroy();
  };
}

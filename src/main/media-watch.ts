/** Lists cameras, microphones and speakers through a hidden page. */
import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import type { MediaDevices } from '#shared/ipc.ts';
import { APP_SCHEME } from '#shared/screen-places.ts';
import { ownPagePolicy, serveAppPages } from './app-pages.ts';
import type { Log } from './log.ts';
import { openMediaSession } from './media-session.ts';
import { listenToPage } from './screen-link.ts';

/** Calls back at the first list and at every change. Returns a function that ends the page. */
export function watchMedia(dist: string, log: Log, onDevices: (devices: MediaDevices) => void): () => void {
  const media = openMediaSession({ name: 'devices' });
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

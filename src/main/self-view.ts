/** The resident's own picture, laid on the desk screen when the counsellor asks for it. */
import { join } from 'node:path';
import { type BrowserWindow, WebContentsView } from 'electron';
import { APP_SCHEME, SELF_VIEW } from '#shared/screen-places.ts';
import { ownPagePolicy, serveAppPages } from './app-pages.ts';
import type { Log } from './log.ts';
import { openMediaSession, type VisitSession } from './media-session.ts';

export interface SelfView {
  readonly session: VisitSession;
  readonly close: () => void;
}

/** @param camera label of the camera, null for the system's default. */
export function openSelfView(window: BrowserWindow, dist: string, camera: string | null, log: Log): SelfView {
  const media = openMediaSession({ name: 'self', kinds: ['video'] });
  serveAppPages(media, 'room', join(dist, 'renderer'), ownPagePolicy());
  const view = new WebContentsView({
    webPreferences: { session: media, sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  const settle = () => {
    const [width = 0, height = 0] = window.getContentSize();
    view.setBounds({
      x: Math.round(width * SELF_VIEW.x),
      y: Math.round(height * SELF_VIEW.y),
      width: Math.round(width * SELF_VIEW.width),
      height: Math.round(height * SELF_VIEW.height),
    });
  };
  settle();
  window.on('resize', settle);
  window.contentView.addChildView(view);
  const fragment = camera === null ? '' : `#camera=${encodeURIComponent(camera)}`;
  let closed = false;
  view.webContents.loadURL(`${APP_SCHEME}://room/self.html${fragment}`).catch((error: unknown) => {
    if (!closed) log.error({ event: 'self-view.load-failed', error });
  });
  return {
    session: { session: media, origins: [] },
    close() {
      if (closed) return;
      closed = true;
      if (!window.isDestroyed()) {
        window.off('resize', settle);
        window.contentView.removeChildView(view);
      }
      view.webContents.close({ waitForBeforeUnload: false });
    },
  };
}

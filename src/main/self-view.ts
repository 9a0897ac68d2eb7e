/** The resident's own picture, laid on the desk screen when the counsellor asks for it, or to aim a paper at the camera. */
import { join } from 'node:path';
import { type BrowserWindow, WebContentsView } from 'electron';
import type { SelfEvent, SelfOrder } from '#shared/ipc.ts';
import { AIM_VIEW, APP_SCHEME, NARROW, SELF_VIEW } from '#shared/screen-places.ts';
import { ownPagePolicy, serveAppPages } from './app-pages.ts';
import type { Log } from './log.ts';
import { openMediaSession, type VisitSession } from './media-session.ts';
import { listenToPage, sendToPage } from './screen-link.ts';

export interface SelfView {
  readonly session: VisitSession;
  /** null: out of sight. */
  readonly setPlace: (place: 'small' | 'large' | null) => void;
  readonly order: (order: SelfOrder) => void;
  readonly close: () => void;
}

export interface SelfViewOptions {
  /** The desk screen's. */
  readonly window: BrowserWindow;
  readonly dist: string;
  /** Label of the camera, null for the system's default. */
  readonly camera: string | null;
  readonly log: Log;
  readonly onEvent: (event: SelfEvent) => void;
  /** Its process is gone. */
  readonly onCrash: () => void;
}

export function openSelfView({ window, dist, camera, log, onEvent, onCrash }: SelfViewOptions): SelfView {
  const media = openMediaSession({ name: 'self', kinds: ['video'] });
  serveAppPages(media, 'room', join(dist, 'renderer'), ownPagePolicy());
  const view = new WebContentsView({
    webPreferences: {
      session: media,
      preload: join(dist, 'preload', 'self.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
    },
  });
  const { webContents } = view;
  let large = false;
  const settle = () => {
    const [width = 0, height = 0] = window.getContentSize();
    const aimed = width <= height * NARROW ? AIM_VIEW.narrow : AIM_VIEW.wide;
    const part = large ? aimed : SELF_VIEW;
    view.setBounds({
      x: Math.round(width * part.x),
      y: Math.round(height * part.y),
      width: Math.round(width * part.width),
      height: Math.round(height * part.height),
    });
  };
  settle();
  window.on('resize', settle);
  window.contentView.addChildView(view);
  let closed = false;
  const stopListening = listenToPage('room:self', log, (event, from) => {
    if (from === webContents && !closed) onEvent(event);
  });
  webContents.on('render-process-gone', () => {
    log.error({ event: 'self-view.crashed' });
    if (!closed) onCrash();
  });
  const fragment = camera === null ? '' : `#camera=${encodeURIComponent(camera)}`;
  webContents.loadURL(`${APP_SCHEME}://room/self.html${fragment}`).catch((error: unknown) => {
    if (!closed) log.error({ event: 'self-view.load-failed', error });
  });
  return {
    session: { session: media, origins: [] },
    setPlace(place) {
      view.setVisible(place !== null);
      large = place === 'large';
      settle();
    },
    order: (order) => sendToPage(webContents, 'room:selfOrder', order),
    close() {
      if (closed) return;
      closed = true;
      stopListening();
      if (!window.isDestroyed()) {
        window.off('resize', settle);
        window.contentView.removeChildView(view);
      }
      webContents.close({ waitForBeforeUnload: false });
    },
  };
}

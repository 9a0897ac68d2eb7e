/**
 * The room: a view of its own over the face screen, in a session in memory that is emptied with each visit, showing the
 * deployment's page through the Jitsi Meet IFrame API. What it reports is a stranger's word: only shared/ipc.ts passes.
 */
import { join } from 'node:path';
import { type BrowserWindow, WebContentsView } from 'electron';
import type { RoomDevices, RoomEvent } from '#shared/ipc.ts';
import { jitsiOrigin } from '#shared/jitsi-api.ts';
import type { RoomTicket } from '#shared/protocol.ts';
import { APP_SCHEME, CAPTION_BAND } from '#shared/screen-places.ts';
import { roomPagePolicy, serveAppPages } from './app-pages.ts';
import type { Log } from './log.ts';
import { openMediaSession, type VisitSession } from './media-session.ts';
import { listenToPage, sendToPage } from './screen-link.ts';

export interface RoomViewOptions {
  readonly window: BrowserWindow;
  readonly dist: string;
  readonly ticket: RoomTicket;
  readonly devices: RoomDevices;
  /** How the terminal is named in the room. No personal data. */
  readonly displayName: string;
  readonly log: Log;
  readonly onEvent: (event: RoomEvent) => void;
}

export interface RoomView {
  /** Follows the window's size; hidden until the counsellor's picture is there. */
  readonly setVisible: (visible: boolean) => void;
  readonly session: VisitSession;
  /** Ends the page's process. Nothing is reported afterwards. */
  readonly close: () => void;
}

export function openRoomView(options: RoomViewOptions): RoomView {
  const { window, dist, ticket, log, onEvent } = options;
  const origin = jitsiOrigin(ticket.domain);
  const media = openMediaSession({ name: 'room', origins: [origin] });
  serveAppPages(media, 'room', join(dist, 'renderer'), roomPagePolicy(origin));
  const view = new WebContentsView({
    webPreferences: {
      session: media,
      preload: join(dist, 'preload', 'room.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  const { webContents } = view;
  view.setBackgroundColor('#000000');
  let closed = false;

  const stopReady = listenToPage('room:ready', log, (_ready, from) => {
    if (from !== webContents) return;
    const { devices, displayName } = options;
    sendToPage(webContents, 'room:order', { type: 'join', ticket, devices, displayName });
  });
  const stopEvents = listenToPage('room:event', log, (event, from) => {
    if (from === webContents && !closed) onEvent(event);
  });
  webContents.on('render-process-gone', () => {
    log.error({ event: 'room.crashed' });
    if (!closed) onEvent({ type: 'lost' });
  });

  const settle = () => {
    const [width = 0, height = 0] = window.getContentSize();
    view.setBounds({ x: 0, y: 0, width, height: Math.round(height * (1 - CAPTION_BAND)) });
  };
  settle();
  window.on('resize', settle);
  view.setVisible(false);
  window.contentView.addChildView(view);
  webContents.loadURL(`${APP_SCHEME}://room/index.html`).catch((error: unknown) => {
    if (!closed) log.error({ event: 'room.load-failed', error });
  });

  return {
    setVisible: (visible) => {
      if (!closed) view.setVisible(visible);
    },
    session: { session: media, origins: [origin] },
    close() {
      if (closed) return;
      closed = true;
      stopReady();
      stopEvents();
      if (!window.isDestroyed()) {
        window.off('resize', settle);
        window.contentView.removeChildView(view);
      }
      webContents.close({ waitForBeforeUnload: false });
    },
  };
}

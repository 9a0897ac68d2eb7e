/**
 * The room: a view of its own over the face screen, in a session in memory that is emptied with each visit, showing one
 * deployment's page through the Jitsi Meet IFrame API. What it reports is a stranger's word: only shared/ipc.ts passes.
 */
import { join } from 'node:path';
import { type BrowserWindow, type WebContents, WebContentsView } from 'electron';
import type { RoomEvent, RoomOrder } from '#shared/ipc.ts';
import { allowMessages } from '#shared/message-allowance.ts';
import { APP_SCHEME, CAPTION_BAND, SUBTITLE_BAND } from '#shared/screen-places.ts';
import { roomPagePolicy, serveAppPages } from './app-pages.ts';
import type { Log } from './log.ts';
import { openMediaSession, type VisitSession } from './media-session.ts';
import { watchPulse } from './page-pulse.ts';
import { framesIn } from './picture-watch.ts';
import { listenToPage, sendToPage } from './screen-link.ts';

export interface RoomViewOptions {
  readonly window: BrowserWindow;
  readonly dist: string;
  /** Of the deployment: no other is reachable from this view. */
  readonly origin: string;
  readonly log: Log;
  readonly onEvent: (event: RoomEvent) => void;
  /** The page's process is gone, or is not to be borne: the second is told as `misbehaved` as well. */
  readonly onCrash: () => void;
}

export interface RoomView {
  /** Follows the window's size; hidden until the counsellor's picture is there. */
  readonly setVisible: (visible: boolean) => void;
  /** Leaves room below for what is said in writing. */
  readonly makeRoom: (on: boolean) => void;
  /** Kept for a page that does not listen yet: the latest of each type, until `leave`. */
  readonly order: (order: RoomOrder) => void;
  /** Frames of the others' pictures decoded so far; null where they cannot be counted. Never rejects. */
  readonly frames: () => Promise<number | null>;
  /** What is seen of the room now: a small JPEG as a data: URI, or null. Never rejects. */
  readonly picture: () => Promise<string | null>;
  readonly session: VisitSession;
  /** Ends the page's process. Nothing is reported afterwards. */
  readonly close: () => void;
}

/** Pixels across, and quality: seen for a while in the place of a face, and sent with every view until then. */
const STILL = { width: 640, quality: 60, patienceMs: 1_000 };

/** Honest pages say a few things at each change of the call. Less than the preload lets through, so that it is noticed. */
const ALLOWANCE = { burst: 60, perSecond: 5, clock: () => performance.now() };

export function openRoomView(options: RoomViewOptions): RoomView {
  const { window, dist, origin, log, onEvent, onCrash } = options;
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
      // Nobody at the terminal could answer one.
      disableDialogs: true,
    },
  });
  const { webContents } = view;
  view.setBackgroundColor('#000000');
  const holding = new Map<RoomOrder['type'], RoomOrder>();
  let listens = false;
  let closed = false;

  const stopReady = listenToPage('room:ready', log, (_ready, from) => {
    if (from !== webContents) return;
    listens = true;
    for (const order of holding.values()) sendToPage(webContents, 'room:order', order);
  });
  const stopEvents = listenToPage('room:event', log, (event, from) => {
    if (from === webContents && !closed) onEvent(event);
  });
  webContents.on('render-process-gone', () => {
    log.error({ event: 'room.crashed' });
    if (!closed) onCrash();
  });

  /** Both sides go on to the next deployment: in this one the same would happen again. */
  function giveUp(event: 'room.flooding' | 'room.hung'): void {
    if (closed) return;
    log.error({ event });
    onCrash();
    onEvent({ type: 'failed', why: 'misbehaved', origin });
  }
  const allowed = allowMessages(ALLOWANCE);
  webContents.on('ipc-message', () => {
    if (!allowed()) giveUp('room.flooding');
  });
  const stopPulse = watchPulse(webContents, () => giveUp('room.hung'));

  let below = CAPTION_BAND;
  const settle = () => {
    const [width = 0, height = 0] = window.getContentSize();
    view.setBounds({ x: 0, y: 0, width, height: Math.round(height * (1 - below)) });
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
    makeRoom(on) {
      below = on ? CAPTION_BAND + SUBTITLE_BAND : CAPTION_BAND;
      if (!closed) settle();
    },
    order(order) {
      if (order.type === 'leave') holding.delete('join');
      else holding.set(order.type, order);
      if (listens && !closed) sendToPage(webContents, 'room:order', order);
    },
    picture: () => (closed ? Promise.resolve(null) : pictureOf(webContents)),
    frames: async () => (closed ? null : framesIn(webContents.mainFrame, origin)),
    session: { session: media, origins: [origin] },
    close() {
      if (closed) return;
      closed = true;
      stopPulse();
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

/** A page that hangs is not waited for. */
async function pictureOf(webContents: WebContents): Promise<string | null> {
  const late = new Promise<null>((resolve) => {
    setTimeout(() => resolve(null), STILL.patienceMs);
  });
  const taken = await Promise.race([webContents.capturePage().catch(() => null), late]);
  if (!taken || taken.isEmpty()) return null;
  const jpeg = taken.resize({ width: STILL.width }).toJPEG(STILL.quality);
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}

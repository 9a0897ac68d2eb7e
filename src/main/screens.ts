/**
 * The two windows, each on its display. A display lost: both share what remains; found again: they spread out. A page
 * that crashes or hangs is loaded again by itself; what it shows comes from main, so nothing of the visit is lost.
 */
import { join } from 'node:path';
import { app, BrowserWindow, screen, session } from 'electron';
import type { TerminalConfiguration } from '#shared/configuration/terminal.ts';
import { APP_SCHEME, SCREEN_HOSTS } from '#shared/screen-places.ts';
import { ownPagePolicy, type PagePicture, serveAppPages } from './app-pages.ts';
import { type Layout, layOut } from './display-layout.ts';
import type { Log } from './log.ts';
import { watchPulse } from './page-pulse.ts';

export interface Screens {
  readonly face: BrowserWindow;
  readonly desk: BrowserWindow;
  /** Loads the desk's page: once, after the face's, which must not share the machine while it is being made. */
  readonly openDesk: () => void;
  /**
   * Has both screens drawn by new processes; the ones that drew them end. Resolves with the ids of those once the new
   * pages are there; without the desk's where nothing has been drawn on it yet.
   */
  readonly renewPages: () => Promise<number[]>;
  /** Where the desk's pictures come from, and whom to tell after the windows moved. */
  readonly attach: (to: ScreensOwner) => void;
  readonly layout: () => Layout | null;
  /** The number of displays that the system has now. */
  readonly displays: () => number;
  readonly close: () => void;
}

export interface ScreensOptions {
  readonly choice: TerminalConfiguration['screens'];
  /** Folder of the build that holds renderer/ and preload/. */
  readonly dist: string;
  readonly log: Log;
}

export interface ScreensOwner {
  readonly picture: PagePicture;
  /** After the windows moved, because a display was lost, found or changed. */
  readonly onLayout: () => void;
}

/** ms. A page that crashes again within this time waits this long, so that it cannot eat the machine. */
const CRASH_PAUSE = 1_000;

export function openScreens({ choice, dist, log }: ScreensOptions): Screens {
  let owner: ScreensOwner | null = null;
  const picture: PagePicture = (documentId, page) => owner?.picture(documentId, page) ?? null;
  const stopPulses: (() => void)[] = [];
  const face = openWindow('face');
  const desk = openWindow('desk');
  let deskOpened = false;
  /** Which of its two hosts each page has now. */
  const hosts: Record<'face' | 'desk', 0 | 1> = { face: 0, desk: 0 };
  let current: Layout | null = null;

  function openWindow(host: 'face' | 'desk'): BrowserWindow {
    const pages = session.fromPartition(host);
    serveAppPages(
      pages,
      host,
      join(dist, 'renderer'),
      ownPagePolicy(),
      host === 'desk' ? picture : undefined,
    );
    const locked = choice.mode === 'kiosk';
    const window = new BrowserWindow({
      show: false,
      frame: !locked,
      movable: !locked,
      resizable: !locked,
      closable: !locked,
      skipTaskbar: locked,
      autoHideMenuBar: true,
      enableLargerThanScreen: true,
      title: host === 'face' ? 'Vis-à-vis — visage' : 'Vis-à-vis — bureau',
      backgroundColor: '#10222e',
      webPreferences: {
        session: pages,
        preload: join(dist, 'preload', `${host}.cjs`),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        devTools: !locked,
        backgroundThrottling: false,
      },
    });
    window.removeMenu();
    keepAlive(window, host);
    window.once('ready-to-show', () => window.showInactive());
    return window;
  }

  async function loadPage(window: BrowserWindow, name: 'face' | 'desk'): Promise<void> {
    const host = SCREEN_HOSTS[name][hosts[name]];
    try {
      await window.loadURL(`${APP_SCHEME}://${host}/index.html`);
    } catch (error) {
      log.error({ event: 'screen.load-failed', host: name, error });
    }
  }

  async function renew(window: BrowserWindow, name: 'face' | 'desk'): Promise<number | null> {
    if (window.isDestroyed()) return null;
    const drew = window.webContents.getOSProcessId();
    hosts[name] = hosts[name] === 0 ? 1 : 0;
    await loadPage(window, name);
    if (!window.isDestroyed()) window.webContents.navigationHistory.clear();
    return drew;
  }

  function keepAlive(window: BrowserWindow, host: 'face' | 'desk'): void {
    let lastCrash = 0;
    const reload = (event: string) => {
      log.error({ event, host });
      const again = Date.now() - lastCrash < CRASH_PAUSE;
      lastCrash = Date.now();
      setTimeout(() => !window.isDestroyed() && void loadPage(window, host), again ? CRASH_PAUSE : 0);
    };
    window.webContents.on('render-process-gone', (_event, details) => {
      if (details.reason !== 'clean-exit') reload('screen.crashed');
    });
    stopPulses.push(
      watchPulse(window.webContents, () => {
        log.error({ event: 'screen.hung', host });
        window.webContents.forcefullyCrashRenderer();
      }),
    );
    // Ordinary windows have a way out; locked ones cannot be closed.
    window.on('closed', () => {
      if (choice.mode === 'windows') app.quit();
    });
  }

  function arrange(): void {
    const primary = screen.getPrimaryDisplay().id;
    const facts = screen
      .getAllDisplays()
      .map(({ id, label, bounds }) => ({ id, label, bounds, primary: id === primary }));
    current = layOut(facts, choice);
    if (current && choice.mode === 'kiosk') {
      place(face, current.face);
      place(desk, current.desk);
    } else if (current) {
      place(face, inset(current.face));
      place(desk, inset(current.desk));
    }
  }

  function rearrange(): void {
    arrange();
    owner?.onLayout();
  }

  const events = ['display-added', 'display-removed', 'display-metrics-changed'] as const;
  const listen = screen as NodeJS.EventEmitter;
  for (const event of events) listen.on(event, rearrange);
  arrange();
  void loadPage(face, 'face');

  return {
    face,
    desk,
    openDesk() {
      if (deskOpened) return;
      deskOpened = true;
      void loadPage(desk, 'desk');
    },
    async renewPages() {
      const drew = [await renew(face, 'face'), deskOpened ? await renew(desk, 'desk') : null];
      return drew.filter((pid) => pid !== null);
    },
    attach(to) {
      owner = to;
    },
    layout: () => current,
    displays: () => screen.getAllDisplays().length,
    close() {
      for (const event of events) listen.off(event, rearrange);
      for (const stop of stopPulses) stop();
      face.destroy();
      desk.destroy();
    },
  };
}

function place(window: BrowserWindow, bounds: Electron.Rectangle): void {
  if (!window.isDestroyed()) window.setBounds(bounds);
}

/** Ordinary windows leave room for the title bar and the desktop around them. */
function inset(bounds: Electron.Rectangle): Electron.Rectangle {
  return { x: bounds.x + 40, y: bounds.y + 40, width: bounds.width - 80, height: bounds.height - 120 };
}

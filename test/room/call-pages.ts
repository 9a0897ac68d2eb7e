/** The two sides of a call in a real browser, looked at through RTCPeerConnection itself and not the pages' own words. */
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from '@playwright/test';
import type { RoomDevices } from '#shared/ipc.ts';
import type { RoomTicket } from '#shared/protocol.ts';
import { until } from '../rig/until.ts';
import type { RoomServer } from './room-server.ts';

interface Eyes {
  readonly connections: RTCPeerConnection[];
  firstFrameAt: number;
}
interface TerminalStub {
  readonly reports: { readonly type: string }[];
  order: (order: unknown) => void;
}
declare global {
  interface Window {
    eyes: Eyes;
    terminalStub: TerminalStub;
    heard: { type: string; origin?: string; audio?: boolean; video?: boolean }[];
    say: (message: unknown) => void;
    opened: Promise<unknown>;
    unplugged: string | null;
    start: (offers: boolean) => Promise<void>;
  }
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      // Of three, the second gives depths and no colours.
      '--use-fake-device-for-media-stream=device-count=3',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

export async function newContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  await context.addInitScript(() => {
    const eyes: Eyes = { connections: [], firstFrameAt: 0 };
    window.eyes = eyes;
    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        eyes.connections.push(this);
        const look = setInterval(() => {
          this.getStats().then((stats) => {
            for (const entry of stats.values()) {
              if (entry.type !== 'inbound-rtp' || entry.kind !== 'video' || !(entry.framesDecoded > 0))
                continue;
              eyes.firstFrameAt ||= Date.now();
              clearInterval(look);
            }
          });
        }, 10);
      }
    };
  });
  return context;
}

/** Frames decoded by every connection that the page made, closed ones left out. */
export async function framesDecoded(frame: Frame): Promise<number> {
  return frame.evaluate(async () => {
    let frames = 0;
    for (const connection of window.eyes.connections) {
      if (connection.connectionState === 'closed') continue;
      for (const entry of (await connection.getStats()).values()) {
        if (entry.type === 'inbound-rtp' && entry.kind === 'video') frames += entry.framesDecoded ?? 0;
      }
    }
    return frames;
  });
}

export async function roomFrame(page: Page, room: string): Promise<Frame> {
  return until(`the room's frame in ${page.url()}`, () =>
    page.frames().find((frame) => frame.url().includes(`/${room}`)),
  );
}

export async function sees(page: Page, room: string): Promise<void> {
  let before = -1;
  await until('frames decoded, again and again', async () => {
    const frames = await framesDecoded(await roomFrame(page, room)).catch(() => 0);
    const moving = before > 0 && frames > before + 3;
    if (before < 1 || frames < before) before = frames;
    return moving;
  });
}

/** The terminal's own room page, as built, with a stand-in for main. */
export async function terminalPage(context: BrowserContext, server: RoomServer): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const stub: TerminalStub = { reports: [], order: () => undefined };
    Object.assign(window, {
      terminalStub: stub,
      terminal: {
        onOrder(listener: (order: unknown) => void) {
          stub.order = listener;
          return () => undefined;
        },
        report: (report: { type: string }) => stub.reports.push(report),
        devices: () => undefined,
      },
    });
  });
  await page.goto(`${server.terminalOrigin}/room/index.html`);
  return page;
}

export async function terminalJoins(
  page: Page,
  ticket: RoomTicket,
  chosen: Partial<RoomDevices> = {},
): Promise<void> {
  const devices = { camera: null, microphone: null, speaker: null, ...chosen };
  await page.evaluate((order) => window.terminalStub.order(order), {
    type: 'join',
    ticket,
    devices,
    displayName: 'Borne',
  });
}

export async function reported(page: Page): Promise<string[]> {
  return page.evaluate(() => window.terminalStub.reports.map(({ type }) => type));
}

/** A page that frames the room view from the room's origin, as the console does. */
export async function consolePage(context: BrowserContext, server: RoomServer): Promise<Page> {
  const page = await context.newPage();
  await page.goto(server.consoleOrigin);
  await until('the room view to be ready', async () => (await heard(page)).includes('ready'));
  return page;
}

export async function counsellorJoins(page: Page, ticket: RoomTicket): Promise<void> {
  await page.evaluate((joined) => window.say({ type: 'join', ticket: joined, displayName: 'Anne' }), ticket);
}

export async function heard(page: Page): Promise<string[]> {
  return page.evaluate(() => window.heard.map(({ type }) => type));
}

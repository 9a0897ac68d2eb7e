/** The two sides of a call: the terminal's own room page and the console's, as built, with stand-ins around them. */
import type { BrowserContext, Page } from '@playwright/test';
import type { RoomDevices } from '#shared/ipc.ts';
import type { RoomTicket } from '#shared/protocol/views.ts';
import { until } from '../rig/until.ts';

/** Where the pages are. */
export interface PageOrigins {
  /** Serves dist/renderer as the terminal's scheme does. */
  readonly terminalOrigin: string;
  /** Serves a page that frames the room view, as the console does. */
  readonly consoleOrigin: string;
}

interface Told {
  readonly type: string;
  readonly why?: string;
  readonly missing?: readonly string[];
  readonly count?: number;
  readonly others?: readonly { readonly id: string; readonly name: string }[];
  readonly audio?: boolean;
  readonly video?: boolean;
  /** Of the message, in the console's page. */
  readonly from?: string;
}
interface TerminalStub {
  readonly reports: Told[];
  order: (order: unknown) => void;
}
declare global {
  interface Window {
    terminalStub: TerminalStub;
    heard: Told[];
    say: (message: unknown) => void;
    opened: Promise<unknown>;
    start: (offers: boolean) => Promise<void>;
  }
}

/** One side of a call, whichever of the two. */
export interface Side {
  readonly page: Page;
  readonly join: (ticket: RoomTicket, chosen?: Partial<RoomDevices>) => Promise<void>;
  readonly leave: () => Promise<void>;
  /** What this side lets the other one hear and see. */
  readonly send: (media: { readonly audio: boolean; readonly video: boolean }) => Promise<void>;
  /** Everything that the page told of the call, oldest first. */
  readonly told: () => Promise<Told[]>;
  readonly types: () => Promise<string[]>;
  /** What the deployment did not know, at the last join, of what is used of it; null before that. */
  readonly missing: () => Promise<readonly string[] | null>;
  readonly forget: () => Promise<void>;
  readonly order: (order: unknown) => Promise<void>;
}

/** The terminal's own room page, with a stand-in for main. */
export async function openTerminal(context: BrowserContext, origins: PageOrigins): Promise<Side> {
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
        report: (report: Told) => stub.reports.push(report),
        devices: () => undefined,
      },
    });
  });
  await page.goto(`${origins.terminalOrigin}/room/index.html`);
  const order = (one: unknown) => page.evaluate((sent) => window.terminalStub.order(sent), one);
  const everything = () => page.evaluate(() => window.terminalStub.reports);
  const told = async () => (await everything()).filter(({ type }) => type !== 'drift');
  return {
    page,
    order,
    join: (ticket, chosen = {}) => {
      const devices = { camera: null, microphone: null, speaker: null, ...chosen };
      return order({ type: 'join', ticket, devices, displayName: 'Borne' });
    },
    leave: () => order({ type: 'leave' }),
    send: (media) => order({ type: 'send', ...media }),
    told,
    types: async () => (await told()).map(({ type }) => type),
    missing: async () => (await everything()).findLast(({ type }) => type === 'drift')?.missing ?? null,
    forget: () =>
      page.evaluate(() => {
        window.terminalStub.reports.length = 0;
      }),
  };
}

/** The console's room view, in a page that frames it from another origin as the console does. */
export async function openConsole(context: BrowserContext, origins: PageOrigins): Promise<Side> {
  const page = await context.newPage();
  await page.goto(origins.consoleOrigin);
  const told = () => page.evaluate(() => window.heard);
  const types = async () => (await told()).map(({ type }) => type);
  await until('the room view to be ready', async () => (await types()).includes('ready'));
  const order = (one: unknown) => page.evaluate((sent) => window.say(sent), one);
  return {
    page,
    order,
    join: (ticket) => order({ type: 'join', ticket, displayName: 'Anne' }),
    leave: () => order({ type: 'leave' }),
    send: (media) => order({ type: 'send', ...media }),
    told,
    types,
    // The console is not told: those who can do something about it are.
    missing: async () => null,
    forget: () =>
      page.evaluate(() => {
        window.heard.length = 0;
      }),
  };
}

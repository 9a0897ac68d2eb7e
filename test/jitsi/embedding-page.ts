/** A page with nothing but Jitsi's own external_api.js, and all that it tells. */
import type { BrowserContext, Page } from '@playwright/test';
import { until } from '../rig/until.ts';

interface JitsiEvent {
  readonly name: string;
  // What Jitsi sends, unread.
  readonly data: Readonly<Record<string, unknown>>;
}

interface RawApi {
  addListener: (event: string, listener: (data: JitsiEvent['data']) => void) => void;
  executeCommand: (name: string, ...list: readonly unknown[]) => void;
  getSupportedEvents: () => string[];
}
declare global {
  interface Window {
    jitsi: RawApi & Record<string, (...list: readonly unknown[]) => Promise<unknown>>;
    jitsiEvents: JitsiEvent[];
  }
}

export interface EmbeddingPage {
  readonly page: Page;
  readonly events: () => Promise<JitsiEvent[]>;
  /** Waits for the `count`th event of this name; its data. */
  readonly event: (
    name: string,
    options?: { readonly count?: number; readonly timeoutMs?: number },
  ) => Promise<JitsiEvent['data']>;
  readonly command: (name: string, ...list: readonly unknown[]) => Promise<void>;
  readonly ask: (name: string, ...list: readonly unknown[]) => Promise<unknown>;
}

export interface EmbeddingOptions {
  /** Of the deployment. */
  readonly origin: string;
  /** Where an empty page of another origin is. */
  readonly blank: string;
  readonly room: string;
  readonly jwt: string | null;
  readonly name: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

export async function embedJitsi(context: BrowserContext, options: EmbeddingOptions): Promise<EmbeddingPage> {
  const page = await context.newPage();
  await page.goto(options.blank);
  await page.addScriptTag({ url: `${options.origin}/external_api.js` });
  await page.evaluate(
    ({ domain, room, jwt, name, config }) => {
      document.body.replaceChildren();
      const Api = (window as unknown as { JitsiMeetExternalAPI: new (...list: unknown[]) => Window['jitsi'] })
        .JitsiMeetExternalAPI;
      window.jitsi = new Api(domain, {
        roomName: room,
        parentNode: document.body,
        userInfo: { displayName: name },
        configOverwrite: { prejoinConfig: { enabled: false }, ...config },
        ...(jwt === null ? {} : { jwt }),
      });
      window.jitsiEvents = [];
      for (const event of window.jitsi.getSupportedEvents()) {
        window.jitsi.addListener(event, (data) => window.jitsiEvents.push({ name: event, data }));
      }
    },
    { ...options, config: options.config ?? {}, domain: new URL(options.origin).host },
  );
  const events = () => page.evaluate(() => window.jitsiEvents);
  return {
    page,
    events,
    event: (name, { count = 1, timeoutMs = 15_000 } = {}) =>
      until(`${name}, ${count} times`, async () => named(await events(), name)[count - 1]?.data, {
        timeoutMs,
      }),
    command: (name, ...list) =>
      page.evaluate(([one, rest]) => window.jitsi.executeCommand(one, ...rest), [name, list] as const),
    ask: (name, ...list) =>
      page.evaluate(([one, rest]) => window.jitsi[one]?.(...rest), [name, list] as const),
  };
}

function named(events: readonly JitsiEvent[], name: string): JitsiEvent[] {
  return events.filter((event) => event.name === name);
}

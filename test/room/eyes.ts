/** A real browser whose calls are looked at through RTCPeerConnection itself, and not through the pages' own words. */
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from '@playwright/test';
import { until } from '../rig/until.ts';

interface Eyes {
  readonly connections: RTCPeerConnection[];
  firstFrameAt: number;
  /** How often a camera or microphone was asked for. */
  asked: number;
  /** Labels of devices that are pulled out. */
  unplugged: string[];
}
declare global {
  interface Window {
    eyes: Eyes;
  }
}

export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
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
      ...args,
    ],
  });
}

export async function newContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  await context.addInitScript(() => {
    const eyes: Eyes = { connections: [], firstFrameAt: 0, asked: 0, unplugged: [] };
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
    const { mediaDevices } = navigator;
    if (!mediaDevices) return;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = (wanted) => {
      eyes.asked += 1;
      return ask(wanted);
    };
    const list = mediaDevices.enumerateDevices.bind(mediaDevices);
    mediaDevices.enumerateDevices = async () =>
      (await list()).filter(({ label }) => !eyes.unplugged.includes(label));
  });
  return context;
}

export interface Received {
  readonly frames: number;
  /** Joules, as RTCInboundRtpStreamStats counts what was loud in the sound. */
  readonly loudness: number;
}

/** Of every connection that the page made, closed ones left out. */
export async function received(frame: Frame): Promise<Received> {
  return frame.evaluate(async () => {
    let [frames, loudness] = [0, 0];
    for (const connection of window.eyes.connections) {
      if (connection.connectionState === 'closed') continue;
      for (const entry of (await connection.getStats()).values()) {
        if (entry.type !== 'inbound-rtp') continue;
        if (entry.kind === 'video') frames += entry.framesDecoded ?? 0;
        else loudness += entry.totalAudioEnergy ?? 0;
      }
    }
    return { frames, loudness };
  });
}

export async function roomFrame(page: Page, room: string): Promise<Frame> {
  return until(`the room's frame in ${page.url()}`, () =>
    page.frames().find((frame) => frame.url().includes(`/${room}`)),
  );
}

/** Pictures that follow one another. */
export async function sees(page: Page, room: string, timeoutMs = 15_000): Promise<void> {
  await grows(page, room, 'frames', timeoutMs);
}

export async function hears(page: Page, room: string): Promise<void> {
  await grows(page, room, 'loudness', 15_000);
}

async function grows(page: Page, room: string, what: keyof Received, timeoutMs: number): Promise<void> {
  let before = 0;
  let steps = 0;
  const look = async () => {
    const frame = await roomFrame(page, room);
    // A frame that is just being loaded again has nothing to count.
    const now = await received(frame).then(
      (counted) => counted[what],
      () => 0,
    );
    steps = now > before && before > 0 ? steps + 1 : steps;
    if (now < before) steps = 0;
    before = now;
    return steps > 3;
  };
  await until(`${what} growing, again and again`, look, { timeoutMs });
}

/**
 * While the one grows, the other stays as it is. It may take a moment until it does: what was under way still arrives.
 */
export async function only(
  grown: keyof Received,
  kept: keyof Received,
  page: Page,
  room: string,
): Promise<void> {
  const frame = await roomFrame(page, room);
  let since = await received(frame);
  let steps = 0;
  await until(`${grown} without ${kept}`, async () => {
    const now = await received(frame);
    // The fake microphone beeps once a second: loud for a moment, silent in between.
    if (now[kept] > since[kept] * 1.0001) [since, steps] = [now, 0];
    else if (now[grown] > since[grown]) steps += 1;
    return steps > 40;
  });
}

/** What the page's newest connection sends now. */
export async function sends(
  frame: Frame,
): Promise<{ audio: boolean; video: boolean; camera: string | null }> {
  return frame.evaluate(() => {
    const senders = window.eyes.connections.at(-1)?.getSenders() ?? [];
    const track = (kind: string) => senders.find((sender) => sender.track?.kind === kind)?.track ?? null;
    const flows = (found: MediaStreamTrack | null) => found?.enabled === true && found.readyState === 'live';
    return {
      audio: flows(track('audio')),
      video: flows(track('video')),
      camera: track('video')?.label ?? null,
    };
  });
}

/** The fake devices cannot be pulled out: the list is made to say so, and the picture ends as it then does. */
export async function unplug(frame: Frame, label: string): Promise<void> {
  await frame.evaluate((gone) => {
    window.eyes.unplugged = [gone];
    for (const sender of window.eyes.connections.at(-1)?.getSenders() ?? []) {
      if (sender.track?.label !== gone) continue;
      sender.track.stop();
      sender.track.dispatchEvent(new Event('ended'));
    }
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  }, label);
}

export async function replug(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    window.eyes.unplugged = [];
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  });
}

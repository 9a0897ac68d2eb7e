/**
 * The terminal's self-test page, as built and under its own policy, in a real browser with devices of its making.
 * No fake microphone hears a fake loudspeaker: where the sound must come back, the page's own output is wired to its
 * microphone (Web Audio), with the delay, the loss and the echo cancellation that the test says.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noCameraSwitches } from '#rig/fake-media.ts';
import { findingsOf, type MediaMeasurement, mediaMeasurement } from '#shared/self-test.ts';
import { build } from '../../scripts/build.ts';
import { type FakeRecordings, makeFakeRecordings } from './fake-recordings.ts';

const renderer = path.resolve(import.meta.dirname, '../../dist/renderer');
/** As main gives it to the page (app-pages.ts). */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

let files: FakeRecordings;
let pages: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  await build({ only: ['renderer'] });
  files = makeFakeRecordings();
  pages = await serve();
});
afterAll(async () => {
  files.remove();
  await pages.close();
});

interface Machine {
  readonly switches?: readonly string[];
  readonly fragment?: string;
  /** Runs in the page before its own script. */
  readonly wire?: (page: Page) => Promise<unknown>;
  /** Whether it may use camera and microphone. */
  readonly allowed?: boolean;
}

async function selfTest(machine: Machine): Promise<MediaMeasurement> {
  const { switches = [], fragment = '', wire, allowed = true } = machine;
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--use-fake-device-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-component-update',
      ...switches,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  try {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // What the server denies on purpose, the browser notes.
      if (allowed || !/permissions policy/i.test(message.text())) complaints.push(message.text());
    });
    let tell: (measured: unknown) => void = () => undefined;
    const measured = new Promise<unknown>((resolve) => {
      tell = resolve;
    });
    await page.exposeFunction('measured', (value: unknown) => tell(value));
    await page.addInitScript(() => {
      const main = window as unknown as { terminal: unknown; measured: (value: unknown) => void };
      main.terminal = { measured: (value: unknown) => main.measured(value) };
    });
    await wire?.(page);
    await page.goto(`${pages.origin}/self-test.html${allowed ? '' : '?denied'}${fragment}`);
    const answer = await measured;
    expect(complaints).toEqual([]);
    return mediaMeasurement.parse(answer);
  } finally {
    await browser.close();
  }
}

/** A server rather than the driver's own answers: those do not reach the scripts of an AudioWorklet. */
async function serve(): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    // Asked for by the browser, not by the page.
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    const file = path.join(renderer, pathname.startsWith('/assets/') ? '' : 'room', path.normalize(pathname));
    const contentType = types[path.extname(file)];
    if (!file.startsWith(renderer) || !contentType) return void response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': contentType,
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      ...(search === '?denied' ? { 'permissions-policy': 'camera=(), microphone=()' } : {}),
    });
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

interface Loop {
  /** ms. */
  readonly delay: number;
  /** Factors. */
  readonly gain: number;
  readonly withCancellation: number;
}

/** What the page plays comes back through its microphone, over the noise of a quiet room. */
function wired(loop: Loop): (page: Page) => Promise<unknown> {
  return (page) =>
    page.addInitScript(({ delay, gain, withCancellation }) => {
      const room = new AudioContext({ sampleRate: 48_000 });
      const air = new DelayNode(room, { delayTime: delay / 1_000, maxDelayTime: 1 });
      const outputs = new WeakMap<BaseAudioContext, AudioNode>();
      const real = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'destination')?.get;
      Object.defineProperty(AudioContext.prototype, 'destination', {
        get(this: AudioContext) {
          const known = outputs.get(this);
          if (known || this === room) return known ?? real?.call(this);
          const output = new GainNode(this);
          outputs.set(this, output);
          output.connect(real?.call(this));
          const out = new MediaStreamAudioDestinationNode(this, { channelCount: 1 });
          output.connect(out);
          room.createMediaStreamSource(out.stream).connect(air);
          return output;
        },
      });
      const getUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await getUserMedia(wanted);
        if (typeof wanted?.audio !== 'object') return stream;
        const heard = new MediaStreamAudioDestinationNode(room, { channelCount: 1 });
        const cancelled = wanted.audio.echoCancellation === true ? withCancellation : 1;
        air.connect(new GainNode(room, { gain: gain * cancelled })).connect(heard);
        room.createMediaStreamSource(stream).connect(heard);
        return heard.stream;
      };
    }, loop);
}

/** dB, full scale = an RMS of 1, of the sweep as it is played. */
const PLAYED = -15.5;

describe('what it finds in a browser with fake devices', () => {
  it('a camera that moves, a microphone that beeps, and a loudspeaker that this microphone cannot hear', async () => {
    const measured = await selfTest({});
    expect(measured.camera).toMatchObject({ state: 'seen', moving: true });
    expect(measured.microphone.state).toBe('heard');
    expect(measured).toMatchObject({ speaker: 'present', sound: null });
    expect(findingsOf(measured)).toEqual(['soundNotHeard']);
  });

  it('a covered camera and a microphone that is switched off', async () => {
    const measured = await selfTest({
      switches: [
        `--use-file-for-fake-video-capture=${files.blackCamera}`,
        `--use-file-for-fake-audio-capture=${files.silentMicrophone}`,
      ],
    });
    expect(measured.microphone).toEqual({ state: 'heard', noise: null });
    expect(findingsOf(measured)).toEqual(['microphoneSilent', 'cameraBlack']);
  });

  it('a camera that hangs', async () => {
    const measured = await selfTest({
      switches: [`--use-file-for-fake-video-capture=${files.frozenCamera}`],
    });
    expect(findingsOf(measured)).toEqual(['cameraFrozen', 'soundNotHeard']);
  });

  it('no camera, and a microphone by a name that is not there', async () => {
    const measured = await selfTest({
      switches: noCameraSwitches(),
      fragment: `#microphone=${encodeURIComponent('Micro de conférence')}`,
    });
    expect(findingsOf(measured)).toEqual(['microphoneAbsent', 'cameraAbsent']);
  });

  it('devices that nobody lets it use', async () => {
    const measured = await selfTest({ allowed: false });
    expect(findingsOf(measured)).toEqual(['microphoneNotOpened', 'cameraNotOpened']);
  });
});

describe('what it measures when its own sound comes back', () => {
  const quiet = () => `--use-file-for-fake-audio-capture=${files.quietRoom}`;

  it('delay, level and what echo cancellation leaves', async () => {
    const near = await selfTest({
      switches: [quiet()],
      wire: wired({ delay: 60, gain: 0.1, withCancellation: 0.01 }),
    });
    const far = await selfTest({
      switches: [quiet()],
      wire: wired({ delay: 260, gain: 0.05, withCancellation: 0.5 }),
    });
    expect(findingsOf(near)).toEqual([]);
    expect(findingsOf(far)).toEqual(['echoStrong']);
    // Beside the wired delay there is that of the browser's own streams.
    const later = (far.sound?.delay ?? 0) - (near.sound?.delay ?? 0);
    expect(Math.abs(later - 200)).toBeLessThan(50);
    expect(near.sound?.level).toBeCloseTo(PLAYED - 20, -0.5);
    expect((near.sound?.level ?? 0) - (far.sound?.level ?? 0)).toBeCloseTo(6, 0);
    expect(near.sound?.echo?.reduction).toBeGreaterThan(25);
    expect(far.sound?.echo?.reduction).toBeCloseTo(6, 0);
  });
});

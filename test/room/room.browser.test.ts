/** Two people meet in the built-in room, in a real browser, through external_api.js of another origin. */

import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { build } from '../../scripts/build.ts';
import { until } from '../rig/until.ts';
import {
  consolePage,
  counsellorJoins,
  framesDecoded,
  heard,
  launchBrowser,
  newContext,
  reported,
  roomFrame,
  sees,
  terminalJoins,
  terminalPage,
} from './call-pages.ts';
import { type RoomServer, startRoomServer } from './room-server.ts';

let server: RoomServer;
let browser: Browser;
let context: BrowserContext;
let room: string;
let terminal: Page;
let counsellor: Page;

beforeAll(async () => {
  await build({ only: ['room', 'console-room', 'renderer'] });
  server = await startRoomServer();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  context = await newContext(browser);
  room = server.newRoom();
  terminal = await terminalPage(context, server);
  counsellor = await consolePage(context, server);
});
afterEach(async () => {
  await context.close();
});

async function meet(): Promise<void> {
  await terminalJoins(terminal, await server.ticket(room, 'terminal'));
  await counsellorJoins(counsellor, await server.ticket(room, 'counsellor'));
  await sees(terminal, room);
  await sees(counsellor, room);
}

describe('a call in the built-in room', () => {
  it('shows each to the other, and says so', async () => {
    await meet();
    await until('both to be told', async () => {
      return (await reported(terminal)).includes('live') && (await heard(counsellor)).includes('live');
    });
    expect(await reported(terminal)).toEqual(['joined', 'live']);
    expect(await heard(counsellor)).toEqual(['ready', 'joined', 'live']);
    const origins = await counsellor.evaluate(() => window.heard.map(({ origin }) => origin));
    expect(new Set(origins)).toEqual(new Set([server.origin]));
    const frame = await roomFrame(terminal, room);
    expect(await frame.locator('#self').isVisible()).toBe(false);
    expect(await (await roomFrame(counsellor, room)).locator('#self').isVisible()).toBe(true);
  });

  it('tells the counsellor what is muted, and mutes', async () => {
    await meet();
    for (const [order, expected] of [
      ['toggleMicrophone', { audio: true, video: false }],
      ['toggleCamera', { audio: true, video: true }],
      ['toggleMicrophone', { audio: false, video: true }],
      ['toggleCamera', { audio: false, video: false }],
    ] as const) {
      await counsellor.evaluate((type) => {
        window.heard.length = 0;
        window.say({ type });
      }, order);
      await until('the mute event', async () => (await heard(counsellor)).includes('muted'));
      const [event] = await counsellor.evaluate(() => window.heard.filter(({ type }) => type === 'muted'));
      expect(event).toMatchObject(expected);
      const frame = await roomFrame(counsellor, room);
      const sent = () =>
        frame.evaluate(() => {
          const senders = window.eyes.connections.at(-1)?.getSenders() ?? [];
          const track = (kind: string) => senders.find((sender) => sender.track?.kind === kind)?.track;
          return { audio: track('audio')?.enabled !== true, video: track('video') == null };
        });
      await until('the tracks to follow', async () => {
        const now = await sent();
        return now.audio === expected.audio && now.video === expected.video;
      });
    }
    await sees(terminal, room);
  });

  it('takes a side back at once when its page is loaded again', async () => {
    await meet();
    await terminal.reload();
    await terminalJoins(terminal, await server.ticket(room, 'terminal'));
    await sees(terminal, room);
    await sees(counsellor, room);
    await counsellor.reload();
    await until('the room view to be ready', async () => (await heard(counsellor)).includes('ready'));
    await counsellorJoins(counsellor, await server.ticket(room, 'counsellor'));
    await sees(counsellor, room);
    await sees(terminal, room);
  });

  it('goes on without a break while the hub is killed and started again', async () => {
    await meet();
    const frame = await roomFrame(terminal, room);
    const connections = () => frame.evaluate(() => window.eyes.connections.length);
    const before = await connections();
    await server.kill();
    const then = await framesDecoded(frame);
    await until('frames while there is no server', async () => (await framesDecoded(frame)) > then + 20);
    server.forgetRooms();
    const strangers = server.strangers();
    await server.start();
    await until('both to be refused once', () => server.strangers() > strangers + 1);
    server.rememberRooms();
    await counsellor.evaluate(() => window.say({ type: 'toggleCamera' }));
    await until('signalling to be back', async () => {
      return (await frame.locator('#stage').getAttribute('data-state')) === 'voice';
    });
    await counsellor.evaluate(() => window.say({ type: 'toggleCamera' }));
    await sees(terminal, room);
    await sees(counsellor, room);
    expect(await connections()).toBe(before);
    expect(await reported(terminal)).not.toContain('lost');
  });

  it('makes a new connection when the old one is dead', async () => {
    await meet();
    const frame = await roomFrame(counsellor, room);
    // A network that lets nothing through any more, seen from both ends: their connection ends without a word.
    await (await roomFrame(terminal, room)).evaluate(() => window.eyes.connections.at(-1)?.close());
    await until('another connection', () => frame.evaluate(() => window.eyes.connections.length > 1));
    await sees(terminal, room);
    await sees(counsellor, room);
  });

  it('takes the chosen camera, any other once it is pulled out, and the chosen one again', async () => {
    await terminalJoins(terminal, await server.ticket(room, 'terminal'), { camera: 'fake_device_2' });
    await counsellorJoins(counsellor, await server.ticket(room, 'counsellor'));
    await sees(counsellor, room);
    const frame = await roomFrame(terminal, room);
    const camera = () =>
      frame.evaluate(
        () =>
          window.eyes.connections
            .at(-1)
            ?.getSenders()
            .find(({ track }) => track?.kind === 'video')?.track?.label,
      );
    expect(await camera()).toBe('fake_device_2');
    // The fake devices cannot be pulled out: the list is made to say so, and the picture ends as it then does.
    await frame.evaluate(() => {
      const { mediaDevices } = navigator;
      const real = mediaDevices.enumerateDevices.bind(mediaDevices);
      mediaDevices.enumerateDevices = async () =>
        (await real()).filter(({ label }) => window.unplugged !== label);
      window.unplugged = 'fake_device_2';
      const track = window.eyes.connections
        .at(-1)
        ?.getSenders()
        .find((sender) => sender.track?.kind === 'video')?.track;
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
    });
    await until('the other camera', async () => (await camera()) === 'fake_device_0');
    await sees(counsellor, room);
    await frame.evaluate(() => {
      window.unplugged = null;
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await until('the chosen camera again', async () => (await camera()) === 'fake_device_2');
    await sees(counsellor, room);
  });

  it('ends for both when the visit is over', async () => {
    await meet();
    server.closeRoom(room);
    await until('both to be told', async () => {
      return (await reported(terminal)).includes('left') && (await heard(counsellor)).includes('left');
    });
    const camera = await (await roomFrame(terminal, room)).evaluate(() =>
      window.eyes.connections.every(({ connectionState }) => connectionState === 'closed'),
    );
    expect(camera).toBe(true);
  });

  it('tells the terminal that the counsellor hung up', async () => {
    await meet();
    await counsellor.evaluate(() => window.say({ type: 'leave' }));
    await until('the loss to be told', async () => (await reported(terminal)).includes('lost'));
  });

  it.each([
    ['a foreign ticket', { secret: randomBytes(32) }],
    ['a third person', { participantId: 'someone-else' }],
  ])('refuses %s, and those who are there notice nothing', async (_who, other) => {
    await meet();
    const third = await terminalPage(context, server);
    await terminalJoins(third, await server.ticket(room, 'terminal', other));
    await until('the refusal', async () => (await reported(third)).includes('failed'));
    expect(await reported(third)).toEqual(['failed']);
    await sees(terminal, room);
    await sees(counsellor, room);
    expect(await reported(terminal)).not.toContain('lost');
  });

  it('refuses a room that nobody opened', async () => {
    await terminalJoins(terminal, await server.ticket('a'.repeat(48), 'terminal'));
    await until('the refusal', async () => (await reported(terminal)).includes('failed'));
  });
});

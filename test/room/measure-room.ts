/**
 * From join to the first decoded frame, on the slower of the two sides: the room (scripts, frames, tickets, signalling
 * and all) against two bare WebRTC pages with the same streams, in turns in the same browser.
 * Run: node test/room/measure-room.ts [rounds]
 */
import { randomUUID } from 'node:crypto';
import type { Browser } from '@playwright/test';
import { build } from '../../scripts/build.ts';
import { until } from '../rig/until.ts';
import { openConsole, openTerminal } from './call-pages.ts';
import { launchBrowser, newContext, roomFrame } from './eyes.ts';
import { type RoomServer, startRoomServer } from './room-server.ts';

export interface RoomMeasure {
  /** Medians, ms. */
  readonly value: number;
  readonly baseline: number;
  readonly ratio: number;
}

export async function measureRoom(rounds = 7): Promise<RoomMeasure> {
  await build({ only: ['room', 'console-room', 'renderer'] });
  const server = await startRoomServer();
  const browser = await launchBrowser();
  try {
    const values: number[] = [];
    const baselines: number[] = [];
    // The first of each warms the browser up and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      const baseline = await bareCall(browser, server);
      const value = await roomCall(browser, server);
      if (round > 0) {
        baselines.push(baseline);
        values.push(value);
      }
    }
    const value = median(values);
    const baseline = median(baselines);
    return { value, baseline, ratio: value / baseline };
  } finally {
    await browser.close();
    await server.close();
  }
}

async function roomCall(browser: Browser, server: RoomServer): Promise<number> {
  const context = await newContext(browser);
  const room = server.newRoom();
  const terminal = await openTerminal(context, server);
  const counsellor = await openConsole(context, server);
  const tickets = [await server.ticket(room, 'terminal'), await server.ticket(room, 'counsellor')] as const;
  const start = Date.now();
  await Promise.all([terminal.join(tickets[0]), counsellor.join(tickets[1])]);
  const ends = await Promise.all(
    [terminal, counsellor].map(async ({ page }) => {
      const frame = await roomFrame(page, room);
      return until('a first frame', () => frame.evaluate(() => window.eyes?.firstFrameAt));
    }),
  );
  await context.close();
  return Math.max(...ends) - start;
}

async function bareCall(browser: Browser, server: RoomServer): Promise<number> {
  const context = await newContext(browser);
  const pages = [await context.newPage(), await context.newPage()] as const;
  const call = randomUUID();
  for (const page of pages) {
    await page.goto(`${server.consoleOrigin}/bare.html?call=${call}`);
    await page.evaluate(() => window.opened);
  }
  const start = Date.now();
  await Promise.all([
    pages[0].evaluate(() => window.start(false)),
    pages[1].evaluate(() => window.start(true)),
  ]);
  const ends = await Promise.all(
    pages.map((page) => until('a first frame', () => page.evaluate(() => window.eyes.firstFrameAt))),
  );
  await context.close();
  return Math.max(...ends) - start;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

if (import.meta.main) {
  console.log(JSON.stringify(await measureRoom(Number(process.argv[2] ?? 7))));
}

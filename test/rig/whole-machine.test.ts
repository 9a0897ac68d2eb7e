/** The parts together: a hub that is killed, a terminal on two displays that is killed, and both come back. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from '../../scripts/build.ts';
import { type Displays, startDisplays } from './displays.ts';
import { type HubProcess, startHub } from './hub-process.ts';
import { makeRunFolder } from './run-folder.ts';
import { startTerminalProcess, type TerminalProcess } from './terminal-process.ts';
import { until } from './until.ts';

let displays: Displays;
let hub: HubProcess;
let terminal: TerminalProcess;

beforeAll(async () => {
  await build();
  displays = await startDisplays();
  hub = await startHub();
  terminal = await startTerminalProcess({
    display: displays.display,
    configuration: {
      hub: hub.origin,
      enrolmentCode: hub.demo.enrolmentCode,
      commune: { name: 'Saint-Martin-des-Prés', colour: '#1d4e5f', logo: null },
      printer: { driver: 'none' },
      scanner: { driver: 'none' },
    },
  });
}, 120_000);
afterAll(async () => {
  await terminal?.close();
  await hub?.close();
  await displays?.close();
});

const isWelcoming = () =>
  until('the face screen welcomes', async () =>
    (await (await terminal.page('face')).locator('body').innerText()).includes('Saint-Martin-des-Prés'),
  );

/** How many different colours are on a display: an empty one has one. */
async function colours(index: 0 | 1): Promise<number> {
  const file = path.join(makeRunFolder('shot'), 'screen.png');
  await displays.screenshot(file, displays.outputs[index]);
  const { data } = await sharp(readFileSync(file)).raw().toBuffer({ resolveWithObject: true });
  const seen = new Set<number>();
  for (let at = 0; at < data.length; at += 3) seen.add(data.readUIntBE(at, 3));
  return seen.size;
}

test('the terminal enrols, opens, and both displays show something', async () => {
  await isWelcoming();
  await terminal.page('desk');
  await until('both displays are painted', async () => (await colours(0)) > 10 && (await colours(1)) > 1);
});

test('a hub killed and started again is reached again', async () => {
  await hub.kill9();
  await expect(fetch(`${hub.origin}/healthz`)).rejects.toThrow();
  await hub.restart();
  expect((await fetch(`${hub.origin}/healthz`)).status).toBe(200);
});

test('a terminal killed and started again is the same terminal', async () => {
  await terminal.kill9();
  await until('the display is empty', async () => (await colours(0)) === 1);
  await terminal.start();
  await isWelcoming();
});

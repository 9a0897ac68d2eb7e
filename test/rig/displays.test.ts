import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Displays, startDisplays } from './displays.ts';
import { startProcess } from './processes.ts';
import { makeRunFolder } from './run-folder.ts';
import { until } from './until.ts';

let displays: Displays;
const folder = makeRunFolder('displays-test');

beforeAll(async () => {
  displays = await startDisplays();
});
afterAll(async () => {
  await displays.close();
  rmSync(folder, { recursive: true });
});

test('two displays stand side by side', async () => {
  expect(await displays.current()).toEqual(displays.outputs);
});

test('a display that is pulled is gone, and comes back where it was', async () => {
  for (const { name } of displays.outputs) {
    await displays.removeOutput(name);
    expect((await displays.current()).map((output) => output.name)).not.toContain(name);
    await displays.restoreOutput(name);
    expect(await displays.current()).toEqual(displays.outputs);
  }
});

test('a screenshot shows what a program draws, on the display where it draws', async () => {
  const [left, right] = displays.outputs;
  const file = path.join(folder, 'right.png');
  const brightness = async (output: typeof left) => {
    await displays.screenshot(file, output);
    const { channels } = await sharp(readFileSync(file)).stats();
    return channels[0]?.mean ?? 0;
  };
  expect(await brightness(right)).toBeLessThan(5);
  const clock = await startProcess({
    name: 'xclock',
    program: 'xclock',
    args: ['-digital', '-bg', 'white', '-geometry', `${right.width}x${right.height}+${right.x}+${right.y}`],
    env: { ...process.env, DISPLAY: displays.display },
  });
  await until('the clock is on the right display', async () => (await brightness(right)) > 200);
  expect(await brightness(left)).toBeLessThan(5);
  expect(await sharp(readFileSync(file)).metadata()).toMatchObject({
    width: left.width,
    height: left.height,
  });
  await clock.close();
});

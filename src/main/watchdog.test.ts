import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from './log.ts';
import { feedWatchdog } from './watchdog.ts';

const log = createLog('silent');
let folder: string;
let starve: () => void = () => undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watchdog-'));
});
afterEach(() => {
  starve();
  rmSync(folder, { recursive: true });
});

it('makes the heartbeat file at once and keeps it young', async () => {
  const file = join(folder, 'alive');
  starve = feedWatchdog(log, { VISAVIS_HEARTBEAT: file });
  await expect.poll(() => statSync(file, { throwIfNoEntry: false })?.size).toBe(0);
  utimesSync(file, 0, 0);
  await expect.poll(() => statSync(file).mtimeMs, { timeout: 5_000 }).toBeGreaterThan(0);
});

it('lets the file grow old once it is told to stop', async () => {
  const file = join(folder, 'alive');
  writeFileSync(file, '');
  feedWatchdog(log, { VISAVIS_HEARTBEAT: file })();
  await expect.poll(() => Date.now() - statSync(file).mtimeMs, { timeout: 6_000 }).toBeGreaterThan(2_500);
});

it('does nothing without a supervisor', () => {
  expect(() => feedWatchdog(log, {})()).not.toThrow();
});

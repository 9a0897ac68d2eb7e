import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp, { type Metadata } from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from './run-command.ts';
import { makeRunFolder } from './run-folder.ts';
import { type RigScanner, type ScannerCondition, startScanner } from './scanner.ts';

let scanner: RigScanner;
beforeAll(() => {
  scanner = startScanner();
});
afterAll(() => scanner.close());

const scanimage = (...args: string[]) =>
  runCommand('scanimage', args, { env: { ...process.env, ...scanner.env } });

async function scan(): Promise<Metadata> {
  const file = path.join(makeRunFolder('scan-test'), 'page.png');
  await scanimage('-d', scanner.device, '--resolution=75', '--format=png', '-o', file);
  return sharp(file).metadata();
}

test('it scans A4, and is gone when unplugged', async () => {
  expect(await scanimage('-L')).toContain(`device \`${scanner.device}'`);
  const { width = 0, height = 0 } = await scan();
  expect([width, height].map((pixels) => Math.round((pixels / 75) * 25.4))).toEqual([210, 297]);
  scanner.unplug();
  expect(await scanimage('-L')).not.toContain(scanner.device);
  await expect(scan()).rejects.toThrow('open of device');
  scanner.plug();
  await scan();
});

test.each([
  ['jammed', 'Document feeder jammed'],
  ['noDocuments', 'Document feeder out of documents'],
  ['coverOpen', 'Scanner cover is open'],
  ['busy', 'Device busy'],
  ['ioError', 'Error during device I/O'],
  ['accessDenied', 'Access to resource has been denied'],
] satisfies [ScannerCondition, string][])(
  '%s: scanimage says "%s", and scans once that is over',
  async (condition, words) => {
    scanner.setCondition(condition);
    await expect(scan()).rejects.toThrow(words);
    scanner.setCondition('ready');
    await scan();
  },
);

test('the read delay makes a page last', async () => {
  const start = performance.now();
  scanner.setReadDelay(200_000);
  await scan();
  expect(performance.now() - start).toBeGreaterThan(1_500);
  scanner.setReadDelay(0);
});

test('its reader is never cancelled where it holds a lock', async () => {
  const output = path.join(makeRunFolder('scan-test'), 'bound');
  const env = { ...process.env, ...scanner.env, LD_DEBUG: 'bindings', LD_DEBUG_OUTPUT: output };
  await runCommand('scanimage', ['-n', '-d', scanner.device], { env });
  const bound = globSync(`${output}.*`).map((file) => readFileSync(file, 'utf8'));
  const asked = bound
    .join('')
    .split('\n')
    .filter((line) => line.includes("`pthread_setcanceltype'"));
  expect(asked.some((line) => line.includes('libsane-test'))).toBe(true);
  for (const line of asked) expect(line).toContain(` to ${scanner.env.LD_PRELOAD} `);
});

/**
 * From the counsellor's press on "Numériser" to the first lines of the page in her browser, from a glass that takes about
 * ten seconds; against `scanimage` with the same settings to its first bytes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { RigScanner } from '#rig/scanner.ts';
import type { Measurement } from './figure.ts';
import type { MeasuredCounsellor } from './people.ts';
import { sitInVisit } from './sit-in-visit.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 7;
/** Microseconds after each read of the test backend: the page then takes about ten seconds. */
const READ_DELAY = 80_000;
const PHOTO = ['--format=pnm', '--source', 'Flatbed', '--mode', 'Color', '--resolution', '300'];
const A4 = ['-l', '0', '-t', '0', '-x', '210', '-y', '297'];

export function measureScanFirst(): Promise<Measurement> {
  return withClosers(async (close) => {
    const { nadia, town } = await sitInVisit(close);
    const { scanner } = town;
    scanner.setReadDelay(READ_DELAY);
    const values: number[] = [];
    const baselines: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      baselines.push(await firstBytes(scanner));
      await nadia.scan({ purpose: 'Photo', source: 'Sur la vitre' });
      values.push((await firstLines(nadia)) - (await nadia.pressedAt()));
      await nadia.stopScan();
      await nadia.page.getByRole('button', { name: /^(Numériser|Continuer)/ }).waitFor();
    }
    return { unit: 'ms', values, baselines, allowance: { kind: 'plus', extra: 300 } };
  });
}

async function firstBytes({ program, device, env }: RigScanner): Promise<number> {
  const start = performance.now();
  const child = spawn(program, ['-d', device, ...PHOTO, ...A4], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  const taken = performance.now() - start;
  child.stdout.resume();
  child.kill('SIGTERM');
  await once(child, 'close');
  return taken;
}

/** When the browser had loaded the first picture of the growing page, ms of the epoch. */
async function firstLines({ page }: MeasuredCounsellor): Promise<number> {
  const shown = await page.waitForFunction(
    () => {
      const picture = document.querySelector<HTMLImageElement>('.thumbnail-growing img');
      return picture?.complete && picture.naturalHeight > 0 ? Date.now() : null;
    },
    undefined,
    { polling: 'raf', timeout: 60_000 },
  );
  return Number(await shown.jsonValue());
}

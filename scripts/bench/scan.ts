/**
 * From the counsellor's press on "Numériser" to the page's picture in her browser, A4 in colour at 300 dpi from a glass
 * that takes about ten seconds, as a desk scanner does; against `scanimage` to a file with the same settings.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '#rig/run-command.ts';
import { makeRunFolder } from '#rig/run-folder.ts';
import type { Measurement } from './figure.ts';
import type { MeasuredCounsellor } from './people.ts';
import { sitInVisit } from './sit-in-visit.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 5;
/** Microseconds after each read of the test backend: the page then takes about ten seconds. */
const READ_DELAY = 80_000;
const A4_COLOUR = [
  ...['--format=pnm', '--source', 'Flatbed', '--mode', 'Color', '--resolution', '300'],
  ...['-l', '0', '-t', '0', '-x', '210', '-y', '297'],
];

export function measureScan(): Promise<Measurement> {
  return withClosers(async (close) => {
    const { nadia, town } = await sitInVisit(close);
    const { scanner } = town;
    scanner.setReadDelay(READ_DELAY);
    const file = path.join(makeRunFolder('scan'), 'page.pnm');
    const env = { ...process.env, ...scanner.env };

    const values: number[] = [];
    const baselines: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = Date.now();
      await runCommand('scanimage', ['-d', scanner.device, ...A4_COLOUR, '-o', file], { env });
      baselines.push(Date.now() - start);
      rmSync(file);

      await nadia.scan({ purpose: 'Photo', source: 'Sur la vitre' });
      const pressed = await nadia.pressedAt();
      values.push((await pageShown(nadia, round + 1)) - pressed);
    }
    return { unit: 'ms', values, baselines, allowance: { kind: 'times', factor: 1.2 } };
  });
}

/** When the browser had loaded the picture of this page (from 1), ms of the epoch. */
async function pageShown({ page }: MeasuredCounsellor, rank: number): Promise<number> {
  const shown = await page.waitForFunction(
    (wanted) => {
      const picture = document.querySelectorAll<HTMLImageElement>('.thumbnail-picture img')[wanted - 1];
      return picture?.complete && picture.naturalWidth > 2000 ? Date.now() : null;
    },
    rank,
    { polling: 'raf', timeout: 60_000 },
  );
  return Number(await shown.jsonValue());
}

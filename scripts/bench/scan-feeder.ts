/**
 * From the counsellor's press on "Numériser" to the PDF of ten letters in her downloads, cropped, straightened and white,
 * from a feeder of thirty pages a minute; against `scanimage --batch` with the same settings, without any of that.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '#rig/run-command.ts';
import { makeRunFolder } from '#rig/run-folder.ts';
import type { Measurement } from './figure.ts';
import { type MeasuredVisit, sitInVisit } from './sit-in-visit.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 2;
/** Sheets that the test backend's feeder holds. */
const SHEETS = 10;
/** Microseconds after each read of the test backend: an A4 page in colour at 200 dpi then takes about two seconds. */
const READ_DELAY = 25_000;
const LETTER = ['--format=pnm', '--mode', 'Color', '--resolution', '200'];
const A4 = ['-l', '0', '-t', '0', '-x', '210', '-y', '297'];

export async function measureScanFeeder(): Promise<Measurement> {
  const values: number[] = [];
  const baselines: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    // A visit of its own: the PDF has these ten pages and no others.
    const { value, baseline } = await withClosers(async (close) => scanTenLetters(await sitInVisit(close)));
    values.push(value);
    baselines.push(baseline);
  }
  return { unit: 'ms', values, baselines, allowance: { kind: 'times', factor: 1.1 } };
}

async function scanTenLetters({
  nadia,
  town,
}: MeasuredVisit): Promise<{ readonly value: number; readonly baseline: number }> {
  const { scanner } = town;
  scanner.setReadDelay(READ_DELAY);
  const folder = path.join(makeRunFolder('feeder'), 'batch');
  mkdirSync(folder);
  const env = { ...process.env, ...scanner.env };
  const feeder = ['--source', 'Automatic Document Feeder', `--batch=${path.join(folder, '%d.pnm')}`];
  const start = Date.now();
  await runCommand(scanner.program, ['-d', scanner.device, ...feeder, ...LETTER, ...A4], { env });
  const baseline = Date.now() - start;

  await nadia.scan({ purpose: 'Courrier', source: 'Dans le chargeur' });
  const pressed = await nadia.pressedAt();
  await nadia.page.waitForFunction(
    (wanted) => {
      const loaded = [...document.querySelectorAll<HTMLImageElement>('.thumbnail-picture img')].filter(
        (picture) => picture.complete && picture.naturalWidth > 0,
      );
      return loaded.length >= wanted;
    },
    SHEETS,
    { polling: 'raf', timeout: 120_000 },
  );
  const arrived = Date.now() - pressed;
  await nadia.expectScanned(/pages reçues/);
  await nadia.saveScan();
  const value = Date.now() - pressed;
  console.log(`  the last page after ${arrived} ms, the PDF after ${value} ms`);
  return { value, baseline };
}

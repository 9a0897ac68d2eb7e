import { execFile } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { optionsInTrouble, type RigScanner, type ScannerCondition, startScanner } from '#rig/scanner.ts';
import { scannerConfig } from '#shared/configuration/scanner.ts';
import { createTestFolder } from '../paper/test-folder.ts';
import type { TmpfsFolder } from '../paper/tmpfs-folder.ts';
import { readPnm } from './pnm.ts';
import { createSaneScanner } from './sane-scanner.ts';
import type { Scanner } from './scanner.ts';
import { type ScannerTrouble, scan, scannerSuite, soon } from './scanner-suite.ts';

const CONDITIONS: Readonly<Record<Exclude<ScannerTrouble, 'scannerAbsent'>, ScannerCondition>> = {
  scannerJammed: 'jammed',
  scannerEmpty: 'noDocuments',
  scannerCoverOpen: 'coverOpen',
  scannerBusy: 'busy',
  scannerDenied: 'accessDenied',
  scanFailed: 'ioError',
};
/** µs a buffer of 64 kB or less; an A4 page in grey at 150 dpi has 34 of them, in colour 100. */
const PACES = { fast: 0, even: 8_000, calm: 40_000, slow: 100_000 };

function drive(rig: RigScanner, settings: object = {}): Scanner {
  const config = scannerConfig.parse({
    driver: 'sane',
    device: rig.device,
    program: rig.program,
    env: { ...rig.env },
    wakeMs: 0,
    ...settings,
  });
  if (config.driver !== 'sane') throw new Error('not the real driver');
  return createSaneScanner(config);
}

describe('a SANE scanner', () => {
  scannerSuite(async () => {
    const rig = startScanner();
    return {
      drive: (settings) => {
        rig.setFeeder('loaded');
        return drive(rig, settings);
      },
      emptyFeeder: () => rig.setFeeder('empty'),
      trouble: (what) => {
        if (what === 'scannerAbsent') return rig.unplug();
        rig.plug();
        rig.setCondition(what ? CONDITIONS[what] : 'ready');
      },
      setPace: (pace) => rig.setReadDelay(PACES[pace]),
      close: rig.close,
    };
  });
});

describe('a SANE scanner, in detail', () => {
  let rig: RigScanner;
  let folder: TmpfsFolder;
  beforeAll(async () => {
    rig = startScanner();
    folder = await createTestFolder();
  });
  afterAll(async () => {
    await rig.close();
    await folder.remove();
  });

  /** A program that stands for the device: the real scanimage, which then meets `last`. */
  function program(last: string): string {
    const file = join(folder.path, 'program');
    writeFileSync(file, `#!/bin/sh\n${last}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  it('delivers the very pixels that scanimage reads', async () => {
    const grid = ['--test-picture', 'Grid'];
    const run = scan(drive(rig, { extraOptions: grid }), folder);
    await run.result;
    const { stdout } = await promisify(execFile)(
      'scanimage',
      [
        ...['-d', rig.device, '--format=pnm', '--mode', 'Color', '--resolution', '150'],
        ...['-x', '210', '-y', '297', ...grid],
      ],
      { env: { ...process.env, ...rig.env }, encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 },
    );
    const truth = readPnm(stdout);
    if (!truth) throw new Error('scanimage delivered no picture');
    const pixels = run.sheets[0]?.pixels;
    expect(pixels).toMatchObject({ width: truth.width, height: truth.height, channels: 3 });
    expect(pixels?.bytes.equals(truth.bytes)).toBe(true);
  });

  it('keeps the three pages scanned before the feeder jams on the fourth', async () => {
    const jams = program(
      'scanimage "$@" --batch-count=3 || exit $?\n' +
        `exec scanimage "$@" --batch-start=4 ${optionsInTrouble('jammed').join(' ')}`,
    );
    const run = scan(drive(rig, { program: jams }), folder, { source: 'feeder', mode: 'grey' });
    expect(await run.result).toEqual({ ok: false, failure: { code: 'scannerJammed' } });
    expect(run.sheets).toHaveLength(3);
    expect(run.progress.at(-1)?.page).toBe(4);
    expect(readdirSync(folder.path)).toEqual(['program']);
  });

  it.each(['busy', 'silent'] as const)('waits for one that sleeps and is %s, and says so', async (how) => {
    rig.fallAsleep(how, 4_000);
    const run = scan(drive(rig, { wakeMs: 20_000 }), folder);
    await soon(() => expect(run.waking).toEqual([true]));
    expect(await run.result).toEqual({ ok: true, value: { pages: 1 } });
    expect(run.waking).toEqual([true, false]);
    expect(run.places).toEqual(['flatbed']);
  });

  it('is told to wait no longer for one that sleeps', async () => {
    rig.fallAsleep('busy', 60_000);
    const run = scan(drive(rig, { wakeMs: 60_000 }), folder);
    await soon(() => expect(run.waking).toEqual([true]));
    run.cancel();
    expect(await run.result).toEqual({ ok: false, failure: { code: 'cancelled' } });
    rig.fallAsleep('busy', 0);
  });

  it('keeps the pages of one that is switched off in the middle of the fourth, and finds it on its new place', async () => {
    const scanner = drive(rig, { device: rig.usbDevice });
    rig.setReadDelay(8_000);
    rig.switchOffOnSheet(4);
    const run = scan(scanner, folder, { source: 'feeder', mode: 'grey' });
    expect(await run.result).toEqual({ ok: false, failure: { code: 'scanFailed' } });
    expect(run.sheets).toHaveLength(3);
    expect(readdirSync(folder.path)).toEqual(['program']);
    const off = await scan(scanner, folder).result;
    expect(off).toEqual({ ok: false, failure: { code: 'scannerAbsent' } });
    rig.switchOn();
    rig.setReadDelay(0);
    expect(await scan(scanner, folder).result).toEqual({ ok: true, value: { pages: 1 } });
  });

  it.each([
    ['loaded', 'feeder', true],
    ['empty', 'flatbed', false],
  ] as const)(
    'asks a feeder that can tell (%s), and tries no feeder that is empty',
    async (state, place, tried) => {
      rig.setFeeder(state, 'sensor');
      const seen = join(folder.path, 'tried');
      const watched = program(`case "$*" in *--batch*) touch ${seen} ;; esac\nexec ${rig.program} "$@"`);
      const run = scan(drive(rig, { program: watched, sheets: 1 }), folder, { source: 'auto' });
      expect(await run.result).toEqual({ ok: true, value: { pages: 1 } });
      expect(run.places).toEqual([place]);
      expect(existsSync(seen)).toBe(tried);
      rmSync(seen, { force: true });
      rig.setFeeder('loaded');
    },
  );

  it('gives up a scanner that goes silent, and lets it go', async () => {
    rig.setReadDelay(200_000);
    const scanner = drive(rig, { silenceMs: 60 });
    expect(await scan(scanner, folder).result).toEqual({ ok: false, failure: { code: 'scanTimedOut' } });
    rig.setReadDelay(0);
    expect(await scan(drive(rig), folder).result).toMatchObject({ ok: true });
  });

  it('kills a program that does not listen', async () => {
    const deaf = program("trap '' TERM\nwhile :; do :; done");
    const run = scan(drive(rig, { program: deaf }), folder);
    await new Promise((resolve) => setTimeout(resolve, 300));
    run.cancel();
    expect(await run.result).toEqual({ ok: false, failure: { code: 'cancelled' } });
  });

  it('reads its extra options again at each scan', async () => {
    const file = join(folder.path, 'options');
    const scanner = drive(rig, { extraOptionsFile: file });
    expect(await scan(scanner, folder).result).toMatchObject({ ok: true });
    writeFileSync(file, optionsInTrouble('coverOpen').join('\n'));
    expect(await scan(scanner, folder).result).toMatchObject({ failure: { code: 'scannerCoverOpen' } });
  });

  it('without the program, or with a device that nobody knows, says that it is absent', async () => {
    const absent = { ok: false, failure: { code: 'scannerAbsent' } };
    expect(await scan(drive(rig, { program: '/nowhere/scanimage' }), folder).result).toEqual(absent);
    expect(await scan(drive(rig, { device: 'pixma:none' }), folder).result).toEqual(absent);
  });

  it('leaves the device alone while another process scans', async () => {
    const seen = join(folder.path, 'looked');
    const scanner = drive(rig, {
      program: program(`echo look >> ${seen}\nexec scanimage "$@"`),
      watchPollMs: 200,
    });
    const reports: string[] = [];
    scanner.setScanning(true);
    scanner.watch((report) => reports.push(report.state));
    scanner.refresh();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(readdirSync(folder.path)).not.toContain('looked');
    expect(reports).toEqual(['busy']);
    scanner.setScanning(false);
    await soon(() => expect(reports).toEqual(['busy', 'ready']));
    scanner.close();
  });
});

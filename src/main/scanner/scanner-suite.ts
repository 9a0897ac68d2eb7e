/** What every scanner driver guarantees (scanner.ts), run against the simulated and the real one. */
import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { FailureCode, Result } from '#shared/failure.ts';
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';
import { createTestFolder } from '../paper/test-folder.ts';
import type { TmpfsFolder } from '../paper/tmpfs-folder.ts';
import type { GrownPicture } from './grow-picture.ts';
import type { PaperPlace, ScannedSheet, Scanner, ScanRequest } from './scanner.ts';

export type ScannerTrouble =
  | 'scannerJammed'
  | 'scannerEmpty'
  | 'scannerCoverOpen'
  | 'scannerBusy'
  | 'scannerDenied'
  | 'scanFailed'
  | 'scannerAbsent';

export const troubles: readonly ScannerTrouble[] = [
  'scannerJammed',
  'scannerEmpty',
  'scannerCoverOpen',
  'scannerBusy',
  'scannerDenied',
  'scanFailed',
  'scannerAbsent',
];

/** A scanner under test, with ten sheets in its feeder. */
export interface ScannerUnderTest {
  readonly drive: (settings?: { readonly silenceMs?: number; readonly sheets?: number }) => Scanner;
  readonly trouble: (what: ScannerTrouble | null) => void;
  /** Nothing lies in the feeder any more. */
  readonly emptyFeeder: () => void;
  /** fast: at once · even: some tenths of a second a page · calm: about two seconds · slow: it can be cancelled in the middle. */
  readonly setPace: (pace: 'fast' | 'even' | 'calm' | 'slow') => void;
  readonly close: () => Promise<void>;
}

export interface Scanning {
  readonly result: Promise<Result<{ readonly pages: number }>>;
  readonly sheets: readonly ScannedSheet[];
  readonly progress: readonly { readonly page: number; readonly percent: number }[];
  readonly places: readonly PaperPlace[];
  readonly growth: readonly GrownPicture[];
  readonly waking: readonly boolean[];
  readonly cancel: () => void;
}

export const FEEDER_SHEETS = 10;

export function scan(scanner: Scanner, folder: TmpfsFolder, request: Partial<ScanRequest> = {}): Scanning {
  const sheets: ScannedSheet[] = [];
  const progress: { page: number; percent: number }[] = [];
  const places: PaperPlace[] = [];
  const growth: GrownPicture[] = [];
  const waking: boolean[] = [];
  const abort = new AbortController();
  const result = scanner.scan(
    { source: 'flatbed', mode: 'colour', resolution: 150, ...request },
    {
      signal: abort.signal,
      folder: folder.path,
      onProgress: (one) => progress.push(one),
      onWaking: (one) => waking.push(one),
      onPlace: (place) => places.push(place),
      onGrowth: (picture) => growth.push(picture),
      onPage: async (sheet) => {
        sheets.push(sheet);
      },
    },
  );
  return { result, sheets, progress, places, growth, waking, cancel: () => abort.abort() };
}

export function soon<T>(look: () => T): Promise<T> {
  return vi.waitFor(look, { timeout: 15_000, interval: 10 });
}

const failure = (code: FailureCode) => ({ ok: false, failure: { code } });
const success = (pages: number) => ({ ok: true, value: { pages } });

export function scannerSuite(start: () => Promise<ScannerUnderTest>): void {
  let rig: ScannerUnderTest;
  let folder: TmpfsFolder;
  beforeAll(async () => {
    folder = await createTestFolder();
    rig = await start();
  });
  afterEach(() => {
    rig.trouble(null);
    rig.setPace('fast');
    expect(readdirSync(folder.path)).toEqual([]);
  });
  afterAll(async () => {
    await rig?.close();
    await folder.remove();
  });

  it.each([
    ['colour', 3, 150],
    ['grey', 1, 300],
  ] as const)('scans A4 from the glass in %s', async (mode, channels, resolution) => {
    const run = scan(rig.drive(), folder, { mode, resolution });
    expect(await run.result).toEqual(success(1));
    const [sheet] = run.sheets;
    if (!sheet) throw new Error('no page');
    const { bytes, width, height } = sheet.pixels;
    const inches = { width: 210 / 25.4, height: 297 / 25.4 };
    expect(Math.abs(width / resolution - inches.width)).toBeLessThan(0.05);
    expect(Math.abs(height / resolution - inches.height)).toBeLessThan(0.05);
    expect(sheet).toMatchObject({ resolution, pixels: { channels } });
    expect(bytes.length).toBe(width * height * channels);
    expect(run.places).toEqual(['flatbed']);
    expect(run.progress.length).toBeGreaterThan(2);
    expect(run.progress.at(-1)).toEqual({ page: 1, percent: 100 });
    const percents = run.progress.map(({ percent }) => percent);
    expect(percents).toEqual([...new Set(percents)].sort((one, other) => one - other));
  });

  it('takes every sheet of the feeder, each as soon as it is done, and an empty feeder is the end', async () => {
    rig.setPace('even');
    const run = scan(rig.drive(), folder, { source: 'feeder', mode: 'grey' });
    const whenDelivered: number[] = [];
    for (let page = 1; page <= 2; page += 1) {
      await soon(() => expect(run.sheets.length).toBeGreaterThanOrEqual(page));
      whenDelivered.push(run.progress.at(-1)?.page ?? 0);
    }
    expect(whenDelivered[0]).toBeLessThan(FEEDER_SHEETS);
    expect(whenDelivered[1]).toBeLessThanOrEqual(FEEDER_SHEETS);
    expect(await run.result).toEqual(success(FEEDER_SHEETS));
    expect(run.sheets).toHaveLength(FEEDER_SHEETS);
    expect(run.progress.at(-1)?.page).toBe(FEEDER_SHEETS);
  });

  it.each(['flatbed', 'feeder'] as const)('shows the page (%s) while it is under way', async (source) => {
    rig.setPace('calm');
    const run = scan(rig.drive({ sheets: 1 }), folder, { source });
    await run.result;
    const heights = run.growth.map(({ height }) => height);
    expect(heights.length).toBeGreaterThan(3);
    expect(heights).toEqual([...heights].sort((one, other) => one - other));
    const [first] = run.growth;
    const sheet = run.sheets[0]?.pixels;
    if (!first || !sheet) throw new Error('nothing grew');
    expect(first.height).toBeLessThan(first.wholeHeight / 2);
    expect(first.wholeHeight / first.width).toBeCloseTo(sheet.height / sheet.width, 1);
    expect(first.bytes.length).toBe(first.width * first.height * first.channels);
  });

  it('takes what lies in the feeder, and looks on the glass where nothing does', async () => {
    const scanner = rig.drive();
    const fed = scan(scanner, folder, { source: 'auto', mode: 'grey' });
    expect(await fed.result).toEqual(success(FEEDER_SHEETS));
    expect(fed.places).toEqual(['feeder']);
    rig.emptyFeeder();
    const laid = scan(scanner, folder, { source: 'auto' });
    expect(await laid.result).toEqual(success(1));
    expect(laid.places).toEqual(['flatbed']);
    expect(await scan(scanner, folder, { source: 'feeder' }).result).toEqual(failure('scannerEmpty'));
  });

  it('takes no more sheets than allowed', async () => {
    const run = scan(rig.drive({ sheets: 3 }), folder, { source: 'feeder', mode: 'grey' });
    expect(await run.result).toEqual(success(3));
  });

  it.each(troubles)('says %s, delivers nothing cut short, and works again afterwards', async (what) => {
    const scanner = rig.drive();
    for (const source of ['flatbed', 'feeder'] as const) {
      rig.trouble(what);
      const run = scan(scanner, folder, { source });
      expect(await run.result).toEqual(failure(what));
      expect(run.sheets).toEqual([]);
    }
    rig.trouble(null);
    expect(await scan(scanner, folder).result).toEqual(success(1));
  });

  it.each(['flatbed', 'feeder'] as const)('is cancelled (%s) and usable at once', async (source) => {
    rig.setPace('slow');
    const scanner = rig.drive();
    const run = scan(scanner, folder, { source });
    await soon(() => expect(run.progress.length).toBeGreaterThan(0));
    run.cancel();
    expect(await run.result).toEqual(failure('cancelled'));
    const told = run.progress.length;
    rig.setPace('fast');
    expect(await scan(scanner, folder).result).toEqual(success(1));
    expect(run.progress.length).toBe(told);
  });

  it('makes one scan at a time', async () => {
    const scanner = rig.drive();
    const first = scan(scanner, folder);
    expect(await scan(scanner, folder).result).toEqual(failure('deviceTaken'));
    expect(await first.result).toEqual(success(1));
  });

  it('reports whether it is there, once a change, and busy while a scan runs anywhere', async () => {
    const scanner = rig.drive();
    const reports: DeviceReport[] = [];
    const stop = scanner.watch((report) => reports.push(report));
    await soon(() => expect(reports).toEqual([{ state: 'ready' }]));
    rig.trouble('scannerAbsent');
    scanner.refresh();
    await soon(() => expect(reports.at(-1)).toEqual({ state: 'trouble', reasons: ['scannerAbsent'] }));
    rig.trouble(null);
    scanner.refresh();
    await soon(() => expect(reports.at(-1)).toEqual({ state: 'ready' }));
    scanner.setScanning(true);
    expect(reports.at(-1)).toEqual({ state: 'busy' });
    scanner.setScanning(false);
    await soon(() => expect(reports.at(-1)).toEqual({ state: 'ready' }));
    stop();
    scanner.close();
    expect(reports).toHaveLength(5);
  });
}

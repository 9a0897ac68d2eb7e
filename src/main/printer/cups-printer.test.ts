import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RigPrinter, startPrinter } from '#rig/printer/printer.ts';
import { mayMount, mountSmallDisk } from '#rig/small-disk.ts';
import { printerConfig } from '#shared/configuration/printer.ts';
import { succeed } from '#shared/failure.ts';
import { imagePdf } from '../pages/image-pdf.ts';
import { pagePicture } from '../pages/page-picture.ts';
import { codeRows } from '../pages/page-rows.ts';
import { layOut } from '../pages/sheet-layout.ts';
import { createCupsPrinter } from './cups-printer.ts';
import type { Printer } from './printer.ts';
import {
  follow,
  makeJob,
  PAGE_MS,
  type PrinterUnderTest,
  print,
  printerSuite,
  soon,
  type Timings,
  type Trouble,
} from './printer-suite.ts';

const run = promisify(execFile);
const REASONS = {
  printerOutOfPaper: 'media-empty',
  printerJammed: 'media-jam',
  printerCoverOpen: 'cover-open',
} as const;

function drive(rig: RigPrinter, timings: Timings = {}): Printer {
  const config = printerConfig.parse({ driver: 'cups', queue: rig.printerUri, ...timings });
  if (config.driver !== 'cups') throw new Error('not the real driver');
  return createCupsPrinter(config);
}

function underTest(rig: RigPrinter): PrinterUnderTest {
  return {
    drive: (timings) => drive(rig, timings),
    trouble: (what: Trouble) => (what === 'printerOffline' ? rig.switchOff() : rig.setReason(REASONS[what])),
    mend: (what: Trouble) => (what === 'printerOffline' ? rig.switchOn() : rig.clearReason(REASONS[what])),
    setPageMs: (ms) => rig.setSpeed(60_000 / ms),
    out: () => rig.printedFiles().length,
    close: rig.close,
  };
}

async function pagesOf(file: string | undefined): Promise<number> {
  const { stdout } = await run('pdfinfo', [file ?? '']);
  return Number(/^Pages:\s+(\d+)/m.exec(stdout)?.[1]);
}

describe('the printer behind CUPS', () => {
  printerSuite(async () => underTest(await startPrinter({ pagesPerMinute: 60_000 / PAGE_MS })));
});

describe('the printer behind CUPS, when much goes wrong', () => {
  let rig: RigPrinter;
  beforeAll(async () => {
    rig = await startPrinter({ pagesPerMinute: 60_000 / PAGE_MS });
    // CUPS writes a new queue to its files half a minute later: killed before, it would not know it any more.
    await soon(() => expect(existsSync(join(rig.jobsFolder, '../root/printers.conf'))).toBe(true), 45_000);
  });
  afterEach(async () => {
    await rig.startCups();
    await rig.switchOn();
    for (const reason of Object.values(REASONS)) await rig.clearReason(reason);
    rig.setSpeed(60_000 / PAGE_MS);
  });
  afterAll(() => rig.close());

  it('loses no page when it is switched off in the middle and on again', async () => {
    const before = rig.printedFiles().length;
    rig.setSpeed(60);
    const running = print(drive(rig), await makeJob(4));
    await soon(() => expect(running.told.at(-1)?.printed).toBe(2));
    await rig.switchOff();
    await running.until('held', 'printerOffline');
    expect(running.told.at(-1)?.printed).toBe(2);
    rig.setSpeed(240);
    await rig.switchOn();
    expect(await running.result).toEqual({ ok: true, value: { pages: 4 } });
    const files = rig.printedFiles().slice(before);
    expect(files).toHaveLength(1);
    expect(await pagesOf(files[0])).toBe(4);
  }, 90_000);

  it('goes on when the print system is killed and comes back, and prints nothing twice', async () => {
    const before = rig.printedFiles().length;
    await rig.setReason('media-jam');
    const running = print(drive(rig), await makeJob(2));
    await running.until('held', 'printerJammed');
    await rig.killCups();
    await running.until('held', 'printerOffline');
    await rig.startCups();
    await running.until('held', 'printerJammed');
    await rig.clearReason('media-jam');
    expect(await running.result).toEqual({ ok: true, value: { pages: 2 } });
    await soon(async () => expect((await run('lpstat', ['-o'], { env: rig.env })).stdout).toBe(''));
    expect(rig.printedFiles().slice(before)).toHaveLength(1);
  }, 90_000);

  it('waits for a print system that is not there yet', async () => {
    await rig.killCups();
    const running = print(drive(rig), await makeJob(1));
    await running.until('held', 'printerOffline');
    await rig.startCups();
    expect(await running.result).toEqual({ ok: true, value: { pages: 1 } });
  }, 60_000);

  it('follows a job that an earlier process sent, and does not know one that nobody sent', async () => {
    const before = rig.printedFiles().length;
    await rig.setReason('media-jam');
    const job = await makeJob(2);
    const first = print(drive(rig), job);
    await first.until('held', 'printerJammed');
    const second = follow(async (control) => {
      const resumed = await drive(rig).resume(job, control);
      if (!resumed) throw new Error('not known');
      return resumed;
    });
    await second.until('held', 'printerJammed');
    await rig.clearReason('media-jam');
    expect(await second.result).toEqual({ ok: true, value: { pages: 2 } });
    await first.result;
    expect(rig.printedFiles().slice(before)).toHaveLength(1);
    const control = { signal: new AbortController().signal, onProgress: () => undefined };
    // It ended meanwhile: the printer remembers it.
    expect(await drive(rig).resume(job, control)).toEqual({ ok: true, value: { pages: 2 } });
    expect(await drive(rig).resume({ name: randomUUID(), pages: 1, copies: 1 }, control)).toBeNull();
  }, 60_000);

  it('sends no job twice', async () => {
    const before = rig.printedFiles().length;
    await rig.setReason('media-jam');
    const job = await makeJob(1);
    const first = print(drive(rig), job);
    await first.until('held', 'printerJammed');
    const second = print(drive(rig), job);
    await second.until('held', 'printerJammed');
    await rig.clearReason('media-jam');
    expect(await second.result).toMatchObject({ ok: true });
    expect(await first.result).toMatchObject({ ok: true });
    expect(rig.printedFiles().slice(before)).toHaveLength(1);
  }, 60_000);

  it('purged, stops the paper that the print system no longer knows of', async () => {
    const before = rig.printedFiles().length;
    rig.setSpeed(30);
    // Whoever followed the job is gone, and CUPS forgets it: only the printer goes on.
    const name = randomUUID();
    const file = join(rig.spool, 'four pages.pdf');
    for await (const piece of (await makeJob(4)).pdf()) if (piece.ok) writeFileSync(file, piece.value);
    await run('lp', ['-d', rig.queue, '-t', name, file], { env: rig.env });
    await soon(async () => expect(await rig.isPrinting()).toBe(true));
    await rig.killCups();
    for (const name of readdirSync(rig.jobsFolder)) rmSync(join(rig.jobsFolder, name), { recursive: true });
    await rig.startCups();
    const other = drive(rig);
    // Learns who the device is.
    await soon(async () => expect(await other.purge([randomUUID()])).toEqual({ looked: 0, left: 0 }));
    expect(await rig.isPrinting()).toBe(true);
    await soon(async () => expect(await other.purge([name])).toMatchObject({ looked: 1, left: 0 }));
    await soon(async () => expect(await rig.isPrinting()).toBe(false));
    expect(rig.printedFiles().slice(before)).toEqual([]);
  }, 60_000);

  it('tells a job that someone cancelled in the print system from one that was printed', async () => {
    await rig.setReason('media-jam');
    const running = print(drive(rig), await makeJob(1));
    await running.until('held', 'printerJammed');
    await run('cancel', ['-a'], { env: rig.env });
    expect(await running.result).toEqual({ ok: false, failure: { code: 'printAborted' } });
    await rig.clearReason('media-jam');
  }, 60_000);

  it('asks the printer for what was chosen, and for nothing where nothing was', async () => {
    const before = rig.asked().length;
    const printer = drive(rig);
    const setting = {
      ...({ sides: 'two-sided-short-edge', colourMode: 'monochrome' } as const),
      ...{ tray: 'photo', laidOut: true },
    };
    await print(printer, { ...(await makeJob(2)), setting }).result;
    await print(printer, await makeJob(1)).result;
    const [chosen, plain] = rig.asked().slice(before);
    expect(chosen).toMatchObject({ sides: 'two-sided-short-edge', colourMode: 'monochrome' });
    expect(chosen?.media).toContain('media-source=photo');
    expect(chosen?.media).toContain('x-dimension=21000 y-dimension=29700');
    expect(plain).toMatchObject({ sides: 'one-sided', colourMode: 'color' });
    expect(plain?.media).not.toContain('media-source');
  });

  it('prints pages that were laid out for it in their true size, lying ones too', async () => {
    const printer = drive(rig);
    const margins = (await printer.traits())?.margins ?? null;
    expect(margins).toMatchObject({ left: 3.4, bottom: 11.68 });
    for (const size of [
      { width: 2480, height: 3508 },
      { width: 3508, height: 2480 },
    ]) {
      // A line of 1240 pixels, within the margins.
      const pixels = new Uint32Array(size.width * size.height).fill(0xffffffff);
      for (let y = 900; y < 940; y += 1)
        pixels.fill(0xff000000, y * size.width + 600, y * size.width + 600 + 1240);
      const drawn = await pagePicture(codeRows({ pixels, ...size }));
      if (!drawn.ok) throw new Error('not drawn');
      const pdf = () =>
        imagePdf(
          1,
          async () => drawn,
          (picture) => layOut(picture, margins),
        );
      const setting = { sides: null, colourMode: null, tray: null, laidOut: true };
      await print(printer, { name: randomUUID(), pages: 1, copies: 1, pdf, setting }).result;
      const picture = await run('pdftoppm', ['-r', '300', '-png', rig.printedFiles().at(-1) ?? ''], {
        encoding: 'buffer',
        maxBuffer: 1e8,
      });
      const { data, info } = await sharp(picture.stdout)
        .greyscale()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const ink = codeRows({
        pixels: new Uint32Array(data.length).map((_, at) => 0xff000000 | ((data[at] ?? 0) * 0x010101)),
        ...{ width: info.width, height: info.height },
      }).ink;
      const sides = ink ? [ink.right - ink.left, ink.bottom - ink.top].sort((a, b) => b - a) : [];
      expect(Math.abs((sides[0] ?? 0) - 1240)).toBeLessThanOrEqual(2);
      expect(Math.abs((sides[1] ?? 0) - 40)).toBeLessThanOrEqual(2);
    }
  }, 60_000);

  it.skipIf(!mayMount).each([
    ['has no room for all of it', 500_000, false],
    ['is full to the last byte', 0, true],
  ] as const)(
    'says that it has no room where the spool %s, and prints it once it has',
    async (_what, padding, fill) => {
      const before = rig.printedFiles().length;
      const disk = mountSmallDisk(rig.jobsFolder, 64 * 1024);
      const job = await makeJob(2);
      // What follows the end of a PDF is no part of it.
      const rest = succeed(new Uint8Array(randomBytes(padding)));
      const heavy = {
        ...job,
        async *pdf() {
          yield* job.pdf();
          yield rest;
          yield* job.pdf();
        },
      };
      try {
        if (fill) disk.fill();
        const running = print(drive(rig), heavy);
        expect(await running.result).toEqual({ ok: false, failure: { code: 'printNoRoom' } });
        expect(running.told.at(-1)).toMatchObject({ state: 'held', reasons: ['printNoRoom'] });
      } finally {
        disk.close();
      }
      expect(await print(drive(rig), { ...heavy, name: randomUUID() }).result).toMatchObject({ ok: true });
      const files = rig.printedFiles().slice(before);
      expect(await Promise.all(files.map(pagesOf))).toEqual([2]);
    },
    60_000,
  );

  it('has no queue of that name', async () => {
    const absent = createCupsPrinter({
      ...(printerConfig.parse({ driver: 'cups', queue: `${rig.printerUri}x` }) as Parameters<
        typeof createCupsPrinter
      >[0]),
    });
    const result = await print(absent, await makeJob(1)).result;
    expect(result).toEqual({ ok: false, failure: { code: 'printerAbsent' } });
  });

  it('tells the print system nothing about anyone, and leaves nothing in its folders', async () => {
    await rig.setReason('media-jam');
    const job = await makeJob(1);
    const running = print(drive(rig), job);
    await running.until('held', 'printerJammed');
    const { stdout } = await run('lpstat', ['-o'], { env: rig.env });
    expect(stdout).toMatch(/^Borne-\d+\s+vis-a-vis\s/);
    await rig.clearReason('media-jam');
    await running.result;
    await soon(() => expect(readdirSync(rig.jobsFolder).filter((name) => /^[cd]\d/.test(name))).toEqual([]));
    expect(await pagesOf(rig.printedFiles().at(-1))).toBe(1);
  });
});

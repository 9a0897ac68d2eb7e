/** What every printer driver guarantees (printer.ts), run against the simulated and the real one. */
import { randomUUID } from 'node:crypto';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type FailureCode, type Result, succeed } from '#shared/failure.ts';
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';
import type { Printer, PrintJob, PrintProgress } from './printer.ts';

export interface Timings {
  readonly baseMs?: number;
  readonly pageMs?: number;
  readonly hardEndMs?: number;
}

export type Trouble = 'printerOutOfPaper' | 'printerJammed' | 'printerCoverOpen' | 'printerOffline';

/** A printer under test: what people do to it, and what came out of it. */
export interface PrinterUnderTest {
  /** A driver for it; the same printer each time. */
  readonly drive: (timings?: Timings) => Printer;
  readonly trouble: (what: Trouble) => Promise<void>;
  readonly mend: (what: Trouble) => Promise<void>;
  /** ms that a page takes from now on. */
  readonly setPageMs: (ms: number) => void;
  /** Jobs that came out whole. */
  readonly out: () => number;
  readonly close: () => Promise<void>;
}

export interface PrintRunning {
  readonly result: Promise<Result<{ readonly pages: number }>>;
  readonly told: readonly PrintProgress[];
  readonly cancel: () => void;
  /** Resolves once it was told so. */
  readonly until: (state: PrintProgress['state'], reason?: FailureCode) => Promise<void>;
}

export const PAGE_MS = 250;

const runs: PrintRunning[] = [];

export async function makeJob(pages: number, copies = 1, name: string = randomUUID()): Promise<PrintJob> {
  const document = await PDFDocument.create();
  for (let page = 1; page <= pages; page += 1)
    document.addPage([595, 842]).drawText(`Page ${page}`, { x: 60, y: 700, size: 40 });
  const pdf = succeed(new Uint8Array(await document.save()));
  return {
    ...{ name, pages, copies },
    pdf: async function* () {
      yield pdf;
    },
  };
}

export function soon<T>(look: () => T | Promise<T>, timeout = 15_000): Promise<T> {
  return vi.waitFor(look, { timeout, interval: 20 });
}

type Start = (control: Parameters<Printer['print']>[1]) => PrintRunning['result'];

export function follow(start: Start): PrintRunning {
  const told: PrintProgress[] = [];
  const abort = new AbortController();
  const result = start({ signal: abort.signal, onProgress: (progress) => told.push(progress) });
  const running: PrintRunning = {
    result,
    told,
    cancel: () => abort.abort(),
    until: async (state, reason) => {
      await soon(() => {
        const last = told.at(-1);
        expect(last?.state).toBe(state);
        if (reason) expect(last?.reasons).toContain(reason);
      });
    },
  };
  runs.push(running);
  return running;
}

export function print(printer: Printer, job: PrintJob): PrintRunning {
  return follow((control) => printer.print(job, control));
}

const failure = (code: FailureCode) => ({ ok: false, failure: { code } });

export function printerSuite(start: () => Promise<PrinterUnderTest>): void {
  let rig: PrinterUnderTest;
  const wrong = new Set<Trouble>();
  beforeAll(async () => {
    const real = await start();
    rig = {
      ...real,
      trouble: (what) => {
        wrong.add(what);
        return real.trouble(what);
      },
      mend: (what) => {
        wrong.delete(what);
        return real.mend(what);
      },
    };
  });
  /** A test that failed must not fail the next one. */
  afterEach(async () => {
    for (const running of runs.splice(0)) running.cancel();
    rig.setPageMs(PAGE_MS);
    for (const what of [...wrong]) await rig.mend(what);
  });
  afterAll(() => rig?.close());

  it('prints every page of every copy and tells each', async () => {
    rig.setPageMs(600);
    const run = print(rig.drive(), await makeJob(2, 2));
    expect(await run.result).toEqual({ ok: true, value: { pages: 4 } });
    expect(run.told[0]).toMatchObject({ state: 'sending', printed: 0, pages: 4, reasons: [] });
    expect(run.told.map(({ state }) => state)).toContain('accepted');
    const printed = run.told.filter(({ state }) => state === 'printing').map((one) => one.printed);
    expect(printed).toEqual([...printed].sort());
    expect(printed.some((count) => count > 0 && count < 4)).toBe(true);
    const texts = run.told.map((progress) => JSON.stringify(progress));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it.each(['printerOutOfPaper', 'printerJammed', 'printerCoverOpen', 'printerOffline'] as const)(
    'held up before the first page (%s) it says so and goes on by itself once that is mended',
    async (what) => {
      await rig.trouble(what);
      const run = print(rig.drive(), await makeJob(1));
      await run.until('held', what);
      await rig.mend(what);
      expect(await run.result).toEqual({ ok: true, value: { pages: 1 } });
    },
    60_000,
  );

  it('held up between two pages it goes on with the page it was at', async () => {
    rig.setPageMs(700);
    const run = print(rig.drive(), await makeJob(3));
    await soon(() => expect(run.told.at(-1)?.printed).toBe(1));
    await rig.trouble('printerJammed');
    await run.until('held', 'printerJammed');
    rig.setPageMs(PAGE_MS);
    await rig.mend('printerJammed');
    expect(await run.result).toEqual({ ok: true, value: { pages: 3 } });
  });

  it('cancelled it prints no more and is free again', async () => {
    const printer = rig.drive();
    rig.setPageMs(1_500);
    const run = print(printer, await makeJob(20));
    await run.until('printing');
    run.cancel();
    expect(await run.result).toEqual(failure('cancelled'));
    const told = run.told.length;
    rig.setPageMs(PAGE_MS);
    expect(await print(printer, await makeJob(1)).result).toEqual({ ok: true, value: { pages: 1 } });
    expect(run.told.length).toBe(told);
  });

  it('is cancelled while it waits for paper', async () => {
    const before = rig.out();
    await rig.trouble('printerOutOfPaper');
    const printer = rig.drive();
    const run = print(printer, await makeJob(1));
    await run.until('held', 'printerOutOfPaper');
    run.cancel();
    expect(await run.result).toEqual(failure('cancelled'));
    await rig.mend('printerOutOfPaper');
    expect(await print(printer, await makeJob(1)).result).toEqual({ ok: true, value: { pages: 1 } });
    expect(rig.out()).toBe(before + 1);
  });

  it('says what it can do, and prints with each of it', async () => {
    const printer = rig.drive();
    const traits = await printer.traits();
    expect(traits?.abilities).toMatchObject({ twoSided: true, colour: true, grey: true });
    expect(traits?.abilities.trays).toContain('main');
    expect(Math.min(...Object.values(traits?.margins ?? {}))).toBeGreaterThan(0);
    const setting = {
      ...({ sides: 'two-sided-long-edge', colourMode: 'monochrome' } as const),
      ...{ tray: 'main', laidOut: true },
    };
    const run = print(printer, { ...(await makeJob(2)), setting });
    expect(await run.result).toEqual({ ok: true, value: { pages: 2 } });
  });

  it('takes one job at a time', async () => {
    const printer = rig.drive();
    const first = print(printer, await makeJob(1));
    const second = print(printer, await makeJob(1));
    expect(await second.result).toEqual(failure('deviceTaken'));
    expect(second.told).toEqual([]);
    expect(await first.result).toMatchObject({ ok: true });
  });

  it('gives a job up that takes longer than its pages may', async () => {
    rig.setPageMs(30_000);
    const printer = rig.drive({ baseMs: 1_000, pageMs: 100 });
    expect(await print(printer, await makeJob(1)).result).toEqual(failure('printTimedOut'));
    rig.setPageMs(PAGE_MS);
    expect(await print(rig.drive(), await makeJob(1)).result).toMatchObject({ ok: true });
  });

  it('does not count the time that people need, up to the hard end', async () => {
    await rig.trouble('printerJammed');
    const patient = print(rig.drive({ baseMs: 1_500, pageMs: 1_500 }), await makeJob(1));
    await patient.until('held', 'printerJammed');
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await rig.mend('printerJammed');
    expect(await patient.result).toEqual({ ok: true, value: { pages: 1 } });
    await rig.trouble('printerJammed');
    const impatient = print(rig.drive({ hardEndMs: 1_500 }), await makeJob(1));
    expect(await impatient.result).toEqual(failure('printTimedOut'));
    await rig.mend('printerJammed');
  });

  it('reports itself at once and at each change, within two seconds', async () => {
    const printer = rig.drive();
    const reports: DeviceReport[] = [];
    const stop = printer.watch((report) => reports.push(report));
    await soon(() => expect(reports.at(-1)).toEqual({ state: 'ready' }));
    await rig.trouble('printerOutOfPaper');
    const trouble = { state: 'trouble', reasons: ['printerOutOfPaper'] };
    await soon(() => expect(reports.at(-1)).toEqual(trouble), 2_000);
    await rig.mend('printerOutOfPaper');
    await soon(() => expect(reports.at(-1)).toEqual({ state: 'ready' }), 2_000);
    await rig.trouble('printerOffline');
    await soon(() => expect(reports.at(-1)).toMatchObject({ reasons: ['printerOffline'] }), 2_500);
    await rig.mend('printerOffline');
    await soon(() => expect(reports.at(-1)).toEqual({ state: 'ready' }), 4_000);
    stop();
    const told = reports.length;
    expect(reports.every((report, at) => JSON.stringify(report) !== JSON.stringify(reports[at - 1]))).toBe(
      true,
    );
    await print(printer, await makeJob(1)).result;
    expect(reports.length).toBe(told);
    printer.close();
  });

  it('purged, nothing of ours is left, and the job that was under way ends', async () => {
    await rig.trouble('printerJammed');
    const printer = rig.drive();
    const run = print(printer, await makeJob(1));
    await run.until('held', 'printerJammed');
    expect(await printer.purge([])).toEqual({ looked: 1, left: 0 });
    await rig.mend('printerJammed');
    expect(await run.result).toEqual(failure('printAborted'));
    expect(await printer.purge([])).toEqual({ looked: 0, left: 0 });
  });
}

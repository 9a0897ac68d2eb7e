/** A scanner that SANE knows, through its program scanimage: it runs as long as a scan and holds nothing in between. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type FailureCode, fail, type Result, succeed } from '#shared/failure.ts';
import { collectPnm, readPnm } from './pnm.ts';
import { runScanimage, type ScanimageEnd } from './scanimage.ts';
import { scanimageFailure } from './scanimage-failure.ts';
import type { ScanControl, Scanner, ScanRequest } from './scanner.ts';
import type { SaneScannerConfig } from './scanner-config.ts';
import { watchScanner } from './scanner-watch.ts';
import { encodeSheet, warmEncoder } from './sheet-picture.ts';

/** mm, ISO 216. */
const A4 = { width: 210, height: 297 };
/** ms for a look whether the scanner is there. */
const LOOK_MS = 8_000;
const SHEET = 'sheet-';

type Scanned = Result<{ readonly pages: number }>;

export function createSaneScanner(config: SaneScannerConfig): Scanner {
  const watched = watchScanner({ look, pollMs: config.watchPollMs });
  let busy = false;

  async function look(signal: AbortSignal): Promise<FailureCode | null> {
    const { program, env } = config;
    const nothing = (): void => undefined;
    const args = ['-n', '-d', config.device];
    const end = await runScanimage({
      ...{ program, args, env, signal, silenceMs: LOOK_MS },
      ...{ onOutput: nothing, onProgress: nothing },
    });
    return end.how === 'exited' && end.status === 0 ? null : failureOf(end);
  }

  async function argumentsFor(request: ScanRequest): Promise<readonly string[]> {
    const source = request.source === 'feeder' ? config.feederSource : config.flatbedSource;
    return [
      ...['-d', config.device, '--format=pnm', '-p'],
      ...(source === null ? [] : ['--source', source]),
      ...['--mode', request.mode === 'colour' ? config.colourMode : config.greyMode],
      ...['--resolution', String(request.resolution)],
      ...['-l', '0', '-t', '0', '-x', String(A4.width), '-y', String(A4.height)],
      ...config.extraOptions,
      ...(await linesOf(config.extraOptionsFile)),
    ];
  }

  /** The glass: the picture comes on standard output and never is a file. */
  async function scanGlass(request: ScanRequest, control: ScanControl): Promise<Scanned> {
    const page = collectPnm();
    const end = await runScanimage({
      ...config,
      args: await argumentsFor(request),
      signal: control.signal,
      onOutput: page.add,
      onProgress: ({ percent }) => control.onProgress({ page: 1, percent }),
    });
    if (end.how !== 'exited' || end.status !== 0) return fail(failureOf(end));
    const pixels = page.pixels();
    if (!pixels) return fail('scanFailed');
    control.onPage(await encodeSheet(pixels, request.resolution, config.quality));
    return succeed({ pages: 1 });
  }

  /** The feeder: scanimage writes each page in the folder and names it when it is whole; encoded while it goes on. */
  async function scanFeeder(request: ScanRequest, control: ScanControl): Promise<Scanned> {
    const pattern = join(control.folder, `${SHEET}%d.pnm`);
    let listed = '';
    let delivered = 0;
    let damaged = false;
    let encoding: Promise<void> = Promise.resolve();

    const deliver = async (file: string): Promise<void> => {
      const pixels = readPnm(await readFile(file));
      await rm(file);
      if (!pixels) {
        damaged = true;
        return;
      }
      control.onPage(await encodeSheet(pixels, request.resolution, config.quality));
      delivered += 1;
    };
    const end = await runScanimage({
      ...config,
      args: [
        ...(await argumentsFor(request)),
        ...[`--batch=${pattern}`, '--batch-print', `--batch-count=${config.sheets}`],
      ],
      signal: control.signal,
      onOutput: (chunk) => {
        listed += chunk.toString();
        const names = listed.split('\n');
        listed = names.pop() ?? '';
        for (const name of names) {
          // Handled here: the program may run for minutes before anyone waits for this.
          encoding = encoding
            .then(() => deliver(name))
            .catch(() => {
              damaged = true;
            });
        }
      },
      onProgress: ({ page, percent }) => control.onProgress({ page: page ?? 1, percent }),
    });
    await encoding;
    // What was under way when it ended.
    for (const name of await readdir(control.folder))
      if (name.startsWith(SHEET)) await rm(join(control.folder, name), { force: true });
    if (end.how === 'exited' && (end.status === 0 || failureOf(end) === 'scannerEmpty')) {
      if (damaged) return fail('scanFailed');
      return delivered > 0 ? succeed({ pages: delivered }) : fail('scannerEmpty');
    }
    return fail(failureOf(end));
  }

  return {
    async scan(request, control) {
      if (busy) return fail('deviceTaken');
      if (request.source === 'feeder' && config.feederSource === null) return fail('scannerEmpty');
      busy = true;
      watched.setScanning(true);
      warmEncoder();
      try {
        const steady = { ...control, onProgress: onlyForward(control.onProgress) };
        return await (request.source === 'feeder' ? scanFeeder : scanGlass)(request, steady);
      } finally {
        busy = false;
        watched.setScanning(false);
      }
    },
    watch: watched.watch,
    refresh: watched.refresh,
    setScanning: watched.setScanning,
    close: watched.close,
  };
}

function failureOf(end: ScanimageEnd): FailureCode {
  if (end.how === 'cancelled') return 'cancelled';
  if (end.how === 'silent') return 'scanTimedOut';
  if (end.how === 'missing') return 'scannerAbsent';
  return scanimageFailure(end.status, end.words);
}

/** Whole percents, each told once, never back within a page. */
function onlyForward(tell: ScanControl['onProgress']): ScanControl['onProgress'] {
  let last = { page: 0, percent: 0 };
  return ({ page, percent }) => {
    const next = { page, percent: Math.floor(Math.min(100, percent)) };
    if (next.page < last.page || (next.page === last.page && next.percent <= last.percent)) return;
    last = next;
    tell(next);
  };
}

async function linesOf(file: string | null): Promise<readonly string[]> {
  if (file === null) return [];
  try {
    return (await readFile(file, 'utf8')).split('\n').filter(Boolean);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

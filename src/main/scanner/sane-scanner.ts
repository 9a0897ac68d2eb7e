/** A scanner that SANE knows, through its program scanimage: it runs as long as a scan and holds nothing in between. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SaneScannerConfig } from '#shared/configuration/scanner.ts';
import { type FailureCode, fail, type Result, succeed } from '#shared/failure.ts';
import { roomIn } from '../room-in.ts';
import { readFeederSensor } from './feeder-sensor.ts';
import { followGrowingFile } from './growing-file.ts';
import { watchGrowth } from './growth-watch.ts';
import { mayMove, movedDevice } from './moved-device.ts';
import { patientScan } from './patient-scan.ts';
import { collectPnm, readPnm } from './pnm.ts';
import { runScanimage, type ScanimageEnd } from './scanimage.ts';
import { scanimageFailure } from './scanimage-failure.ts';
import type { PaperPlace, ScanControl, Scanner, ScanRequest } from './scanner.ts';
import { watchScanner } from './scanner-watch.ts';

/** mm, ISO 216. */
const A4 = { width: 210, height: 297 };
/** ms for a look whether the scanner is there: one that sleeps takes its time. */
const LOOK_MS = 20_000;
/** ms for the list of all devices. */
const LIST_MS = 30_000;
const MM_PER_INCH = 25.4;
/** Bytes of a device's list of options at most. */
const OPTIONS_MAX = 200_000;
const SHEET = 'sheet-';

type Scanned = Result<{ readonly pages: number }>;

export function createSaneScanner(config: SaneScannerConfig): Scanner {
  const watched = watchScanner({ look, pollMs: config.watchPollMs });
  let busy = false;
  /** Its name just now. */
  let device = config.device;
  /** Null: not asked yet. */
  let hasSensor: boolean | null = null;

  async function look(signal: AbortSignal): Promise<FailureCode | null> {
    const wrong = await lookOnce(signal);
    return wrong === 'scannerAbsent' && (await hasMoved(signal)) ? lookOnce(signal) : wrong;
  }

  async function lookOnce(signal: AbortSignal): Promise<FailureCode | null> {
    const { program, env } = config;
    const nothing = (): void => undefined;
    const args = ['-n', '-d', device];
    const end = await runScanimage({
      ...{ program, args, env, signal, silenceMs: LOOK_MS },
      ...{ onOutput: nothing, onProgress: nothing },
    });
    return end.how === 'exited' && end.status === 0 ? null : failureOf(end);
  }

  /** Is the device there under another name? From then on it is called by that. */
  async function hasMoved(signal: AbortSignal): Promise<boolean> {
    if (!mayMove(config.device)) return false;
    const { program, env } = config;
    let listed = '';
    await runScanimage({
      ...{ program, env, signal, silenceMs: LIST_MS },
      args: ['-f', '%d%n'],
      onOutput: (chunk) => {
        if (listed.length < OPTIONS_MAX) listed += chunk.toString();
      },
      onProgress: () => undefined,
    });
    const found = movedDevice(config.device, listed.split('\n').filter(Boolean));
    if (found === null || found === device) return false;
    device = found;
    return true;
  }

  async function scanFound(scanOnce: () => Promise<Scanned>, signal: AbortSignal): Promise<Scanned> {
    const scanned = await scanOnce();
    const isAbsent = !scanned.ok && scanned.failure.code === 'scannerAbsent';
    return isAbsent && (await hasMoved(signal)) ? scanOnce() : scanned;
  }

  async function argumentsFor(place: PaperPlace, request: ScanRequest): Promise<readonly string[]> {
    const source = place === 'feeder' ? config.feederSource : config.flatbedSource;
    return [
      ...['-d', device, '--format=pnm', '-p'],
      ...(source === null ? [] : ['--source', source]),
      ...['--mode', request.mode === 'colour' ? config.colourMode : config.greyMode],
      ...['--resolution', String(request.resolution)],
      ...['-l', '0', '-t', '0', '-x', String(A4.width), '-y', String(A4.height)],
      ...config.extraOptions,
      ...(await linesOf(config.extraOptionsFile)),
    ];
  }

  /** Does paper lie in the feeder? Null: this device cannot tell, and is not asked again. */
  async function isFeederLoaded(signal: AbortSignal): Promise<boolean | null> {
    if (hasSensor === false) return null;
    let options = '';
    const end = await runScanimage({
      ...{ program: config.program, env: config.env, signal, silenceMs: config.silenceMs },
      args: ['-d', device, ...config.extraOptions, '-A'],
      onOutput: (chunk) => {
        if (options.length < OPTIONS_MAX) options += chunk.toString();
      },
      onProgress: () => undefined,
    });
    if (end.how !== 'exited' || end.status !== 0) return null;
    const loaded = readFeederSensor(options);
    hasSensor = loaded !== null;
    return loaded;
  }

  async function scanEither(request: ScanRequest, control: ScanControl): Promise<Scanned> {
    if (config.feederSource !== null && (await isFeederLoaded(control.signal)) !== false) {
      const scanned = await scanFeeder(request, control);
      if (scanned.ok || scanned.failure.code !== 'scannerEmpty') return scanned;
    }
    if (control.signal.aborted) return fail('cancelled');
    return scanGlass(request, control);
  }

  /** The glass: the picture comes on standard output and never is a file. */
  async function scanGlass(request: ScanRequest, control: ScanControl): Promise<Scanned> {
    control.onPlace('flatbed');
    const page = collectPnm();
    const growth = watchGrowth(control.onGrowth);
    const end = await runScanimage({
      ...config,
      args: await argumentsFor('flatbed', request),
      signal: control.signal,
      onOutput: (chunk) => {
        page.add(chunk);
        growth.add(chunk);
      },
      onProgress: ({ percent }) => control.onProgress({ page: 1, percent }),
    });
    if (end.how !== 'exited' || end.status !== 0) return fail(failureOf(end));
    const pixels = page.pixels();
    if (!pixels) return fail('scanFailed');
    await control.onPage({ pixels, resolution: request.resolution });
    return succeed({ pages: 1 });
  }

  /**
   * The feeder: scanimage writes each page in the folder and names it when it is whole; delivered while it goes on.
   * That paper comes from there is only sure once some of it has come.
   */
  async function scanFeeder(request: ScanRequest, control: ScanControl): Promise<Scanned> {
    const fileOf = (page: number | '%d'): string => join(control.folder, `${SHEET}${page}.pnm`);
    let listed = '';
    let delivered = 0;
    let damaged = false;
    const full = new AbortController();
    // scanimage goes on where it cannot write (1.1.1): it would draw in all the paper, and give empty pages.
    const needsRoom = async (): Promise<void> => {
      if ((await roomIn(control.folder)) < bytesOf(request)) full.abort();
    };
    await needsRoom();
    if (full.signal.aborted) return fail('scanNoRoom');
    let delivering: Promise<void> = Promise.resolve();
    let placed = false;
    const sure = (): void => {
      if (!placed) control.onPlace('feeder');
      placed = true;
    };
    if (request.source === 'feeder') sure();
    const growing = followGrowingFile(() => watchGrowth(control.onGrowth).add);

    const deliver = async (file: string): Promise<void> => {
      const pixels = readPnm(await readFile(file));
      await rm(file);
      if (!pixels) {
        damaged = true;
        await needsRoom();
        return;
      }
      sure();
      await control.onPage({ pixels, resolution: request.resolution });
      delivered += 1;
    };
    const end = await runScanimage({
      ...config,
      args: [
        ...(await argumentsFor('feeder', request)),
        ...[`--batch=${fileOf('%d')}`, '--batch-print', `--batch-count=${config.sheets}`],
      ],
      signal: AbortSignal.any([control.signal, full.signal]),
      onOutput: (chunk) => {
        listed += chunk.toString();
        const names = listed.split('\n');
        listed = names.pop() ?? '';
        for (const name of names) {
          // Handled here: the program may run for minutes before anyone waits for this.
          delivering = Promise.all([delivering, needsRoom()])
            .then(() => deliver(name))
            .catch(() => {
              damaged = true;
            });
        }
      },
      onProgress: ({ page, percent }) => {
        if (percent > 0) sure();
        if (!placed) return;
        control.onProgress({ page: page ?? 1, percent });
        // What scanimage calls a page that is not whole yet.
        growing.look(`${fileOf(page ?? 1)}.part`);
      },
    });
    await growing.close();
    await delivering;
    // What was under way when it ended.
    for (const name of await readdir(control.folder))
      if (name.startsWith(SHEET)) await rm(join(control.folder, name), { force: true });
    if (full.signal.aborted && !control.signal.aborted) return fail('scanNoRoom');
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
      try {
        const patient = patientScan(control, config.wakeMs);
        const how = { auto: scanEither, feeder: scanFeeder, flatbed: scanGlass }[request.source];
        const scanOnce = () => how(request, patient.control);
        return await patient.run(() => scanFound(scanOnce, control.signal));
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

/** Of one page as scanimage writes it. */
function bytesOf({ mode, resolution }: ScanRequest): number {
  const dots = (mm: number): number => Math.ceil((mm / MM_PER_INCH) * resolution);
  return dots(A4.width) * dots(A4.height) * (mode === 'colour' ? 3 : 1);
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

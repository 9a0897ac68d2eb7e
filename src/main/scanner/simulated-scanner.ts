/** A scanner without hardware: the same guarantees as a real one, and sheets and troubles that its owner sets. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatedScannerConfig } from '#shared/configuration/scanner.ts';
import { type FailureCode, fail, type Result, succeed } from '#shared/failure.ts';
import { watchGrowth } from './growth-watch.ts';
import type { Pixels } from './pnm.ts';
import type { ScanControl, Scanner, ScanRequest } from './scanner.ts';
import { watchScanner } from './scanner-watch.ts';

export interface SimulatedScanner extends Scanner {
  /** Sheets lying in the feeder; 3 at first. */
  readonly setSheets: (sheets: number) => void;
  /** ms a page takes from now on. */
  readonly setPageMs: (ms: number) => void;
  /** What goes wrong on this page (from 1) of every scan; null: nothing. `scanTimedOut`: it goes silent. */
  readonly setTrouble: (code: FailureCode | null, page?: number) => void;
}

const STEPS = 10;
const MM_PER_INCH = 25.4;
const WATCH_POLL_MS = 1_000;

export function createSimulatedScanner(config: SimulatedScannerConfig): SimulatedScanner {
  let sheets = 3;
  let pageMs = config.simulatedPageMs;
  let trouble: { readonly code: FailureCode; readonly page: number } | null = null;
  let busy = false;
  const look = async (): Promise<FailureCode | null> =>
    trouble?.code === 'scannerAbsent' ? trouble.code : null;
  const watched = watchScanner({ look, pollMs: WATCH_POLL_MS });

  /** Null: the page is there. */
  async function feed(page: number, pixels: Pixels, control: ScanControl): Promise<FailureCode | null> {
    const wrong = trouble?.page === page ? trouble.code : null;
    const silent = wrong === 'scanTimedOut';
    const growth = watchGrowth(control.onGrowth);
    const { bytes, width, height, channels } = pixels;
    growth.add(Buffer.from(`P${channels === 3 ? 6 : 5} ${width} ${height} 255\n`));
    const stretch = Math.ceil(bytes.length / STEPS);
    for (let step = 1; step <= STEPS; step += 1) {
      if (wrong && !silent) return wrong;
      const wait = silent ? config.silenceMs : pageMs / STEPS;
      await sleep(wait, undefined, { signal: control.signal }).catch(ignoreAbort);
      if (control.signal.aborted) return 'cancelled';
      if (silent) return 'scanTimedOut';
      growth.add(bytes.subarray((step - 1) * stretch, step * stretch));
      control.onProgress({ page, percent: (step * 100) / STEPS });
    }
    return null;
  }

  async function scan(request: ScanRequest, control: ScanControl): Promise<Result<{ pages: number }>> {
    const glass = request.source === 'flatbed' || (request.source === 'auto' && sheets === 0);
    control.onPlace(glass ? 'flatbed' : 'feeder');
    let page = 0;
    while (glass ? page < 1 : sheets > 0 && page < config.sheets) {
      const pixels = ruledPage(request, page + 1);
      const failed = await feed(page + 1, pixels, control);
      if (failed) return fail(failed);
      if (!glass) sheets -= 1;
      page += 1;
      await control.onPage({ pixels, resolution: request.resolution });
    }
    return page > 0 ? succeed({ pages: page }) : fail('scannerEmpty');
  }

  return {
    async scan(request, control) {
      if (busy) return fail('deviceTaken');
      busy = true;
      watched.setScanning(true);
      try {
        return await scan(request, control);
      } finally {
        busy = false;
        watched.setScanning(false);
      }
    },
    watch: watched.watch,
    refresh: watched.refresh,
    setScanning: watched.setScanning,
    close: watched.close,
    setSheets: (count) => {
      sheets = count;
    },
    setPageMs: (ms) => {
      pageMs = ms;
    },
    setTrouble: (code, page = 1) => {
      trouble = code ? { code, page } : null;
      watched.refresh();
    },
  };
}

/** A4, white, with as many thick lines at the top as the page's number. */
function ruledPage({ mode, resolution }: ScanRequest, page: number): Pixels {
  const channels = mode === 'colour' ? 3 : 1;
  const width = Math.round((210 / MM_PER_INCH) * resolution);
  const height = Math.round((297 / MM_PER_INCH) * resolution);
  const bytes = Buffer.alloc(width * height * channels, 250);
  const thick = Math.round(resolution / 5);
  for (let line = 0; line < page; line += 1) {
    const top = thick * 2 * (line + 1);
    bytes.fill(40, top * width * channels, (top + thick) * width * channels);
  }
  return { bytes, width, height, channels };
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
}

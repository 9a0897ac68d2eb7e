/** The terminal's scanner, whatever drives it. Every driver passes scanner-suite.ts. */
import type { Result } from '#shared/failure.ts';
import type { ScanSource } from '#shared/protocol/scanned-pages.ts';
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';
import type { GrownPicture } from './grow-picture.ts';
import type { Pixels } from './pnm.ts';

export interface ScanRequest {
  readonly source: ScanSource;
  readonly mode: 'colour' | 'grey';
  /** Dots per inch. */
  readonly resolution: 150 | 200 | 300 | 600;
}

/** Where paper lies. */
export type PaperPlace = Exclude<ScanSource, 'auto'>;

/** One side of paper. */
export interface ScannedSheet {
  readonly pixels: Pixels;
  /** Dots per inch. */
  readonly resolution: number;
}

export interface ScanControl {
  readonly signal: AbortSignal;
  /** Folder in memory for what must be a file. Whatever is put there is removed before the promise settles. */
  readonly folder: string;
  /** It sleeps, warms up or is busy, and is waited for (true), or it has begun to move (false). A device may never say. */
  readonly onWaking: (waking: boolean) => void;
  /** Where the paper is taken from, before anything is told of a page. */
  readonly onPlace: (place: PaperPlace) => void;
  /** The page under way (from 1) and its percentage; never goes back within a page. */
  readonly onProgress: (progress: { readonly page: number; readonly percent: number }) => void;
  /** The page under way as far as it was seen, small; more of it each time. A device may give none. */
  readonly onGrowth: (picture: GrownPicture) => void;
  /**
   * Called in the order of the pages, each as soon as it is done, all of them before the promise settles. The next one
   * waits until this one is dealt with: it waits outside of this process's memory, and the paper goes on meanwhile.
   */
  readonly onPage: (sheet: ScannedSheet) => Promise<void>;
}

export interface Scanner {
  /**
   * Scans one A4 page from the glass, or every page in the feeder; `pages` = how many were delivered.
   *
   * - `auto`: the feeder, or the glass where nothing lies in the feeder; asked of the device where it can tell, tried
   *   where it cannot.
   * - Concurrency: one scan at a time; a second one answers `deviceTaken` at once.
   * - A feeder that is empty after at least one page is the normal end; empty from the start is `scannerEmpty`.
   * - A device that says that it is busy is waited for; `scannerBusy` only where that lasts longer than configured.
   * - Pages that wait need room in `folder`: the feeder is stopped before that is used up, and answers `scanNoRoom`.
   * - A failure keeps the pages already delivered; a page that was cut short is not delivered.
   * - Cancellation: after `signal` aborts the scanner is let go and usable again before the answer `cancelled`.
   * - Time-out: `scanTimedOut` where the scanner gives no sign of life for the configured time.
   * - Never rejects for what a scanner can do; rejects only for a bug.
   */
  readonly scan: (request: ScanRequest, control: ScanControl) => Promise<Result<{ readonly pages: number }>>;
  /** Reports at once and at each change, never the same thing twice; returns a function that stops it. */
  readonly watch: (listener: (report: DeviceReport) => void) => () => void;
  /** Look again now: something was plugged in or out. Cheap; does nothing while scanning. */
  readonly refresh: () => void;
  /** Another process scans: report `busy` and do not touch the device meanwhile. */
  readonly setScanning: (scanning: boolean) => void;
  readonly close: () => void;
}

/** The terminal's printer, whatever drives it. Every driver passes printer-suite.ts. */
import type { Result } from '#shared/failure.ts';
import type { OrderProgress } from '#shared/protocol/orders.ts';
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';
import type { PrinterTraits } from './printer-traits.ts';

export type PrintProgress = Extract<OrderProgress, { kind: 'printing' }>;

/** What must be known of a job to follow it. */
export interface PrintTicket {
  /** Opaque (the orderId). The only name that the print system ever learns of the job. */
  readonly name: string;
  /** Pages of the PDF; the job has `pages * copies` impressions. */
  readonly pages: number;
  readonly copies: number;
}

/** From the start at each call: what a printer lost is sent again. */
export type PrintDocument = () => AsyncIterable<Result<Uint8Array>>;

/** How it is printed, in IPP's words (RFC 8011 §5.2.8, PWG 5100.13 §6.2.3, PWG 5100.7 §6.3.1.7). */
export interface PrintSetting {
  /** Null: as the terminal is set up. */
  readonly sides: 'one-sided' | 'two-sided-long-edge' | 'two-sided-short-edge' | null;
  /** Null: as the printer is set. */
  readonly colourMode: 'monochrome' | null;
  /** media-source; null: the printer's choice. */
  readonly tray: string | null;
  /** The pages are laid out for this printer's margins already: it must not make them smaller. */
  readonly laidOut: boolean;
}

export interface PrintJob extends PrintTicket {
  /** Absent: as the terminal is set up, each page made to fit. */
  readonly setting?: PrintSetting;
  /** A PDF from its first byte to its last, as it is made; ends with a failure where it cannot be made. */
  readonly pdf: PrintDocument;
}

export interface PrintControl {
  readonly signal: AbortSignal;
  /** Called at each change, never twice with the same thing, never after the promise has settled. */
  readonly onProgress: (progress: PrintProgress) => void;
}

export interface Printer {
  /**
   * Prints and follows the job to its end; `pages` = impressions that left the printer.
   *
   * - Concurrency: one job at a time; a second one answers `deviceTaken` at once and prints nothing.
   * - Held up (no paper, jam, cover, off): progress says `held` with the reasons, and the job goes on by itself once
   *   that is mended. It is not a failure, and that time does not count against the job's deadline.
   * - Time-out: `printTimedOut` after the time that its pages may take, or at the hard end whatever holds it up; the
   *   job is cancelled in the print system first.
   * - Cancellation: after `signal` aborts, the job is cancelled, seen to be gone, and the answer is `cancelled`. Pages
   *   already out stay out. A job that had already ended answers how it ended.
   * - A job of that name that the print system already has is followed, never printed a second time.
   * - Never rejects for what a printer can do; rejects only for a bug.
   */
  readonly print: (job: PrintJob, control: PrintControl) => Promise<Result<{ readonly pages: number }>>;
  /**
   * Follows a job that an earlier process sent, with print's guarantees; null where the print system does not know
   * (any more) a job of that name, so that it may be printed.
   */
  readonly resume: (
    ticket: PrintTicket,
    control: PrintControl,
  ) => Promise<Result<{ readonly pages: number }> | null>;
  /** What it can do, asked once and remembered; null: it does not answer (yet). */
  readonly traits: () => Promise<PrinterTraits | null>;
  /** Reports at once, and within 2 s of each change, never the same thing twice; returns a function that stops it. */
  readonly watch: (listener: (report: DeviceReport) => void) => () => void;
  /**
   * Removes every job of ours, waiting, printing or remembered, from the print system, and looks again.
   * `looked`: jobs found at first; `left`: those of them still there afterwards (0 = proved clean).
   * `null`: the print system does not answer, so nothing could be proved.
   * `names`: jobs that the device itself may still have, though the print system let go of them: those stop as well.
   */
  readonly purge: (
    names: readonly string[],
  ) => Promise<{ readonly looked: number; readonly left: number } | null>;
  /** Stops watching and following; jobs already sent go on in the print system. */
  readonly close: () => void;
}

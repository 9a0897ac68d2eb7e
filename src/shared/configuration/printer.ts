/** How this terminal's printer is reached; part of the terminal's configuration file. */
import { z } from 'zod';

const timings = {
  /** ms between two looks at a job under way. */
  jobPollMs: z.number().int().min(50).max(5_000).default(300),
  /** ms between two looks at the printer itself. */
  watchPollMs: z.number().int().min(50).max(30_000).default(1_000),
  /** Longest wait for one answer of the print system or the device, ms. */
  answerMs: z.number().int().min(200).max(60_000).default(4_000),
  /** A job may take baseMs + pageMs for each page, not counting the time it is held up by something to mend. */
  baseMs: z.number().int().positive().default(60_000),
  pageMs: z.number().int().positive().default(15_000),
  /** Whatever holds the job up, it is given up after this, ms. */
  hardEndMs: z
    .number()
    .int()
    .positive()
    .default(30 * 60_000),
};

export const printerConfig = z.discriminatedUnion('driver', [
  z.strictObject({ driver: z.literal('none') }),
  z.strictObject({
    driver: z.literal('cups'),
    /** The queue, as ipp://host:port/printers/NAME. */
    queue: z.string().regex(/^ipps?:\/\/[^\s]+$/),
    /** PWG self-describing media name (PWG 5101.1). */
    media: z.string().min(1).max(80).default('iso_a4_210x297mm'),
    sides: z.enum(['one-sided', 'two-sided-long-edge']).default('one-sided'),
    ...timings,
  }),
  z.strictObject({
    driver: z.literal('simulated'),
    /** ms a page takes. */
    simulatedPageMs: z.number().int().nonnegative().default(1_500),
    ...timings,
  }),
]);
export type PrinterConfig = z.infer<typeof printerConfig>;
export type CupsPrinterConfig = Extract<PrinterConfig, { driver: 'cups' }>;
export type SimulatedPrinterConfig = Extract<PrinterConfig, { driver: 'simulated' }>;

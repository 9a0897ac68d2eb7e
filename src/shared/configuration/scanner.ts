/** How this terminal's scanner is reached; part of the terminal's configuration file. */
import { z } from 'zod';

const limits = {
  /** A scan without a sign of life for so long is given up, ms. Lamps may take half a minute to warm up. */
  silenceMs: z.number().int().positive().default(60_000),
  /** Sheets taken from the feeder at most. */
  sheets: z.number().int().positive().max(200).default(50),
};

export const scannerConfig = z.discriminatedUnion('driver', [
  z.strictObject({ driver: z.literal('none') }),
  z.strictObject({
    driver: z.literal('sane'),
    /** SANE's name of the device, as `scanimage -L` prints it. */
    device: z.string().min(1).max(200),
    /** The scanimage program. */
    program: z.string().min(1).default('scanimage'),
    /** Added to the program's environment (SANE_CONFIG_DIR for example). */
    env: z.record(z.string(), z.string()).default({}),
    /** The names that this device gives its sources and modes; a null source is not passed (a device with one only). */
    flatbedSource: z.string().min(1).nullable().default('Flatbed'),
    feederSource: z.string().min(1).nullable().default('Automatic Document Feeder'),
    colourMode: z.string().min(1).default('Color'),
    greyMode: z.string().min(1).default('Gray'),
    /** Options that this device needs beside ours. */
    extraOptions: z.array(z.string().max(200)).max(40).default([]),
    /** A file with more of them, one a line, read again at each scan; a missing file adds none. */
    extraOptionsFile: z.string().nullable().default(null),
    /** A device that says that it is busy may be waking up: it is waited for so long, ms. */
    wakeMs: z.number().int().nonnegative().default(20_000),
    /** ms between two looks whether the scanner is there. */
    watchPollMs: z.number().int().min(200).max(600_000).default(30_000),
    ...limits,
  }),
  z.strictObject({
    driver: z.literal('simulated'),
    /** ms a page takes. */
    simulatedPageMs: z.number().int().nonnegative().default(2_000),
    ...limits,
  }),
]);
export type ScannerConfig = z.infer<typeof scannerConfig>;
export type SaneScannerConfig = Extract<ScannerConfig, { driver: 'sane' }>;
export type SimulatedScannerConfig = Extract<ScannerConfig, { driver: 'simulated' }>;

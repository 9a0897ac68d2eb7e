/** A whole printer for the terminal: a CUPS of its own with the queue "Borne", and the printer behind it. */
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { makeRunFolder } from '../run-folder.ts';
import { askedFile, type PrintAsked, printedFolder } from './engine-control.ts';
import { type PrintSystem, startPrintSystem } from './print-system.ts';
import { type PrinterDevice, startPrinterDevice } from './printer-device.ts';

export interface PrinterOptions {
  /** Impressions a minute; 240 by default, where a real one makes 10 to 30. */
  readonly pagesPerMinute?: number;
}

export interface RigPrinter {
  readonly cupsHost: string;
  readonly cupsPort: number;
  readonly queue: string;
  /** ipp://localhost:PORT/printers/Borne, what the terminal is configured with. */
  readonly printerUri: string;
  /** The printer behind the print system. */
  readonly deviceUri: string;
  /** Where the printer puts what it receives, before it prints. */
  readonly spool: string;
  /** What came out of it, oldest first. */
  readonly printedFiles: () => string[];
  /** What each of them asked of the printer, oldest first. */
  readonly asked: () => PrintAsked[];
  /** Environment for lp, lpstat… */
  readonly env: NodeJS.ProcessEnv;
  /** The print system's folder for jobs that wait, where nothing may remain after a visit. */
  readonly jobsFolder: string;
  readonly printSystemLog: () => string;
  readonly setReason: PrinterDevice['setReason'];
  readonly clearReason: PrinterDevice['clearReason'];
  readonly reasons: PrinterDevice['reasons'];
  readonly setSpeed: PrinterDevice['setSpeed'];
  readonly isPrinting: PrinterDevice['isPrinting'];
  readonly switchOff: PrinterDevice['switchOff'];
  readonly switchOn: PrinterDevice['switchOn'];
  readonly killCups: PrintSystem['kill'];
  readonly startCups: PrintSystem['start'];
  readonly close: () => Promise<void>;
}

const QUEUE = 'Borne';

export async function startPrinter(options: PrinterOptions = {}): Promise<RigPrinter> {
  const folder = makeRunFolder('p');
  chmodSync(folder, 0o755);
  const [deviceFolder, systemFolder, spool] = ['device', 'cups', 'received'].map((name) => {
    const made = path.join(folder, name);
    mkdirSync(made, { mode: 0o755 });
    return made;
  }) as [string, string, string];
  const device = await startPrinterDevice(deviceFolder, spool, options.pagesPerMinute ?? 240);
  const system = await startPrintSystem(systemFolder);
  await system.addQueue(QUEUE, device.uri);
  const printed = printedFolder(deviceFolder);

  return {
    cupsHost: 'localhost',
    cupsPort: system.port,
    queue: QUEUE,
    printerUri: `ipp://localhost:${system.port}/printers/${QUEUE}`,
    deviceUri: device.uri,
    spool,
    printedFiles: () =>
      readdirSync(printed)
        .sort()
        .map((name) => path.join(printed, name)),
    asked: () => {
      const lines = readFileSync(askedFile(deviceFolder), 'utf8').trim().split('\n');
      return lines.map((line) => JSON.parse(line) as PrintAsked);
    },
    env: system.env,
    jobsFolder: system.jobsFolder,
    printSystemLog: system.log,
    setReason: device.setReason,
    clearReason: device.clearReason,
    reasons: device.reasons,
    setSpeed: device.setSpeed,
    isPrinting: device.isPrinting,
    switchOff: device.switchOff,
    switchOn: device.switchOn,
    killCups: system.kill,
    startCups: system.start,
    close: async () => {
      await system.close();
      await device.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

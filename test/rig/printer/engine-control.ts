/** What a test sets on the rig's printer while it runs; a file that the printing engine reads again and again. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The conditions that ippeveprinter knows (its printer-state-reasons, without the severity that it adds). */
export const printerReasons = [
  'media-empty',
  'media-jam',
  'cover-open',
  'input-tray-missing',
  'marker-supply-empty',
  'toner-empty',
  'spool-area-full',
  'paused',
  'other',
] as const;
export type PrinterReason = (typeof printerReasons)[number];

export interface EngineControl {
  readonly reasons: readonly PrinterReason[];
  readonly pagesPerMinute: number;
}

/** A job of this name prints nothing: it only makes the printer show its reasons while it is idle. */
export const SERVICE_JOB = 'rig-service';

export function printedFolder(controlFolder: string): string {
  return path.join(controlFolder, 'printed');
}

/** As ippeveprinter tells it to the mechanism: IPP's own words. */
export interface PrintAsked {
  readonly sides: string | undefined;
  readonly colourMode: string | undefined;
  /** A media-col in braces. */
  readonly media: string | undefined;
}

/** One line of JSON for each job that came out: what it asked of the printer. */
export function askedFile(controlFolder: string): string {
  return path.join(controlFolder, 'asked.jsonl');
}

export function engineControl(folder: string): {
  read: () => EngineControl;
  write: (control: EngineControl) => void;
} {
  const file = path.join(folder, 'control.json');
  return {
    read: () => JSON.parse(readFileSync(file, 'utf8')) as EngineControl,
    write: (control) => {
      mkdirSync(printedFolder(folder), { recursive: true });
      // Renamed into place: the engine never reads half a file.
      writeFileSync(`${file}.new`, JSON.stringify(control));
      renameSync(`${file}.new`, file);
    },
  };
}

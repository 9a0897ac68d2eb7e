/**
 * Between the terminal and the programs that look after its machine: they read how it is, it reads what became of
 * updates. Two files; on a developer's machine there are none of these programs, and nothing is written.
 */
import { readFileSync, renameSync, unwatchFile, watchFile, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONDITION_FILE, type TerminalCondition } from '#shared/machine/terminal-condition.ts';
import { UPDATE_REPORT_FILE, type UpdateReport, updateReport } from '#shared/machine/update-report.ts';
import { isNoRoom } from '../no-room.ts';
import { parseJson } from '../parse-json.ts';

export interface MachineLink {
  /** Something of the condition may have changed. */
  readonly renew: () => void;
  /** Null: nothing looks after this machine, or no version was looked for yet. */
  readonly updates: () => UpdateReport | null;
  readonly close: () => void;
}

export interface MachineLinkOptions {
  readonly condition: () => TerminalCondition;
  readonly onUpdates: () => void;
  /** Where the condition is written (VISAVIS_MACHINE); undefined: nobody reads it. */
  readonly folder: string | undefined;
  readonly reportFile?: string;
}

/** ms between two looks at the report: its folder may not be there yet, and cannot be watched. */
const LOOK = 5_000;

export function createMachineLink({
  condition,
  onUpdates,
  folder,
  reportFile = UPDATE_REPORT_FILE,
}: MachineLinkOptions): MachineLink {
  if (folder === undefined) return { renew: () => undefined, updates: () => null, close: () => undefined };
  const file = join(folder, CONDITION_FILE);
  let written = '';
  let updates = readReport(reportFile);
  const look = (): void => {
    updates = readReport(reportFile);
    onUpdates();
  };
  watchFile(reportFile, { interval: LOOK, persistent: false }, look);
  return {
    renew() {
      const text = JSON.stringify(condition());
      if (text === written) return;
      try {
        writeFileSync(`${file}.new`, text);
        renameSync(`${file}.new`, file);
        written = text;
      } catch (error) {
        // Memory is full: said again at the next change; meanwhile no update is made.
        if (!isNoRoom(error)) throw error;
      }
    },
    updates: () => updates,
    close: () => unwatchFile(reportFile, look),
  };
}

function readReport(file: string): UpdateReport | null {
  try {
    const parsed = updateReport.safeParse(parseJson(readFileSync(file)));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

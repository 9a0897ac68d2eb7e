/** The terminal as its unit runs it on this machine: how it is, and its restart. */
import path from 'node:path';
import {
  CONDITION_FILE,
  type TerminalCondition,
  terminalCondition,
} from '#shared/machine/terminal-condition.ts';
import { runProgram } from './run-program.ts';
import { readWhole } from './whole-file.ts';

const UNIT = 'vis-a-vis-terminal.service';
const FOLDER = '/run/vis-a-vis';

/** Null: it does not run, or its process said nothing yet. */
export async function conditionOfTerminal(): Promise<TerminalCondition | null> {
  const pid = await property('MainPID');
  const found = readWhole(path.join(FOLDER, CONDITION_FILE), terminalCondition);
  return found && String(found.pid) === pid ? found : null;
}

export async function restartTerminal(): Promise<void> {
  await runProgram('systemctl', ['restart', UNIT]);
}

/** How often it ended by itself and was started again, since it was last started by somebody. */
export async function restartsOfTerminal(): Promise<number> {
  return Number(await property('NRestarts')) || 0;
}

async function property(name: string): Promise<string> {
  return (await runProgram('systemctl', ['show', `--property=${name}`, '--value', UNIT])).said.trim();
}

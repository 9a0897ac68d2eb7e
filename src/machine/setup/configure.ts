/** Writes what the terminal is to be, and waits until it is. */
import { chmodSync, chownSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { ScannerConfig } from '#shared/configuration/scanner.ts';
import type { TerminalCondition } from '#shared/machine/terminal-condition.ts';
import { runProgram } from '../run-program.ts';
import { conditionOfTerminal, restartTerminal } from '../terminal-unit.ts';
import { writeWhole } from '../whole-file.ts';
import type { Answers } from './answers.ts';

export const CONFIGURATION = '/etc/vis-a-vis/terminal.json';
const SESSION = '/run/vis-a-vis/session';
const HOME = '/var/lib/vis-a-vis';
const BUTTON_RULE = '/etc/udev/rules.d/60-vis-a-vis-button.rules';
/** ms that a slow machine may take from the start to both screens and the hub. */
const LONGEST_START = 90_000;

export interface Devices {
  /** Null: none. */
  readonly queue: string | null;
  readonly scanner: Partial<ScannerConfig> | null;
}

export type Chosen = Omit<Answers, 'enrolmentCode' | 'printer' | 'scanner' | 'updates'>;

/** @param code null: the terminal is enrolled already. */
export function writeConfiguration(chosen: Chosen, code: string | null, { queue, scanner }: Devices): void {
  const { hub, commune, face, camera, microphone, speaker, button, selfTest } = chosen;
  const configuration = {
    hub,
    ...(code !== null && { enrolmentCode: code }),
    commune,
    screens: {
      face: { position: face },
      desk: { position: face === 'left' ? 'right' : 'left' },
      mode: 'kiosk',
    },
    printer: queue === null ? { driver: 'none' } : { driver: 'cups', queue },
    scanner: scanner ?? { driver: 'none' },
    media: { camera, microphone, speaker },
    selfTest,
    button,
  };
  writeWhole(CONFIGURATION, `${JSON.stringify(configuration, null, 2)}\n`, 0o640);
  // The code in it is good once: read by the terminal, and by nobody else meanwhile.
  chownSync(CONFIGURATION, 0, statSync(HOME).gid);
  chmodSync(CONFIGURATION, 0o640);
}

/** Gives the terminal's user the button, and no other device of its kind: a keyboard is one too. */
export async function allowButton(button: Answers['button']): Promise<void> {
  if (button.driver !== 'hid') return;
  const hex = (number: number): string => number.toString(16).padStart(4, '0');
  writeFileSync(
    BUTTON_RULE,
    `SUBSYSTEM=="hidraw", ATTRS{idVendor}=="${hex(button.vendorId)}", ATTRS{idProduct}=="${hex(button.productId)}", GROUP="vis-a-vis", MODE="0660"\n`,
  );
  await runProgram('udevadm', ['control', '--reload']);
  await runProgram('udevadm', ['trigger', '--subsystem-match=hidraw']);
}

/** Starts the terminal anew. @returns how it is once `settled`, or how it was when the patience ended. */
export async function startAndWait(
  settled: (condition: TerminalCondition) => boolean,
): Promise<TerminalCondition | null> {
  // The session of its user, where there is none yet: the packages may have come after the display manager.
  if (existsSync(SESSION)) await restartTerminal();
  else await runProgram('systemctl', ['restart', 'lightdm.service']);
  return untilTerminal(settled);
}

export async function untilTerminal(
  settled: (condition: TerminalCondition) => boolean,
  longest: number = LONGEST_START,
): Promise<TerminalCondition | null> {
  for (const end = Date.now() + longest; ; await wait(300)) {
    const condition = await conditionOfTerminal();
    if ((condition && settled(condition)) || Date.now() >= end) return condition;
  }
}

/** The terminal as in service: its own process, without the debugger through which tests look into it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { cameraAndMicrophoneSwitches } from '#rig/fake-media.ts';
import type { HubProcess } from '#rig/hub-process.ts';
import { type RigProcess, startProcess } from '#rig/processes.ts';
import { makeRunFolder } from '#rig/run-folder.ts';
import type { terminalConfiguration } from '#shared/configuration/terminal.ts';
import { ensureElectronRuntime } from '../setup/electron-runtime.ts';

const root = path.resolve(import.meta.dirname, '../..');

type Choice = Pick<
  z.input<typeof terminalConfiguration>,
  'hub' | 'enrolmentCode' | 'printer' | 'scanner' | 'memoryFolder'
>;

/** Writes its configuration and returns what Electron is started with. */
export function terminalArguments(choice: Choice): string[] {
  const folder = makeRunFolder('terminal');
  const memoryFolder = choice.memoryFolder ?? '/dev/shm';
  mkdirSync(memoryFolder, { recursive: true, mode: 0o700 });
  const configurationFile = path.join(folder, 'terminal.json');
  writeFileSync(
    configurationFile,
    JSON.stringify({
      commune: { name: 'Saint-Martin-des-Prés', colour: '#17505c', logo: null },
      dataFolder: path.join(folder, 'data'),
      // Measured in the morning or at night, it does the same.
      selfTest: { time: null },
      ...choice,
      memoryFolder,
    }),
  );
  return [root, ...terminalSwitches(), `--config=${configurationFile}`];
}

/** What any Electron is started with here. */
export function terminalSwitches(): string[] {
  return [
    // Chromium's sandbox refuses to run as root; everybody else has it.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    ...cameraAndMicrophoneSwitches(),
  ];
}

/** With simulated printer and scanner, on this display. @param switches more of Chromium's. */
export async function startLoneTerminal(
  hub: HubProcess,
  display: string,
  switches: readonly string[] = [],
): Promise<RigProcess> {
  const { executable } = await ensureElectronRuntime();
  const args = terminalArguments({
    hub: hub.origin,
    enrolmentCode: hub.demo.enrolmentCode,
    printer: { driver: 'simulated', simulatedPageMs: 100 },
    scanner: { driver: 'simulated', simulatedPageMs: 200 },
  });
  return startProcess({
    name: 'terminal',
    program: executable,
    args: [...args, ...switches],
    env: { ...process.env, DISPLAY: display },
  });
}

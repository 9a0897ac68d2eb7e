/** The terminal as in service: its own process, without the debugger through which tests look into it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { cameraAndMicrophoneSwitches } from '#rig/fake-media.ts';
import { makeRunFolder } from '#rig/run-folder.ts';
import type { terminalConfiguration } from '../../src/main/configuration.ts';

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

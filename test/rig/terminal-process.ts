/** The built terminal under the rig's displays, driven by Playwright as a person's eyes would look at it. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { z } from 'zod';
import type { terminalConfiguration } from '#shared/configuration/terminal.ts';
import { ensureElectronRuntime } from '../../scripts/setup/electron-runtime.ts';
import { cameraAndMicrophoneSwitches } from './fake-media.ts';
import { forgetProcess, killGroup, makeRunFolder, noteProcess } from './run-folder.ts';
import { until } from './until.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface TerminalOptions {
  /** ":79" for example. */
  readonly display: string;
  /** What the operator writes; the data folder is added where it is missing. */
  readonly configuration: z.input<typeof terminalConfiguration>;
  /** By default a camera with a moving picture and a microphone that beeps. */
  readonly mediaSwitches?: readonly string[];
  readonly switches?: readonly string[];
}

export type Place =
  | 'face'
  | 'desk'
  | 'room/index.html'
  | 'room/self.html'
  | 'room/devices.html'
  | 'room/self-test.html';

export interface TerminalProcess {
  /** Changes at each start. */
  readonly app: () => ElectronApplication;
  /** The page of app://PLACE, once it is there. */
  readonly page: (place: Place) => Promise<Page>;
  readonly hasPage: (place: Place) => boolean;
  readonly dataFolder: string;
  readonly output: () => string;
  readonly kill9: () => Promise<void>;
  /** Its main process alone: what it started has to notice by itself. */
  readonly killMain9: () => Promise<void>;
  /** With the same data folder, as its supervisor would. */
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startTerminalProcess(options: TerminalOptions): Promise<TerminalProcess> {
  const runtime = await ensureElectronRuntime();
  const folder = makeRunFolder('terminal');
  const dataFolder = options.configuration.dataFolder ?? path.join(folder, 'data');
  const configurationFile = path.join(folder, 'terminal.json');
  // A test that runs in the morning must not meet the terminal testing itself, unless it is about that.
  const written = { selfTest: { time: null }, ...options.configuration, dataFolder };
  writeFileSync(configurationFile, JSON.stringify(written));
  const isRoot = process.getuid?.() === 0;

  let output = '';
  let app: ElectronApplication | null = null;
  const start = async () => {
    const launched = await _electron.launch({
      executablePath: runtime.executable,
      args: [
        root,
        // Chromium's sandbox refuses to run as root; everybody else has it.
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        `--config=${configurationFile}`,
        ...(options.mediaSwitches ?? cameraAndMicrophoneSwitches()),
        ...(options.switches ?? []),
      ],
      env: { ...definedVariables(), DISPLAY: options.display },
    });
    app = launched;
    const child = launched.process();
    if (child.pid !== undefined) noteProcess(child.pid);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-262_144);
      });
    }
  };
  const end = async (how: (running: ElectronApplication) => Promise<void>) => {
    const running = app;
    app = null;
    const pid = running?.process().pid;
    if (!running || pid === undefined) return;
    await how(running);
    killGroup(pid);
    forgetProcess(pid);
  };
  const running = () => {
    if (!app) throw new Error('The terminal is not running.');
    return app;
  };
  const find = (place: Place) =>
    running()
      .windows()
      .find((page) => page.url().startsWith(`app://${place}`));
  await start();
  return {
    app: running,
    page: (place) => until(`the page ${place} is open`, () => find(place)),
    hasPage: (place) => find(place) !== undefined,
    dataFolder,
    output: () => output,
    kill9: () =>
      end(async (gone) => {
        const closed = gone.waitForEvent('close');
        killGroup(gone.process().pid ?? 0);
        await closed;
      }),
    killMain9: async () => {
      const gone = running();
      const { pid } = gone.process();
      app = null;
      const closed = gone.waitForEvent('close');
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      await closed;
    },
    start,
    close: async () => {
      await end((closing) => closing.close());
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function definedVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

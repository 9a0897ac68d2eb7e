/** The demo to play with: hub, printer, scanner and terminal on this machine's own display, until Ctrl-C. */
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { cameraAndMicrophoneSwitches } from '#rig/fake-media.ts';
import { startHub } from '#rig/hub-process.ts';
import { startPrinter } from '#rig/printer/printer.ts';
import { makeRunFolder } from '#rig/run-folder.ts';
import { startScanner } from '#rig/scanner.ts';
import { ensureElectronRuntime } from '../setup/electron-runtime.ts';
import type { DemoDeployment } from './demo-deployment.ts';
import { drawPortraits } from './portraits.ts';
import { supervise } from './supervise.ts';

const run = promisify(execFile);

export interface OpenDemoOptions {
  /** Locked to their displays, as in a town hall; by default ordinary windows that can be closed. */
  readonly kiosk: boolean;
  /** Closed at the end. */
  readonly deployment: DemoDeployment;
  readonly print: (line: string) => void;
}

/** Never returns before Ctrl-C, or before the windows are closed. */
export async function openDemo({ kiosk, deployment, print }: OpenDemoOptions): Promise<void> {
  const folder = makeRunFolder('demo');
  const closers: (() => unknown)[] = [deployment.close];
  const hub = await startHub({ variables: deployment.hubVariables, department: true });
  closers.push(hub.close);
  const printer = await findPrinter(closers);
  const scanner = await findScanner(closers);
  const configurationFile = join(folder, 'terminal.json');
  const memoryFolder = `/dev/shm/rig-demo-${process.pid}`;
  mkdirSync(memoryFolder, { mode: 0o700 });
  closers.push(() => rmSync(memoryFolder, { recursive: true, force: true }));
  writeFileSync(
    configurationFile,
    JSON.stringify({
      hub: hub.origin,
      enrolmentCode: hub.demo.enrolmentCode,
      commune: { name: 'Saint-Martin-des-Prés', colour: '#17505c', logo: null },
      screens: { face: { position: 'left' }, desk: { position: 'right' }, mode: kiosk ? 'kiosk' : 'windows' },
      printer: printer.configuration,
      scanner: scanner.configuration,
      dataFolder: join(folder, 'data'),
      memoryFolder,
    }),
  );
  const runtime = await ensureElectronRuntime();
  const portraits = await drawPortraits(folder);
  const cameras = (await hasCamera())
    ? []
    : [...cameraAndMicrophoneSwitches(), `--use-file-for-fake-video-capture=${portraits.resident}`];
  let windowsClosed: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    windowsClosed = resolve;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  const terminal = supervise({
    onEnd: () => windowsClosed(),
    command: runtime.executable,
    args: [
      resolve(import.meta.dirname, '../..'),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--config=${configurationFile}`,
      ...cameras,
      ...deployment.switches,
    ],
    onRestart: (why) =>
      print(`La borne redémarre (${why === 'hung' ? 'elle ne répondait plus' : 'elle s’était arrêtée'}).`),
  });
  closers.push(terminal.close);

  print(`\nConsole : ${hub.origin}`);
  for (const { role, name, email, password } of hub.demo.accounts) {
    print(`  ${role.padEnd(14)} ${name.padEnd(16)} ${email.padEnd(34)} ${password}`);
  }
  if (deployment.switches.length > 0) {
    print(`Dans votre navigateur, ouvrez d’abord ${deployment.origin} et acceptez son certificat d’essai.`);
  }
  print(`Imprimante : ${printer.words}\nScanner : ${scanner.words}`);
  print(`Borne : deux fenêtres${kiosk ? ', verrouillées' : ''}. Ctrl-C arrête tout.\n`);

  await ended;
  for (const closer of closers.reverse()) await closer();
}

interface Device {
  readonly configuration: object;
  readonly words: string;
}

/** The machine's default queue, else the rig's printer. */
async function findPrinter(closers: (() => unknown)[]): Promise<Device> {
  const queue = await firstLine('lpstat', ['-e']);
  if (queue) {
    return {
      configuration: { driver: 'cups', queue: `ipp://localhost:631/printers/${queue}` },
      words: queue,
    };
  }
  const printer = await startPrinter({ pagesPerMinute: 20 });
  closers.push(printer.close);
  return {
    configuration: { driver: 'cups', queue: printer.printerUri },
    words: `celle de la démonstration, les feuilles arrivent dans ${printer.spool}`,
  };
}

async function findScanner(closers: (() => unknown)[]): Promise<Device> {
  const device = await firstLine('scanimage', ['-f', '%d%n']);
  if (device) return { configuration: { driver: 'sane', device }, words: device };
  const scanner = startScanner({ readDelay: 10_000 });
  closers.push(scanner.close);
  return {
    configuration: { driver: 'sane', device: scanner.device, env: { ...scanner.env } },
    words: 'celui de la démonstration',
  };
}

async function hasCamera(): Promise<boolean> {
  return (await firstLine('sh', ['-c', 'ls /dev/video* 2>/dev/null'])) !== null;
}

/** Null where the program is missing, fails or says nothing: the machine has no such device. */
async function firstLine(program: string, args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await run(program, args, { timeout: 15_000 });
    return stdout.split('\n').find((line) => line.trim() !== '') ?? null;
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

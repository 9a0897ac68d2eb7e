/** Two real displays without a monitor: an X server with the dummy driver and two outputs side by side. */
import { existsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { type RigProcess, startProcess } from './processes.ts';
import { runCommand, runForBytes } from './run-command.ts';
import { makeRunFolder } from './run-folder.ts';
import { until } from './until.ts';
import { saveXwdAsPng } from './xwd.ts';

export interface Output {
  readonly name: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
}

export interface Displays {
  /** For DISPLAY, ":79" for example. */
  readonly display: string;
  /** Left: 1920x1080 (the face), right: 1280x1024 (the desk). */
  readonly outputs: readonly [Output, Output];
  /** The outputs that are on now, as the X server tells. */
  readonly current: () => Promise<Output[]>;
  /** As when a cable is pulled. */
  readonly removeOutput: (name: string) => Promise<void>;
  readonly restoreOutput: (name: string) => Promise<void>;
  /** The whole desktop, or one output, as the X server shows it, into a PNG file. */
  readonly screenshot: (file: string, output?: Output) => Promise<void>;
  readonly close: () => Promise<void>;
}

const LEFT: Output = { name: 'DUMMY0', width: 1920, height: 1080, x: 0, y: 0 };
const RIGHT: Output = { name: 'DUMMY1', width: 1280, height: 1024, x: 1920, y: 0 };

/** Of an X server (xorg.conf(5)): two outputs of the dummy driver. */
export const DUMMY_DISPLAYS = `
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoEnableDevices" "false"
  Option "DontVTSwitch" "true"
EndSection
Section "Device"
  Identifier "dummy"
  Driver "dummy"
  VideoRam 512000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
EndSection
Section "Screen"
  Identifier "screen"
  Device "dummy"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "1920x1080" "1280x1024"
    Virtual 5760 2160
  EndSubSection
EndSection
`;

export async function startDisplays(): Promise<Displays> {
  const folder = makeRunFolder('displays');
  const configuration = path.join(folder, 'xorg.conf');
  writeFileSync(configuration, DUMMY_DISPLAYS);
  // Debian's /usr/bin/Xorg is a wrapper that lets nobody but the console's user start a server.
  const server = await startProcess({
    name: 'Xorg',
    program: existsSync('/usr/lib/xorg/Xorg') ? '/usr/lib/xorg/Xorg' : 'Xorg',
    args: [
      ...['-displayfd', '3', '-config', configuration, '-logfile', path.join(folder, 'xorg.log')],
      ...['-noreset', '-nolisten', 'tcp', '-novtswitch', '-keeptty', '-s', '0', '-dpms'],
    ],
    thirdPipe: true,
  });
  const display = `:${await displayNumber(server)}`;
  const env = { ...process.env, DISPLAY: display };
  const xrandr = (...args: string[]) => runCommand('xrandr', args, { env });
  const place = async (output: Output) => {
    const side = output.name === RIGHT.name ? ['--right-of', LEFT.name] : ['--pos', '0x0'];
    await xrandr('--output', output.name, '--mode', `${output.width}x${output.height}`, ...side);
  };

  await xrandr('--addmode', RIGHT.name, `${RIGHT.width}x${RIGHT.height}`);
  await place(LEFT);
  await place(RIGHT);
  const current = async () => parseOutputs(await xrandr('--query'));
  const both = (list: Output[]) =>
    [LEFT, RIGHT].every((wanted) => list.some((output) => isSame(output, wanted)));
  await until('both displays are on', async () => both(await current()));

  return {
    display,
    outputs: [LEFT, RIGHT],
    current,
    removeOutput: async (name) => {
      await xrandr('--output', name, '--off');
    },
    restoreOutput: async (name) => {
      for (const output of [LEFT, RIGHT]) if (output.name === name) await place(output);
      // The left one pushes the right one back to its place.
      if (name === LEFT.name && (await current()).some((output) => output.name === RIGHT.name))
        await place(RIGHT);
    },
    screenshot: async (file, output) => {
      await saveXwdAsPng(await runForBytes('xwd', ['-root', '-silent', '-display', display]), file, output);
    },
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The number that the server chose and writes once it accepts clients. */
async function displayNumber(server: RigProcess): Promise<number> {
  const pipe = server.child.stdio[3] as Readable;
  const number = new Promise<number>((resolve) => {
    let text = '';
    pipe.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(Number(text.trim()));
    });
  });
  const gone = server.exited.then((code) => {
    throw new Error(`Xorg ended with ${code}:\n${server.output()}`);
  });
  return Promise.race([number, gone]);
}

function parseOutputs(text: string): Output[] {
  const lines = text.matchAll(/^(\S+) connected (?:primary )?(\d+)x(\d+)\+(\d+)\+(\d+)/gm);
  return Array.from(lines, ([, name = '', width, height, x, y]) => ({
    name,
    width: Number(width),
    height: Number(height),
    x: Number(x),
    y: Number(y),
  }));
}

function isSame(one: Output, other: Output): boolean {
  return (
    one.name === other.name &&
    one.width === other.width &&
    one.height === other.height &&
    one.x === other.x &&
    one.y === other.y
  );
}

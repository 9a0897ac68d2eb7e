/** The terminal installed with apt in a root of its own, two displays and a hub; started by an ordinary user. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { type Displays, startDisplays } from '../rig/displays.ts';
import { type HubProcess, startHub } from '../rig/hub-process.ts';
import type { RigProcess } from '../rig/processes.ts';
import { makeRunFolder } from '../rig/run-folder.ts';
import { until } from '../rig/until.ts';
import { asUser, type InstalledRoot, startRootWith } from './installed-root.ts';
import { inventory } from './inventory.ts';
import { copyOfRepository, makeKey, startRepository } from './signed-repository.ts';

export const PROGRAM = '/usr/lib/vis-a-vis/vis-a-vis';
export const CONFIGURATION = '/etc/vis-a-vis/terminal.json';
export const USER = 'borne';
const COLOUR = { hex: '#17505c', rgb: [0x17, 0x50, 0x5c] } as const;

export interface InstalledTown {
  readonly root: InstalledRoot;
  readonly displays: Displays;
  readonly hub: HubProcess;
  /** What was on the root's disk before anything was installed. */
  readonly before: ReadonlySet<string>;
  /** The installed program, by its user; with the configuration's file unless other arguments are given. */
  readonly start: (...more: readonly string[]) => Promise<RigProcess>;
  /** Until both screens show the commune's colour. @throws Error with what the terminal wrote. */
  readonly untilPainted: (terminal: RigProcess) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startInstalledTown(): Promise<InstalledTown> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const key = await makeKey();
    closers.push(key.close);
    await startRepository(key);
    const root = await startRootWith(copyOfRepository());
    closers.push(root.close);
    await root.apt('update');
    const before = await inventory(root);
    await root.apt('install', 'vis-a-vis-terminal');
    await root.sh(`useradd --create-home ${USER}`);
    const displays = await startDisplays();
    closers.push(displays.close);
    const hub = await startHub();
    closers.push(hub.close);
    configure(root, hub);

    const start: InstalledTown['start'] = (...more) => {
      const [setpriv, ...rest] = asUser(USER);
      const args = [...rest, PROGRAM, `--config=${CONFIGURATION}`, ...more];
      return root.start('terminal', setpriv, args, {
        ...{ PATH: process.env.PATH, HOME: `/home/${USER}`, DISPLAY: displays.display, LANG: 'C.UTF-8' },
      });
    };
    const untilPainted: InstalledTown['untilPainted'] = async (terminal) => {
      const isPainted = async () =>
        (await coloured(displays, 0)) > 0.05 && (await coloured(displays, 1)) > 0.01;
      try {
        await until('both screens are painted', isPainted, { timeoutMs: 60_000, everyMs: 500 });
      } catch (error) {
        throw new Error(`${String(error)}\n${terminal.output()}`);
      }
    };
    return { root, displays, hub, before, start, untilPainted, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function configure(root: InstalledRoot, hub: HubProcess): void {
  const file = path.join(root.folder, CONFIGURATION);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(
    file,
    JSON.stringify({
      hub: hub.origin,
      enrolmentCode: hub.demo.enrolmentCode,
      commune: { name: 'Saint-Martin-des-Prés', colour: COLOUR.hex, logo: null },
      printer: { driver: 'simulated' },
      scanner: { driver: 'simulated' },
      selfTest: { time: null },
    }),
    { mode: 0o644 },
  );
}

/** What part of the output's dots has the commune's colour. */
async function coloured(displays: Displays, at: 0 | 1): Promise<number> {
  const file = path.join(makeRunFolder('seen'), `${at}.png`);
  await displays.screenshot(file, displays.outputs[at]);
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let found = 0;
  for (let dot = 0; dot < data.length; dot += info.channels) {
    if (COLOUR.rgb.every((value, channel) => data[dot + channel] === value)) found += 1;
  }
  return (found * info.channels) / data.length;
}

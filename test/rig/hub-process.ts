/** The hub as the real process that it is in service, on free ports of this machine, filled with made-up places. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { role } from '#shared/protocol/views.ts';
import { freePort } from './free-port.ts';
import { type RigProcess, startProcess } from './processes.ts';
import { runCommand } from './run-command.ts';
import { makeRunFolder } from './run-folder.ts';
import { until } from './until.ts';

const root = path.resolve(import.meta.dirname, '../..');

const seeded = z.object({
  mairieId: z.string(),
  accounts: z.array(
    z.object({
      role,
      name: z.string(),
      email: z.string(),
      password: z.string(),
    }),
  ),
  enrolmentCode: z.string(),
});
export type SeededHub = z.infer<typeof seeded>;

export interface HubProcess {
  /** http://localhost:PORT: the console's address, and what the terminal is configured with. */
  readonly origin: string;
  readonly roomOrigin: string;
  /** Its data folder. */
  readonly folder: string;
  /** The accounts to log in with, and a code to enrol one terminal. */
  readonly demo: SeededHub;
  readonly output: () => string;
  /** As a power cut would. */
  readonly kill9: () => Promise<void>;
  /** On the same ports and the same data; usable when it returns. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface HubOptions {
  /** More of the hub's variables (src/hub/configuration.ts). */
  readonly variables?: Readonly<Record<string, string>>;
  /** With six mairies and five bodies, so that every page has something to show. */
  readonly department?: boolean;
}

export async function startHub(options: HubOptions = {}): Promise<HubProcess> {
  const folder = makeRunFolder('hub');
  const [port, roomPort] = [await freePort(), await freePort()];
  const env = {
    ...process.env,
    HUB_DATA: folder,
    HUB_PORT: String(port),
    ROOM_PORT: String(roomPort),
    HUB_LOG_LEVEL: 'info',
    ...options.variables,
  };
  // The project's own Node: the caller may run under another one.
  const node = path.join(root, 'node_modules/.bin/node');
  const demo = seeded.parse(
    JSON.parse(
      await runCommand(
        node,
        [path.join(root, 'src/hub/demo/seed.ts'), ...(options.department ? ['--department'] : [])],
        { env },
      ),
    ),
  );
  const origin = `http://localhost:${port}`;

  let hub: RigProcess | null = null;
  const start = async () => {
    const started = await startProcess({
      name: 'hub',
      program: node,
      args: [path.join(root, 'src/hub/server.ts')],
      env,
      cwd: root,
    });
    hub = started;
    const healthy = async () => {
      if (!started.isRunning()) throw new Error(`The hub ended:\n${started.output()}`);
      return fetch(`${origin}/healthz`).then(
        (answer) => answer.ok,
        () => false,
      );
    };
    // The embedded database repairs itself after kill -9: a while, on a machine with much else to do.
    await until('the hub is healthy', healthy, { timeoutMs: 60_000 });
  };
  const kill9 = async () => {
    const running = hub;
    hub = null;
    await running?.kill9();
  };
  await start();
  return {
    origin,
    roomOrigin: `http://localhost:${roomPort}`,
    folder,
    demo,
    output: () => hub?.output() ?? '',
    kill9,
    restart: async () => {
      await kill9();
      await start();
    },
    close: async () => {
      await hub?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Displays, startDisplays } from '../rig/displays.ts';
import { freePort } from '../rig/free-port.ts';
import { type HubProcess, startHub } from '../rig/hub-process.ts';
import type { RigProcess } from '../rig/processes.ts';
import { makeRunFolder } from '../rig/run-folder.ts';
import { until } from '../rig/until.ts';
import { asUser, type InstalledRoot, startRootWith } from './installed-root.ts';
import { added, inventory } from './inventory.ts';
import { copyOfRepository, makeKey, release, type ThrowawayKey } from './signed-repository.ts';

const PROGRAM = '/usr/lib/vis-a-vis/vis-a-vis';
const CONFIGURATION = '/etc/vis-a-vis/terminal.json';
const COLOUR = { hex: '#17505c', rgb: [0x17, 0x50, 0x5c] } as const;
const USER = 'borne';

let key: ThrowawayKey;
let root: InstalledRoot;
let displays: Displays;
let hub: HubProcess;
let browser: Browser;
let before: ReadonlySet<string>;

beforeAll(async () => {
  key = await makeKey();
  await release(key, '--channel', 'pilot', '--allow-trial');
  root = await startRootWith(copyOfRepository());
  await root.apt('update');
  before = await inventory(root);
  await root.apt('install', 'vis-a-vis-terminal');
  await root.sh(`useradd --create-home ${USER}`);
  displays = await startDisplays();
  hub = await startHub();
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root.folder, file)), { recursive: true });
    writeFileSync(path.join(root.folder, file), text, { mode: 0o644 });
  };
  write(
    CONFIGURATION,
    JSON.stringify({
      hub: hub.origin,
      enrolmentCode: hub.demo.enrolmentCode,
      commune: { name: 'Saint-Martin-des-Prés', colour: COLOUR.hex, logo: null },
      printer: { driver: 'simulated' },
      scanner: { driver: 'simulated' },
      selfTest: { time: null },
    }),
  );
});
afterAll(async () => {
  await browser?.close();
  await hub?.close();
  await displays?.close();
  await root?.close();
  await key?.close();
});

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RigProcess> {
  return root.start('terminal', asUser(USER)[0], [...asUser(USER).slice(1), PROGRAM, ...args], {
    ...{ PATH: process.env.PATH, HOME: `/home/${USER}`, DISPLAY: displays.display, LANG: 'C.UTF-8' },
    ...env,
  });
}

/** Part of the output's dots that have the commune's colour. */
async function coloured(at: 0 | 1): Promise<number> {
  const file = path.join(makeRunFolder('seen'), `${at}.png`);
  await displays.screenshot(file, displays.outputs[at]);
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let found = 0;
  for (let dot = 0; dot < data.length; dot += info.channels) {
    if (COLOUR.rgb.every((value, channel) => data[dot + channel] === value)) found += 1;
  }
  return (found * info.channels) / data.length;
}

describe('installed with apt, started by an unprivileged user', () => {
  let terminal: RigProcess;
  beforeAll(async () => {
    terminal = await start([`--config=${CONFIGURATION}`]);
  });
  afterAll(() => terminal.close());

  it('paints both screens, and the hub knows it', async () => {
    await until(
      'both screens are painted',
      async () => (await coloured(0)) > 0.05 && (await coloured(1)) > 0.01,
      {
        timeoutMs: 60_000,
        everyMs: 500,
      },
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${terminal.output()}`);
    });
    const clerk = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
    await clerk.goto(hub.origin);
    const account = hub.demo.accounts.find(({ role }) => role === 'clerk');
    await clerk.getByLabel('Adresse électronique').fill(account?.email ?? '');
    await clerk.getByLabel('Mot de passe', { exact: true }).fill(account?.password ?? '');
    await clerk.getByRole('button', { name: 'Se connecter', exact: true }).click();
    // This machine has no camera, and the installed terminal takes no switch that would pretend one.
    await clerk.getByText('La caméra n’est pas trouvée').waitFor();
    await clerk.getByText('Utilisable, avec une réserve').waitFor();
    expect(terminal.output()).not.toContain('main.bug');
  });

  it('has its sandbox on: each page is in a user namespace of its own, without a way to more rights', async () => {
    const pages = await root.sh("pgrep --full -- '--type=[r]enderer'");
    const pids = pages.trim().split('\n').filter(Boolean);
    expect(pids.length).toBeGreaterThanOrEqual(2);
    const [own] = (await root.sh('readlink /proc/1/ns/user')).split('\n');
    for (const pid of pids) {
      expect((await root.sh(`readlink /proc/${pid}/ns/user`)).trim()).not.toBe(own);
      const status = await root.sh(`cat /proc/${pid}/status`);
      expect(status).toMatch(/^NoNewPrivs:\s*1$/m);
      // 2: a filter of system calls (seccomp(2)).
      expect(status).toMatch(/^Seccomp:\s*2$/m);
    }
  });

  it('keeps its key where nobody but its user reads it', async () => {
    const [file = ''] = (await root.sh(`find /home/${USER} -name identity.json`)).trim().split('\n');
    expect(file).not.toBe('');
    expect(statSync(path.join(root.folder, file)).mode & 0o077).toBe(0);
    await expect(root.run('setpriv', [...asUser('nobody').slice(1), 'cat', file])).rejects.toThrow(
      /Permission denied/,
    );
  });

  it('writes nothing personal in its log', () => {
    expect(terminal.output()).not.toContain('Saint-Martin');
  });
});

describe('refuses at once', () => {
  it.each([
    ['remote-debugging-port', (port: number) => [`--remote-debugging-port=${port}`]],
    [
      'remote-debugging-address',
      (port: number) => [`--remote-debugging-port=${port}`, '--remote-debugging-address=127.0.0.1'],
    ],
    ['inspect', (port: number) => [`--inspect=127.0.0.1:${port}`]],
    ['no-sandbox', () => ['--no-sandbox']],
    ['js-flags', () => ['--js-flags=--allow-natives-syntax']],
    ['another app', () => ['/tmp']],
  ])('%s, and opens no port meanwhile', async (_name, given) => {
    const port = await freePort();
    const terminal = await start([`--config=${CONFIGURATION}`, ...given(port)]);
    let opened = false;
    const knock = setInterval(() => {
      const socket = connect(port, '127.0.0.1', () => {
        opened = true;
        socket.destroy();
      });
      socket.on('error', () => socket.destroy());
    }, 5);
    try {
      expect(await terminal.exited).toBe(64);
    } finally {
      clearInterval(knock);
      await terminal.close();
    }
    expect(opened).toBe(false);
    expect(terminal.output()).toContain('main.arguments-refused');
  });
});

it('purged, nothing of it is left', async () => {
  await root.sh(`userdel --remove ${USER}; rm -rf /etc/vis-a-vis`);
  await root.apt('purge', '--auto-remove', "'vis-a-vis-*'");
  expect(added(before, await inventory(root))).toEqual([]);
  expect(existsSync(path.join(root.folder, PROGRAM))).toBe(false);
  expect(readFileSync(path.join(root.folder, 'etc/passwd'), 'utf8')).not.toContain('vis-a-vis');
});

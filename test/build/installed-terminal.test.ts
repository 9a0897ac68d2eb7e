import { existsSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../rig/free-port.ts';
import type { RigProcess } from '../rig/processes.ts';
import { asUser } from './installed-root.ts';
import { type InstalledTown, PROGRAM, startInstalledTown, USER } from './installed-town.ts';
import { added, inventory } from './inventory.ts';

let town: InstalledTown;
let browser: Browser;
beforeAll(async () => {
  town = await startInstalledTown();
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
});
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

describe('installed with apt, started by an unprivileged user', () => {
  let terminal: RigProcess;
  beforeAll(async () => {
    terminal = await town.start();
  });
  afterAll(() => terminal.close());

  it('paints both screens, and the hub knows it', async () => {
    await town.untilPainted(terminal);
    const clerk = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
    await clerk.goto(town.hub.origin);
    const account = town.hub.demo.accounts.find(({ role }) => role === 'clerk');
    await clerk.getByLabel('Adresse électronique').fill(account?.email ?? '');
    await clerk.getByLabel('Mot de passe', { exact: true }).fill(account?.password ?? '');
    await clerk.getByRole('button', { name: 'Se connecter', exact: true }).click();
    // This machine has no camera, and the installed terminal takes no switch that would pretend one.
    await clerk.getByText('La caméra n’est pas trouvée').waitFor();
    await clerk.getByText('Utilisable, avec une réserve').waitFor();
    expect(terminal.output()).not.toContain('main.bug');
  });

  it('has its sandbox on: each page is in a user namespace of its own, without a way to more rights', async () => {
    const pages = await town.root.sh("pgrep --full -- '--type=[r]enderer'");
    const pids = pages.trim().split('\n').filter(Boolean);
    expect(pids.length).toBeGreaterThanOrEqual(2);
    const [own] = (await town.root.sh('readlink /proc/1/ns/user')).split('\n');
    for (const pid of pids) {
      expect((await town.root.sh(`readlink /proc/${pid}/ns/user`)).trim()).not.toBe(own);
      const status = await town.root.sh(`cat /proc/${pid}/status`);
      expect(status).toMatch(/^NoNewPrivs:\s*1$/m);
      // 2: a filter of system calls (seccomp(2)).
      expect(status).toMatch(/^Seccomp:\s*2$/m);
    }
  });

  it('keeps its key where nobody but its user reads it', async () => {
    const [file = ''] = (await town.root.sh(`find /home/${USER} -name identity.json`)).trim().split('\n');
    expect(file).not.toBe('');
    expect(statSync(path.join(town.root.folder, file)).mode & 0o077).toBe(0);
    await expect(town.root.run('setpriv', [...asUser('nobody').slice(1), 'cat', file])).rejects.toThrow(
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
    const terminal = await town.start(...given(port));
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
  await town.root.sh(`userdel --remove ${USER}; rm -rf /etc/vis-a-vis`);
  await town.root.apt('purge', '--auto-remove', "'vis-a-vis-*'");
  expect(added(town.before, await inventory(town.root))).toEqual([]);
  expect(existsSync(path.join(town.root.folder, PROGRAM))).toBe(false);
  expect(readFileSync(path.join(town.root.folder, 'etc/passwd'), 'utf8')).not.toContain('vis-a-vis');
});

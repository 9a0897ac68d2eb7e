import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../rig/free-port.ts';
import type { RigProcess } from '../rig/processes.ts';
import { until } from '../rig/until.ts';
import { asUser, type InstalledRoot, startRootWith } from './installed-root.ts';
import { added, inventory } from './inventory.ts';
import { copyOfRepository, makeKey, startRepository, type ThrowawayKey } from './signed-repository.ts';

const USER = 'vis-a-vis-hub';
const STATE = '/var/lib/vis-a-vis-hub';

let key: ThrowawayKey;
let root: InstalledRoot;
let before: ReadonlySet<string>;
let hub: RigProcess | undefined;
beforeAll(async () => {
  key = await makeKey();
  await startRepository(key);
  root = await startRootWith(copyOfRepository());
  await root.apt('update');
  before = await inventory(root);
  await root.apt('install', 'vis-a-vis-hub');
});
afterAll(async () => {
  await hub?.close();
  await root?.close();
  await key?.close();
});

const unit = () =>
  readFileSync(path.join(root.folder, 'usr/lib/systemd/system/vis-a-vis-hub.service'), 'utf8');
const setting = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit())?.[1] ?? '';

it('as its unit starts it, it answers, and gives the console’s page', async () => {
  // What systemd does with StateDirectory, which is not running here.
  await root.sh(`install -d -m ${setting('StateDirectoryMode')} -o ${USER} -g ${USER} ${STATE}`);
  const [port, roomPort] = [await freePort(), await freePort()];
  const [setpriv, ...rest] = asUser(setting('User'));
  const [name = '', value = ''] = setting('Environment').split('=');
  const masked = ['sh', '-c', `umask ${setting('UMask')}; exec "$@"`, 'sh'];
  hub = await root.start('hub', setpriv, [...rest, ...masked, ...setting('ExecStart').split(' ')], {
    ...{ PATH: process.env.PATH, [name]: value },
    ...{ HUB_PORT: String(port), ROOM_PORT: String(roomPort) },
  });
  await until(
    'the hub is ready',
    () => {
      if (!hub?.isRunning()) throw new Error(hub?.output());
      return hub.output().includes('"ready":true');
    },
    { timeoutMs: 60_000 },
  );
  expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200);
  const page = await (await fetch(`http://localhost:${port}/`)).text();
  expect(page).toContain('<div id=');
  const script = /src="([^"]+\.js)"/.exec(page)?.[1] ?? '';
  expect((await fetch(`http://localhost:${port}${script}`)).status).toBe(200);
  expect((await fetch(`http://localhost:${roomPort}/external_api.js`)).status).toBe(200);
});

it('nobody but its user reads its settings and what it keeps', async () => {
  expect(statSync(path.join(root.folder, 'etc/vis-a-vis-hub/hub.conf')).mode & 0o777).toBe(0o640);
  const [setpriv, ...rest] = asUser('nobody');
  for (const look of [
    ['cat', '/etc/vis-a-vis-hub/hub.conf'],
    ['ls', STATE],
  ]) {
    await expect(root.run(setpriv, [...rest, ...look])).rejects.toThrow('Permission denied');
  }
});

it('is backed up, restored into an empty place, and its trail verified, by the commands that come with it', async () => {
  await hub?.close();
  // It gives its seats up first.
  const running = () => root.sh(`pgrep --euid ${USER} --full dist/hub/server.js || :`);
  await until('the hub ended', async () => (await running()) === '');
  await root.sh('printf "une phrase assez longue pour un essai" > /root/key; chmod 0600 /root/key');
  const run = (line: string) => root.sh(`HUB_BACKUP_KEY_FILE=/root/key vis-a-vis-hub ${line} 2>&1`);
  const file = '/var/backups/vis-a-vis-hub/essai';
  expect(await run(`backup ${file}`)).toContain(`Sauvegarde faite : ${file}`);
  expect((await root.sh(`stat --format='%a %U' ${file}`)).trim()).toBe('600 vis-a-vis-hub');
  expect(await root.sh('ls /dev/shm')).not.toContain('vis-a-vis-hub');
  await root.sh(`rm -rf ${STATE}; install -d -m 0700 -o ${USER} -g ${USER} ${STATE}`);
  await run(`restore ${file}`);
  await run('verify-audit');
  expect((await root.sh(`find ${STATE} ! -user ${USER}`)).trim()).toBe('');
  await expect(root.sh('vis-a-vis-hub tout-effacer')).rejects.toThrow();
  await root.sh('rm /root/key');
});

it('purged, nothing of it is left', async () => {
  await hub?.close();
  await root.apt('purge', '--auto-remove', "'vis-a-vis-*'");
  expect(added(before, await inventory(root))).toEqual([]);
  expect(readFileSync(path.join(root.folder, 'etc/passwd'), 'utf8')).not.toContain(USER);
});

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startThrowawayRoot, type ThrowawayRoot } from '#rig/throwaway-root.ts';

let root: ThrowawayRoot;
beforeAll(async () => {
  root = await startThrowawayRoot();
});
afterAll(() => root.close());

it('is changed without the machine being changed', async () => {
  await root.run('sh', ['-c', 'echo changed > /etc/vis-a-vis-throwaway']);
  expect(readFileSync(path.join(root.folder, 'etc/vis-a-vis-throwaway'), 'utf8')).toBe('changed\n');
  expect(existsSync('/etc/vis-a-vis-throwaway')).toBe(false);
});

it('lets an unprivileged user make a user namespace, as Chromium’s sandbox does', async () => {
  const nobody = ['--reuid=nobody', '--regid=nogroup', '--clear-groups', '--'];
  expect(await root.run('setpriv', [...nobody, 'unshare', '--user', '--map-root-user', 'id', '-u'])).toBe(
    '0\n',
  );
});

it('sees no process of the machine', async () => {
  expect((await root.run('sh', ['-c', 'echo /proc/[0-9]*'])).split(' ').length).toBeLessThan(6);
});

import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeRunFolder } from '#rig/run-folder.ts';
import { until } from '#rig/until.ts';
import { lockFolder } from './folder-lock.ts';

// A shell that becomes a program which never asks after the child it was left with.
const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], {
  stdio: ['ignore', 'pipe', 'ignore'],
});
afterAll(() => {
  parent.kill();
});

/** As the process of that number would have written it. */
function heldBy(pid: number): string {
  const folder = makeRunFolder('locked');
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  writeFileSync(path.join(folder, 'hub.lock'), `${pid} ${boot} ${start}`);
  return folder;
}

it('a process that runs holds its folder', () => {
  expect(() => lockFolder(heldBy(parent.pid ?? 0))).toThrow(/is used by another hub/);
});

it('one that ended holds nothing, even while nobody took note of its end', async () => {
  const child = Number(
    await new Promise((resolve) => parent.stdout.once('data', (said) => resolve(String(said)))),
  );
  await until('it ended', () => / Z /.test(readFileSync(`/proc/${child}/stat`, 'utf8')));
  const unlock = lockFolder(heldBy(child));
  unlock();
});

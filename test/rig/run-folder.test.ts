import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startProcess } from './processes.ts';
import { endLeftovers, makeRunFolder } from './run-folder.ts';
import { until } from './until.ts';

test('what a crashed run left is ended and removed, and nothing of a run that goes on', async () => {
  const mine = await startProcess({ name: 'mine', program: 'sleep', args: ['600'] });
  const script = path.join(makeRunFolder('crash'), 'run.ts');
  writeFileSync(
    script,
    `import { startProcess } from '${import.meta.dirname}/processes.ts';
     import { makeRunFolder } from '${import.meta.dirname}/run-folder.ts';
     const shell = await startProcess({ name: 'left', program: 'sh', args: ['-c', 'sleep 600 & sleep 600'] });
     console.log(JSON.stringify({ pid: shell.pid, folder: makeRunFolder('left') }));
     process.kill(process.pid, 'SIGKILL');`,
  );
  const run = spawn(path.resolve('node_modules/.bin/node'), [script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  run.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  expect(await once(run, 'close')).toEqual([null, 'SIGKILL']);
  const left: { pid: number; folder: string } = JSON.parse(said);
  expect(existsSync(left.folder)).toBe(true);
  expect(isGroupThere(left.pid)).toBe(true);

  expect(endLeftovers()).toBeGreaterThanOrEqual(1);
  await until('its whole group is gone', () => !isGroupThere(left.pid));
  expect(existsSync(left.folder)).toBe(false);
  expect(mine.isRunning()).toBe(true);
  await mine.close();
  expect(isGroupThere(mine.pid)).toBe(false);
});

test('a program that is not installed is named', async () => {
  await expect(startProcess({ name: 'thing', program: 'no-such-program', args: [] })).rejects.toThrow(
    'thing: the program no-such-program is not installed.',
  );
});

function isGroupThere(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

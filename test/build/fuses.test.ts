/** Each fuse by what it does, beside the same Electron without fuses: where that one is let, a refusal means something. */
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureElectronRuntime } from '../../scripts/setup/electron-runtime.ts';
import { type Displays, startDisplays } from '../rig/displays.ts';
import { freePort } from '../rig/free-port.ts';
import type { RigProcess } from '../rig/processes.ts';
import { runCommand } from '../rig/run-command.ts';
import { startThrowawayRoot, type ThrowawayRoot } from '../rig/throwaway-root.ts';
import { until } from '../rig/until.ts';
import { debOf } from './debs.ts';
import { asUser } from './installed-root.ts';
import { COOKIE, probeArchive, probeFiles } from './probe-app.ts';

let root: ThrowawayRoot;
let displays: Displays;
beforeAll(async () => {
  root = await startThrowawayRoot();
  displays = await startDisplays();
  await root.run('useradd', ['--create-home', 'probe']);
  const inside = (file: string) => path.join(root.folder, file);
  await runCommand('dpkg-deb', ['--extract', debOf('vis-a-vis-runtime'), inside('opt/fused')]);
  const plain = inside('opt/plain');
  cpSync((await ensureElectronRuntime()).folder, plain, { recursive: true });
  for (const folder of ['opt/fused', 'opt/plain']) chmodSync(inside(folder), 0o755);
  writeFileSync(inside('opt/page.html'), '<!doctype html><title>probe</title>');
  writeFileSync(inside('opt/required.cjs'), "console.log('required by NODE_OPTIONS');");
});
afterAll(async () => {
  await displays?.close();
  await root?.close();
});

const RUNTIMES = {
  fused: { folder: '/opt/fused/usr/lib/vis-a-vis', program: 'vis-a-vis' },
  plain: { folder: '/opt/plain', program: 'electron' },
} as const;
type Runtime = keyof typeof RUNTIMES;

/** Puts an app in the runtime's resources: as an archive, or as a folder. */
function put(runtime: Runtime, as: 'archive' | 'folder'): void {
  const resources = path.join(root.folder, RUNTIMES[runtime].folder, 'resources');
  rmSync(resources, { recursive: true, force: true });
  mkdirSync(resources, { recursive: true });
  if (as === 'archive') {
    writeFileSync(path.join(resources, 'app.asar'), probeArchive('archive'));
    return;
  }
  mkdirSync(path.join(resources, 'app'));
  for (const [name, text] of Object.entries(probeFiles('folder')))
    writeFileSync(path.join(resources, 'app', name), text);
}

function start(
  runtime: Runtime,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<RigProcess> {
  const { folder, program } = RUNTIMES[runtime];
  const [setpriv, ...rest] = asUser('probe');
  return root.start('probe', setpriv, [...rest, path.join(folder, program), ...args], {
    ...{
      PATH: process.env.PATH,
      HOME: '/home/probe',
      DISPLAY: displays.display,
      PROBE_PAGE: '/opt/page.html',
    },
    ...env,
  });
}

/** What it wrote until it had done all, or ended. */
async function outputOf(
  runtime: Runtime,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const probe = await start(runtime, args, env);
  try {
    await until('the probe is done', () => /^(?:done|failed)/m.test(probe.output()) || !probe.isRunning(), {
      timeoutMs: 60_000,
    });
    return probe.output();
  } finally {
    await probe.close();
  }
}

describe.each([
  ['fused', false],
  ['plain', true],
] as const)('the runtime (%s)', (runtime, isLet) => {
  it(`as Node: ${isLet ? 'runs any script' : 'runs its app and nothing else'}`, async () => {
    put(runtime, 'archive');
    const said = await outputOf(runtime, ['-e', "console.log('any script')"], { ELECTRON_RUN_AS_NODE: '1' });
    expect(said.includes('any script')).toBe(isLet);
    expect(said.includes('app: archive')).toBe(!isLet);
  });

  it(`NODE_OPTIONS: ${isLet ? 'heeded' : 'not heeded'}`, async () => {
    put(runtime, 'archive');
    const said = await outputOf(runtime, [], { NODE_OPTIONS: '--require /opt/required.cjs' });
    expect(said).toContain('app: archive');
    expect(said.includes('required by NODE_OPTIONS')).toBe(isLet);
  });

  it(`Node’s inspector: ${isLet ? 'listens' : 'does not listen'}`, async () => {
    put(runtime, 'archive');
    const said = await outputOf(runtime, [`--inspect=127.0.0.1:${await freePort()}`]);
    expect(said).toContain('app: archive');
    expect(said.includes('Debugger listening')).toBe(isLet);
  });

  it(`an app in a folder instead of the archive: ${isLet ? 'runs' : 'does not run'}`, async () => {
    put(runtime, 'folder');
    expect((await outputOf(runtime)).includes('app: folder')).toBe(isLet);
  });

  it(`a page of the disk: ${isLet ? 'reads other files' : 'reads no other file'}`, async () => {
    put(runtime, 'archive');
    expect(await outputOf(runtime)).toContain(isLet ? 'file: read' : 'file: refused');
  });

  it(`cookies on the disk: ${isLet ? 'in clear' : 'not in clear'}`, async () => {
    put(runtime, 'archive');
    await root.run('rm', ['-rf', '/home/probe/.config']);
    expect(await outputOf(runtime)).toContain('done');
    const home = path.join(root.folder, 'home/probe/.config');
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((one) =>
      one.name.startsWith('Cookies'),
    );
    const bytes = Buffer.concat(files.map((one) => readFileSync(path.join(one.parentPath, one.name))));
    expect(bytes.includes('probe.example')).toBe(true);
    expect(bytes.includes(COOKIE)).toBe(isLet);
  });

  it('Chromium’s debugger listens for who asks, fuses or not: the terminal itself refuses the switch', async () => {
    put(runtime, 'archive');
    expect(await outputOf(runtime, [`--remote-debugging-port=${await freePort()}`])).toContain(
      'DevTools listening',
    );
  });
});

import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureElectronRuntime } from '../../scripts/setup/electron-runtime.ts';
import { findProgram } from '../../scripts/setup/system-packages.ts';
import { runCommand } from '../rig/run-command.ts';
import { makeRunFolder } from '../rig/run-folder.ts';
import { debOf, dist, fieldOf, NAMES } from './debs.ts';

/** What `npm run test:build` built before; without it, this is no test. */
const first = process.env.BUILT_FIRST ?? '';

describe.each(NAMES)('%s', (name) => {
  it('is byte for byte the same, built twice from nothing', () => {
    expect(path.basename(debOf(name, first))).toBe(path.basename(debOf(name)));
    expect(readFileSync(debOf(name, first)).equals(readFileSync(debOf(name)))).toBe(true);
  });

  it('is clean to lintian, or the exception is explained', async () => {
    const said = await runCommand('lintian', ['--no-cfg', '--allow-root', '--fail-on', 'none', debOf(name)]);
    expect(said).toBe('');
  });

  it('is root’s, runs nothing as root, and nobody else may change it', async () => {
    const lines = (await runCommand('dpkg-deb', ['--contents', debOf(name)])).trim().split('\n');
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) expect(line).toMatch(/^(?:[-d]rw[-x]r-[-x]r-[-x]|lrwxrwxrwx) root\/root /);
  });

  it('holds no source, no map and no word of where it was built', async () => {
    const folder = makeRunFolder('unpacked');
    await runCommand('dpkg-deb', ['--extract', debOf(name), folder]);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(files.filter((one) => /\.(?:map|tsx?)$/.test(one.name)).map((one) => one.name)).toEqual([]);
    const place = Buffer.from(path.dirname(dist));
    const telling = files
      .map((one) => path.join(one.parentPath, one.name))
      .filter((file) => readFileSync(file).includes(place));
    expect(telling).toEqual([]);
  });

  it('says of itself whether it is for trials only', async () => {
    const { official } = await ensureElectronRuntime();
    const isTrial = !official && name !== 'vis-a-vis-node';
    expect((await fieldOf(name, 'Version')).endsWith('~trial')).toBe(isTrial);
    if (name !== 'vis-a-vis-hub') {
      expect((await fieldOf(name, 'Description')).includes('FOR TRIALS ONLY')).toBe(isTrial);
    }
  });
});

it('whatever a program of the runtime loads is in its package or comes with what it depends on', async () => {
  const folder = makeRunFolder('unpacked');
  await runCommand('dpkg-deb', ['--extract', debOf('vis-a-vis-runtime'), folder]);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath, one.name));
  const own = new Set(files.map((file) => path.basename(file)));
  const needed = new Set<string>();
  for (const file of files) {
    if (readFileSync(file).subarray(0, 4).toString('latin1') !== '\x7fELF') continue;
    const headers = await runCommand('objdump', ['-p', file]);
    for (const [, library = ''] of headers.matchAll(/NEEDED\s+(\S+)/g)) needed.add(library);
  }
  expect(needed.size).toBeGreaterThan(20);
  const known = await runCommand('ldconfig', ['-p']);
  const declared = (await fieldOf('vis-a-vis-runtime', 'Depends'))
    .split(/[,|]/)
    .map((one) => one.trim().split(' ')[0]);
  for (const library of needed) {
    if (own.has(library)) continue;
    const [, file] =
      known.match(new RegExp(`\\t${library.replaceAll(/[.+]/g, '\\$&')} .*x86-64.* => (\\S+)`)) ?? [];
    // Debian 12 has moved /lib below /usr, and writes down most files where they were.
    const place = realpathSync(file ?? `/lib64/${library}`).replace(/^\/usr/, '');
    const packages = await runCommand('dpkg', ['--search', `*${place}`]);
    expect(declared, library).toContain(packages.split(':')[0]);
  }
});

it('an update without a new runtime is a hundredth of one with it', () => {
  const size = (name: (typeof NAMES)[number]) => statSync(debOf(name)).size;
  expect(size('vis-a-vis-terminal') * 100).toBeLessThan(size('vis-a-vis-runtime') + size('vis-a-vis-node'));
});

it.each([
  ['vis-a-vis-hub', 'vis-a-vis-hub.service', 20],
  // It has screens, a camera and a scanner to use, and a sandbox of its own to build.
  ['vis-a-vis-kiosk', 'vis-a-vis-terminal.service', 35],
] as const)('%s: its unit is shut in', async (name, unit, most) => {
  const folder = makeRunFolder('unpacked');
  await runCommand('dpkg-deb', ['--extract', debOf(name), folder]);
  const file = path.join(folder, 'usr/lib/systemd/system', unit);
  const analyze = findProgram('systemd-analyze') ?? 'systemd-analyze';
  // Out of 100, of ten: systemd-analyze's own "OK" ends at 5.0.
  await runCommand(analyze, ['security', '--offline=true', `--threshold=${most}`, file]);
});

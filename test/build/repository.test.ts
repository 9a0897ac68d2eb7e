import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sign } from '../../scripts/package/apt-repository.ts';
import { runCommand } from '../rig/run-command.ts';
import { makeRunFolder } from '../rig/run-folder.ts';
import { debOf, dist, fieldOf, NAMES } from './debs.ts';
import { type InstalledRoot, isSignatureGood, startRootWith } from './installed-root.ts';
import {
  copyOfRepository,
  makeKey,
  release,
  startRepository,
  type ThrowawayKey,
} from './signed-repository.ts';

const DAY = 86_400_000;
const INDEX = 'dists/pilot/main/binary-amd64/Packages';

let key: ThrowawayKey;
beforeAll(async () => {
  key = await makeKey();
  await startRepository(key);
});
afterAll(() => key.close());

/** One bit of the byte in the middle, or behind the text. */
function spoil(file: string, behind?: string): void {
  const bytes = readFileSync(file);
  const at = behind ? bytes.indexOf(behind) + behind.length : Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(file, bytes);
}

describe('a terminal that trusts the key', () => {
  let repository: string;
  let root: InstalledRoot;
  beforeAll(async () => {
    repository = copyOfRepository();
    root = await startRootWith(repository);
  });
  afterAll(() => root.close());

  /** Puts the file back as it was, whatever comes of it. */
  async function withSpoilt(
    file: string,
    behind: string | undefined,
    work: () => Promise<void>,
  ): Promise<void> {
    const whole = path.join(repository, file);
    const before = readFileSync(whole);
    spoil(whole, behind);
    try {
      await work();
    } finally {
      writeFileSync(whole, before);
    }
  }

  it('finds the packages, and takes them', async () => {
    await root.apt('update');
    const version = await fieldOf('vis-a-vis-terminal', 'Version');
    expect(await root.sh('apt-cache policy vis-a-vis-terminal')).toContain(`Candidate: ${version}`);
    await root.apt('install', '--download-only', 'vis-a-vis-node');
  });

  it('refuses a package of which one bit was changed', async () => {
    await root.apt('update');
    await withSpoilt(path.join('pool', path.basename(debOf('vis-a-vis-hub'))), undefined, async () => {
      await expect(root.apt('install', 'vis-a-vis-hub')).rejects.toThrow(/Hash Sum mismatch/);
    });
    expect(await root.sh('dpkg --list vis-a-vis-hub 2>&1 || true')).not.toMatch(/^ii/m);
  });

  it('refuses an index of which one bit was changed', async () => {
    // Without the compressed one, which it would rather take, there is only this.
    await root.sh('rm -rf /var/lib/apt/lists/*');
    await withSpoilt(`${INDEX}.gz`, undefined, () =>
      withSpoilt(INDEX, 'Version: ', async () => {
        await expect(root.apt('update')).rejects.toThrow(/Hash Sum mismatch|does not match|different/);
      }),
    );
  });

  it('refuses a signed list of which one bit was changed', async () => {
    await root.sh('rm -rf /var/lib/apt/lists/*');
    await withSpoilt('dists/pilot/InRelease', 'Codename: ', async () => {
      await expect(root.apt('update')).rejects.toThrow(/BADSIG|invalid/);
    });
    await root.apt('update');
  });

  it('refuses a list whose time is over', async () => {
    await root.sh('rm -rf /var/lib/apt/lists/*');
    process.env.GNUPGHOME = key.env.GNUPGHOME;
    sign(repository, 'pilot', { key: key.fingerprint, at: Date.now() - 31 * DAY, validDays: 30 });
    await expect(root.apt('update')).rejects.toThrow(/expired/);
    sign(repository, 'pilot', { key: key.fingerprint, at: Date.now(), validDays: 30 });
    await root.apt('update');
  });

  it('refuses what another key has signed', async () => {
    await root.sh('rm -rf /var/lib/apt/lists/*');
    const other = await makeKey();
    try {
      process.env.GNUPGHOME = other.env.GNUPGHOME;
      sign(repository, 'pilot', { key: other.fingerprint, at: Date.now(), validDays: 30 });
      await expect(root.apt('update')).rejects.toThrow(/NO_PUBKEY|not signed/);
    } finally {
      await other.close();
    }
  });
});

it('each package can be checked alone, as it comes on a stick', async () => {
  const repository = copyOfRepository();
  const debs = globSync('pool/*.deb', { cwd: repository }).map((file) => path.join(repository, file));
  expect(debs).toHaveLength(NAMES.length + 1);
  for (const deb of debs) expect(await isSignatureGood(repository, deb)).toBe(true);
  const [one = ''] = debs;
  spoil(one);
  expect(await isSignatureGood(repository, one)).toBe(false);
});

it('never signs what is for trials only as stable, nor anything without a key', async () => {
  const isTrial = debOf('vis-a-vis-terminal').includes('~trial');
  const stable = release(key, '--channel', 'stable', '--allow-trial');
  if (isTrial) await expect(stable).rejects.toThrow(/for trials only/);
  else expect(await stable).toContain('stable: 6 packages');
  const { VISAVIS_SIGNING_KEY: _, ...keyless } = key.env;
  await expect(release({ ...key, env: keyless }, '--channel', 'pilot')).rejects.toThrow(
    /VISAVIS_SIGNING_KEY/,
  );
});

it('does not let other bytes take the place of a package of the same version', async () => {
  const repository = copyOfRepository();
  const deb = debOf('vis-a-vis-hub');
  const changed = path.join(makeRunFolder('changed'), path.basename(deb));
  writeFileSync(changed, readFileSync(deb));
  spoil(changed);
  const { addToPool } = await import('../../scripts/package/apt-repository.ts');
  expect(() => addToPool(repository, [changed])).toThrow(/other bytes/);
});

it('says what is inside: every package of npm that runs, Electron and Node, signed', async () => {
  const file = path.join(dist, 'apt/sbom.cdx.json');
  const component = z.looseObject({ name: z.string(), version: z.string() });
  const { bomFormat, components } = z
    .looseObject({ bomFormat: z.literal('CycloneDX'), components: z.array(component) })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  expect(bomFormat).toBe('CycloneDX');
  const names = components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['electron', 'node', 'sharp', 'fastify', 'react']));
  expect(names).not.toContain('vitest');
  expect(await isSignatureGood(path.join(dist, 'apt'), file)).toBe(true);
});

it('the licences of what is inside are inside', async () => {
  const folder = makeRunFolder('unpacked');
  for (const name of ['vis-a-vis-terminal', 'vis-a-vis-runtime', 'vis-a-vis-hub'] as const) {
    await runCommand('dpkg-deb', ['--extract', debOf(name), folder]);
    const texts = await runCommand('zcat', [path.join(folder, 'usr/share/doc', name, 'third-party.txt.gz')]);
    expect(texts.length).toBeGreaterThan(1_000);
    expect(texts).toMatch(/^## .+ \d+\.\d+\.\d+.* \(.+\)$/m);
  }
});

/** A repository signed with a key that is made for it and forgotten, in a folder of this run. */
import { chmodSync, cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../rig/run-command.ts';
import { makeRunFolder } from '../rig/run-folder.ts';
import { dist, root } from './debs.ts';

export interface ThrowawayKey {
  readonly fingerprint: string;
  /** For gpg, and for `npm run release`. */
  readonly env: NodeJS.ProcessEnv;
  readonly close: () => Promise<void>;
}

export async function makeKey(): Promise<ThrowawayKey> {
  const folder = makeRunFolder('keys');
  const env = { ...process.env, GNUPGHOME: folder };
  const gpg = (...args: string[]) => runCommand('gpg', ['--batch', ...args], { env });
  const made = ['--passphrase', ''] as const;
  // As docs/release.md says: a key that certifies, kept apart, and one below it that signs.
  await gpg(...made, '--quick-generate-key', 'Essai <essai@vis-a-vis.example>', 'ed25519', 'cert', '10y');
  const listed = await gpg('--with-colons', '--list-keys');
  const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(listed)?.[1];
  if (!fingerprint) throw new Error('gpg made no key.');
  await gpg(...made, '--quick-add-key', fingerprint, 'ed25519', 'sign', '2y');
  return {
    fingerprint,
    env: { ...env, VISAVIS_SIGNING_KEY: fingerprint },
    close: async () => {
      await runCommand('gpgconf', ['--kill', 'all'], { env });
    },
  };
}

/** Fingerprints of the keys that sign, the newest last. */
export async function signingKeys({ env }: ThrowawayKey): Promise<string[]> {
  const listed = await runCommand('gpg', ['--batch', '--with-colons', '--list-keys'], { env });
  return [...listed.matchAll(/^sub:.*\n(?:.*\n)*?fpr:+([0-9A-F]{40}):/gm)].map(([, found = '']) => found);
}

/** As docs/release.md says of a renewal. */
export async function addSigningKey({ env, fingerprint }: ThrowawayKey): Promise<void> {
  const made = ['--batch', '--passphrase', '', '--quick-add-key', fingerprint, 'ed25519', 'sign', '2y'];
  await runCommand('gpg', made, { env });
}

/** What `npm run release` says. */
export function release(key: ThrowawayKey, ...args: string[]): Promise<string> {
  const node = path.join(root, 'node_modules/.bin/node');
  return runCommand(node, [path.join(root, 'scripts/release.ts'), ...args], { env: key.env });
}

/** dist/apt made anew: what another key has signed is gone from it. */
export async function startRepository(key: ThrowawayKey): Promise<void> {
  rmSync(path.join(dist, 'apt'), { recursive: true, force: true });
  await release(key, '--channel', 'pilot', '--allow-trial');
}

/** A copy of dist/apt that apt, which reads as a user of its own, can reach. */
export function copyOfRepository(): string {
  const folder = makeRunFolder('apt');
  cpSync(path.join(dist, 'apt'), folder, { recursive: true });
  chmodSync(folder, 0o755);
  return folder;
}

/**
 * The public key that terminals and hubs trust, as a package of the repository that it signs: a new key comes to every
 * machine before it signs anything, and an old one goes (debian.org, SecureApt; wiki.debian.org/DebianRepository/UseThirdParty).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from '../setup/run-program.ts';
import { buildDeb } from './deb.ts';
import { layDocuments, layOut } from './laid-out.ts';
import type { PackageBuild } from './package-build.ts';

export const KEYRING_PACKAGE = 'vis-a-vis-archive-keyring';
/** Where it lies on every machine. */
export const KEYRING_FILE = 'usr/share/keyrings/vis-a-vis-archive-keyring.gpg';

/** @param key file of the public key, as apt reads it. @returns the .deb's path: the same for the same key. */
export function buildKeyringPackage(build: PackageBuild, key: string): string {
  const out = layOut(KEYRING_PACKAGE, build);
  out.write(KEYRING_FILE, readFileSync(key));
  const at = lastChange(key);
  const version = `${at.toISOString().slice(0, 10).replaceAll('-', '.')}+${at.toISOString().slice(11, 19).replaceAll(':', '')}`;
  const own = { ...build, epoch: Math.floor(at.getTime() / 1000) };
  layDocuments(out, own, { name: KEYRING_PACKAGE, version, inside: [] });
  return buildDeb(
    {
      ...{ name: KEYRING_PACKAGE, version, architecture: 'all', section: 'misc', root: out.folder, level: 6 },
      synopsis: 'key that packages of Vis-à-vis are signed with',
      description: [
        'The public half: what terminals and hubs check new packages with. Each new key comes with this package before anything is signed with it.',
      ],
      depends: [],
    },
    own,
  );
}

/** When the key was last signed, renewed or given another subkey. */
function lastChange(key: string): Date {
  const packets = runProgram('gpg', ['--batch', '--list-packets', key], path.dirname(key));
  const times = [...packets.matchAll(/\bcreated (\d{9,})/g)].map(([, seconds]) => Number(seconds));
  if (times.length === 0) throw new Error('This key has no date.');
  return new Date(Math.max(...times) * 1000);
}

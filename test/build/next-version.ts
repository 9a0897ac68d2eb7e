/** The packages of the terminal again, as a later version: the same program under another number, or one that is broken. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addToPool, publish } from '../../scripts/package/apt-repository.ts';
import { runCommand } from '../rig/run-command.ts';
import { makeRunFolder } from '../rig/run-folder.ts';
import { type DebName, debOf, fieldOf } from './debs.ts';
import type { ThrowawayKey } from './signed-repository.ts';

/** Each of them in the same version (scripts/package/kiosk-package.ts). */
const TOGETHER = ['vis-a-vis-terminal', 'vis-a-vis-kiosk'] as const satisfies readonly DebName[];
const RESOURCES = 'usr/lib/vis-a-vis/resources';

export interface NextVersion {
  readonly repository: string;
  readonly key: ThrowawayKey;
  /** "0.1.1": what marks it as a trial stays. */
  readonly upstream: string;
  /** One of the key's own, where it is not the newest. */
  readonly signedBy?: string;
  /** Changes what is in the terminal's package. */
  readonly spoil?: (folder: string) => void;
}

/** Offers it in the pilot channel. @returns its version. */
export async function offerNextVersion({
  repository,
  key,
  upstream,
  signedBy = key.fingerprint,
  spoil,
}: NextVersion): Promise<string> {
  const now = await fieldOf('vis-a-vis-terminal', 'Version');
  const next = now.replace(/^[0-9.]+/, upstream);
  const debs: string[] = [];
  for (const name of TOGETHER) {
    const folder = path.join(makeRunFolder('next'), name);
    await runCommand('dpkg-deb', ['--raw-extract', debOf(name), folder]);
    edit(path.join(folder, 'DEBIAN/control'), (text) => text.replaceAll(now, next));
    if (name === 'vis-a-vis-terminal') {
      const described = path.join(folder, RESOURCES, 'app.asar.unpacked/package.json');
      edit(described, (text) => text.replace(/("version": ")[0-9.]+/, `$1${upstream}`));
      spoil?.(folder);
    }
    const deb = path.join(
      makeRunFolder('next-debs'),
      `${name}_${next}_${await fieldOf(name, 'Architecture')}.deb`,
    );
    await runCommand('dpkg-deb', ['--root-owner-group', '-Znone', '--build', folder, deb]);
    debs.push(deb);
  }
  process.env.GNUPGHOME = key.env.GNUPGHOME;
  const files = addToPool(repository, debs);
  publish(repository, 'pilot', files, { key: signedBy, at: Date.now(), validDays: 30 });
  return next;
}

/** For `spoil`: a program that ends as soon as it begins. */
export function breakProgram(folder: string): void {
  writeFileSync(path.join(folder, RESOURCES, 'app.asar'), 'nothing that could be read');
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

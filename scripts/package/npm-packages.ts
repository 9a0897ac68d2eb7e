/** Which npm packages something needs at run time, with all that they need themselves, as they are installed here. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { root } from '../check/step.ts';

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence: string;
  /** From the repository's root: node_modules/… */
  readonly folder: string;
}

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});

/** By name. @throws Error where one that is needed is not installed. */
export function packagesNeededBy(names: readonly string[]): InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  const add = (name: string, from: string, needed: boolean): void => {
    const folder = find(name, from);
    if (folder === null) {
      if (needed) throw new Error(`${name} is not installed: npm ci.`);
      return;
    }
    if (found.has(folder)) return;
    const read = manifest.parse(JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')));
    found.set(folder, { name: read.name, version: read.version, licence: read.license ?? '', folder });
    for (const one of Object.keys(read.dependencies)) add(one, folder, !(one in read.optionalDependencies));
    // What may be there, is there where this machine needs it; types are nothing that runs.
    for (const one of Object.keys({ ...read.optionalDependencies, ...read.peerDependencies })) {
      if (!one.startsWith('@types/')) add(one, folder, false);
    }
  };
  for (const name of names) add(name, '', true);
  return [...found.values()]
    .filter(({ name }) => !name.startsWith('@types/'))
    .sort((one, other) => (one.folder < other.folder ? -1 : 1));
}

/** As Node looks for it: here, then in each folder above (nodejs.org, "Loading from node_modules folders"). */
function find(name: string, from: string): string | null {
  const folder = path.join(from, 'node_modules', name);
  if (existsSync(path.join(root, folder, 'package.json'))) return folder;
  return from === '' ? null : find(name, path.dirname(from) === '.' ? '' : path.dirname(from));
}

/** The texts of their licences, one package after the other, as each has it in its folder. */
export function licenceTexts(packages: readonly InstalledPackage[]): string {
  return packages
    .map(({ name, version, licence, folder }) => {
      const texts = globSync('{LICEN,licen,COPYING,NOTICE}*', { cwd: path.join(root, folder) })
        .sort()
        .map((file) => readFileSync(path.join(root, folder, file), 'utf8').trim());
      return [`## ${name} ${version} (${licence})`, ...texts, ''].join('\n\n');
    })
    .join('\n');
}

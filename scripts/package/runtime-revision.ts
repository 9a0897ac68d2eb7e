/**
 * The runtime's packages change rarely and are large: they have versions of their own. packaging/runtime.json says what
 * they are made of; a test finds where that is no longer so, and this script, run, writes it anew with the next revision.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { root } from '../check/step.ts';
import { packagesBeside } from './terminal-parts.ts';

const FILE = path.join(root, 'packaging/runtime.json');
/** What they are made with: a change of these is a change of them. */
const RECIPE = [
  'electron-builder.yml',
  'packaging/runtime.lintian',
  'packaging/node.lintian',
  'scripts/package/runtime-package.ts',
];

const runtimeFile = z.strictObject({
  /** Part of both versions: raised whenever `of` changes. */
  revision: z.number().int().positive(),
  of: z.array(z.string()),
});

export function runtimeRevision(): z.infer<typeof runtimeFile> {
  return runtimeFile.parse(JSON.parse(readFileSync(FILE, 'utf8')));
}

/** The revision, for Debian's version: "45.4.1+r3". @throws Error where what they are made of has changed since. */
export function checkedRevision(): number {
  const { revision, of } = runtimeRevision();
  const now = madeOf();
  if (JSON.stringify(of) === JSON.stringify(now)) return revision;
  const changed = [
    ...of.filter((one) => !now.includes(one)).map((one) => `- ${one}`),
    ...now.filter((one) => !of.includes(one)).map((one) => `+ ${one}`),
  ];
  throw new Error(
    `The runtime's packages are made of something else now. Raise their revision: node scripts/package/runtime-revision.ts\n${changed.join('\n')}`,
  );
}

export function madeOf(): string[] {
  const programs = (['electron', 'node'] as const).map((name) => `${name} ${installedVersion(name)}`);
  const packages = packagesBeside().map(({ name, version }) => `${name} ${version}`);
  const recipe = createHash('sha256');
  for (const file of RECIPE) recipe.update(readFileSync(path.join(root, file)));
  return [...programs, ...packages, `recipe ${recipe.digest('hex').slice(0, 12)}`];
}

export function installedVersion(name: 'electron' | 'node'): string {
  const file = path.join(root, 'node_modules', name, 'package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

if (import.meta.main) {
  const revision = runtimeRevision().revision + 1;
  writeFileSync(FILE, `${JSON.stringify({ revision, of: madeOf() }, null, 2)}\n`);
  console.log(`packaging/runtime.json: revision ${revision}.`);
}

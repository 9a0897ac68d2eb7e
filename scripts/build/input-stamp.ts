/** Tells whether a target was already built from exactly these sources. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dist, root, type Target } from './targets.ts';

const ALWAYS = ['package.json', 'package-lock.json', 'scripts/build.ts', 'scripts/build'];

export interface InputStamp {
  readonly isCurrent: () => boolean;
  /** Before building: a build that is broken off must not look finished. */
  readonly forget: () => void;
  readonly remember: () => void;
}

export function inputStamp(target: Target): InputStamp {
  const file = path.join(dist, '.inputs', target.name);
  const hash = hashOf([...target.inputs, ...ALWAYS]);
  return {
    isCurrent: () =>
      existsSync(file) &&
      readFileSync(file, 'utf8') === hash &&
      target.outputs.every((output) => existsSync(path.join(dist, output))),
    forget: () => rmSync(file, { force: true }),
    remember: () => {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, hash);
    },
  };
}

function hashOf(inputs: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of [...new Set(inputs.flatMap(filesOf))].sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesOf(input: string): string[] {
  const absolute = path.join(root, input);
  if (!existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [input];
  return globSync('**/*', { cwd: absolute, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

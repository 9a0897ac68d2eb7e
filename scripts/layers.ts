/** The layer rule: which folder of src may import what. Reports every violation; see docs/architecture.md. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Violation {
  /** From the checked root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly rule: string;
}

const LAYERS = ['shared', 'main', 'preload', 'renderer', 'hub', 'console'];
const WITH_ELECTRON = ['main', 'preload'];
const SHARED_PACKAGES = ['zod'];
/** The only places where a raw channel between processes is touched. */
const RAW_CHANNELS: Readonly<Record<string, RegExp>> = {
  ipcMain: /^src\/main\/screen-link\.ts$/,
  ipcRenderer: /^src\/preload\//,
};
const IMPORT = /\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]|\brequire\(\s*['"]([^'"]+)['"]/g;

/** Tests may import from every layer: they are left out. @param root the folder that holds src/. */
export function checkLayers(root: string): Violation[] {
  return globSync('src/**/*.{ts,tsx}', { cwd: root })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !/\.test\.tsx?$|\/testing\//.test(file))
    .sort()
    .flatMap((file) => checkFile(root, file));
}

function checkFile(root: string, file: string): Violation[] {
  const text = withoutComments(readFileSync(path.join(root, file), 'utf8'));
  const layer = file.split('/')[1] ?? '';
  const violations: Violation[] = [];
  const report = (at: number, rule: string) =>
    violations.push({ file, line: text.slice(0, at).split('\n').length, rule });

  if (!LAYERS.includes(layer)) report(0, `src/${layer} is not a layer`);
  for (const match of text.matchAll(IMPORT)) {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    const broken = ruleAgainst(file, layer, specifier);
    if (broken) report(match.index, broken);
  }
  for (const [name, place] of Object.entries(RAW_CHANNELS)) {
    const at = text.search(new RegExp(`\\b${name}\\b`));
    if (at >= 0 && !place.test(file)) report(at, `${name} is used outside of its one place`);
  }
  return violations;
}

function ruleAgainst(file: string, layer: string, specifier: string): string | null {
  if (specifier.startsWith('.')) {
    const target = path.posix.join(path.posix.dirname(file), specifier);
    return target.startsWith(`src/${layer}/`)
      ? null
      : `${layer} imports ${target} by its path: only #shared/ is shared`;
  }
  if (specifier.startsWith('#')) {
    if (layer === 'shared') return `shared imports ${specifier}: inside shared, by relative path`;
    return specifier.startsWith('#shared/') ? null : `${layer} imports ${specifier}: only tests may`;
  }
  if (layer === 'shared' && !SHARED_PACKAGES.includes(specifier.split('/')[0] ?? '')) {
    return `shared imports ${specifier}: nothing but ${SHARED_PACKAGES.join(', ')}`;
  }
  if (/^electron(\/|$)/.test(specifier) && !WITH_ELECTRON.includes(layer)) return `${layer} imports electron`;
  return null;
}

/** Blanks comments out, keeping every line where it is. */
function withoutComments(text: string): string {
  return text.replace(/(?<=^|\s)(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm, (comment) => comment.replace(/[^\n]/g, ' '));
}

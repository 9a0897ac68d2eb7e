/** The layer rule: which folder of src may import what. Reports every violation; see docs/architecture.md. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Violation {
  /** From the checked root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly rule: string;
}

interface Layer {
  /** Folders of src that it may import, as `#folder/…`. */
  readonly layers: readonly string[];
  /** Its runtime has Node's builtins. */
  readonly node?: true;
  readonly packages: readonly string[];
}

/** Everything that may be imported; what is not here is a violation. docs/architecture.md shows the same table. */
const LAYERS: Readonly<Record<string, Layer>> = {
  shared: { layers: [], packages: ['zod'] },
  'room-client': { layers: ['shared'], packages: [] },
  sealing: { layers: ['shared'], packages: ['@hpke/core'] },
  main: {
    layers: ['shared', 'sealing'],
    node: true,
    packages: [
      ...'electron zod ws pino sharp usb node-hid @hyzyla/pdfium @sealsystems/ipp'.split(' '),
      ...['tesseract.js-core', '@tesseract.js-data/fra'],
    ],
  },
  machine: { layers: ['shared'], node: true, packages: ['zod'] },
  preload: { layers: ['shared'], packages: ['electron'] },
  renderer: { layers: ['shared', 'room-client', 'sealing'], packages: ['react', 'react-dom'] },
  hub: {
    layers: ['shared', 'sealing'],
    node: true,
    packages: [
      ...'zod ws jose openid-client pg @electric-sql/pglite @node-rs/argon2 fastify temporal-polyfill ical-generator fflate sax age-encryption nodemailer otpauth @simplewebauthn/server'.split(
        ' ',
      ),
      ...['cookie', 'helmet', 'session', 'static', 'websocket'].map((name) => `@fastify/${name}`),
    ],
  },
  // The built-in room's page runs in a browser.
  'hub/room/page': { layers: ['shared'], packages: ['zod'] },
  console: {
    layers: ['shared', 'room-client', 'sealing'],
    packages:
      'react react-dom react-aria-components @internationalized/date wouter zod qr fflate @simplewebauthn/browser @cantoo/pdf-lib @cantoo/fontkit @expo-google-fonts/noto-sans @fontsource/atkinson-hyperlegible'.split(
        ' ',
      ),
  },
};
/** Tests and what only they use: they may import everything, and nothing else may import them. */
const TESTS =
  /\.test\.tsx?$|\/testing\/|\/[a-z]+-(suite|bench)\.ts$|^src\/renderer\/preview\/(open-screens|read-screen)\.ts$/;
/** The only places where a raw channel between processes is touched. */
const RAW_CHANNELS: Readonly<Record<string, RegExp>> = {
  ipcMain: /^src\/main\/screen-link\.ts$/,
  ipcRenderer: /^src\/preload\//,
};
const IMPORT = /\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]|\brequire\(\s*['"]([^'"]+)['"]/g;

/** What these folders of src may import from npm, and the folders that they import. */
export function packagesOf(folders: readonly string[]): string[] {
  const packages = folders.flatMap((folder) => {
    const layer = LAYERS[folder];
    if (!layer) throw new Error(`src/${folder} is not a layer`);
    return [...layer.packages, ...packagesOf(layer.layers)];
  });
  return [...new Set(packages)].sort();
}

/** @param root the folder that holds src/. */
export function checkLayers(root: string): Violation[] {
  return globSync('src/**/*.{ts,tsx}', { cwd: root })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !TESTS.test(file))
    .sort()
    .flatMap((file) => checkFile(root, file));
}

function checkFile(root: string, file: string): Violation[] {
  const text = withoutComments(readFileSync(path.join(root, file), 'utf8'));
  const folder = file.split('/')[1] ?? '';
  const inner = Object.keys(LAYERS).find((name) => name.includes('/') && file.startsWith(`src/${name}/`));
  const name = inner ?? folder;
  const layer = LAYERS[name];
  const violations: Violation[] = [];
  const report = (at: number, rule: string) =>
    violations.push({ file, line: text.slice(0, at).split('\n').length, rule });

  if (!layer) {
    report(0, `src/${folder} is not a layer`);
    return violations;
  }
  for (const match of text.matchAll(IMPORT)) {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    const broken = specifier.startsWith('.')
      ? pathRule(file, folder, specifier)
      : ruleAgainst(folder, layer, specifier);
    if (broken) report(match.index, `${name} imports ${broken}`);
  }
  for (const [channel, place] of Object.entries(RAW_CHANNELS)) {
    const at = text.search(new RegExp(`\\b${channel}\\b`));
    if (at >= 0 && !place.test(file)) report(at, `${channel} is used outside of its one place`);
  }
  return violations;
}

function pathRule(file: string, folder: string, specifier: string): string | null {
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (!target.startsWith(`src/${folder}/`)) return `${target} by its path: between layers, by #`;
  return TESTS.test(target) ? `${target}: only tests may` : null;
}

function ruleAgainst(folder: string, { layers, node, packages }: Layer, specifier: string): string | null {
  const [first = '', second = ''] = specifier.split('/');
  if (first.startsWith('#')) {
    if (first === `#${folder}`) return `${specifier}: inside ${folder}, by relative path`;
    return layers.includes(first.slice(1)) ? null : `${specifier}: not on its list`;
  }
  if (first.startsWith('node:')) return node ? null : `${specifier}: its runtime has no Node`;
  const name = first.startsWith('@') ? `${first}/${second}` : first;
  return packages.includes(name) ? null : `${specifier}: not on its list`;
}

/** Blanks comments out, keeping every line where it is. */
function withoutComments(text: string): string {
  return text.replace(/(?<=^|\s)(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm, (comment) => comment.replace(/[^\n]/g, ' '));
}

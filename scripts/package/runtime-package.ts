/**
 * The two packages that change rarely and are large: Electron with the native code beside the program, which the
 * terminal runs on, and Node, which terminal and hub run on.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../check/step.ts';
import { buildDeb } from './deb.ts';
import { layDocuments, layOut } from './laid-out.ts';
import { type PackageBuild, withTrial } from './package-build.ts';
import { checkedRevision, installedVersion } from './runtime-revision.ts';
import { packagesBeside } from './terminal-parts.ts';
import { trialNotice } from './trial-notice.ts';

export const TERMINAL_FOLDER = 'usr/lib/vis-a-vis';
export const NODE_FILE = 'usr/lib/vis-a-vis-node/node';

/** Debian 12 names; Debian 13's packages provide them. */
const LIBRARIES = [
  'libc6 (>= 2.36)',
  'libstdc++6',
  'libasound2 | libasound2t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libatk1.0-0 | libatk1.0-0t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libcairo2',
  'libcups2 | libcups2t64',
  'libdbus-1-3',
  'libdrm2',
  'libexpat1',
  'libgbm1',
  'libgcc-s1',
  'libglib2.0-0 | libglib2.0-0t64',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libudev1',
  'libusb-1.0-0',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
];

export interface RuntimeVersions {
  readonly runtime: string;
  readonly node: string;
}

/** @param electron the version that is packed. */
export function runtimeVersions(electron: string, trial: boolean): RuntimeVersions {
  const revision = checkedRevision();
  return {
    runtime: withTrial(`${electron}+r${revision}`, trial),
    node: `${installedVersion('node')}+r${revision}`,
  };
}

/** @param unpacked what electron-builder made. @returns the .deb's path. */
export function buildRuntimePackage(build: PackageBuild, unpacked: string, version: string): string {
  const name = 'vis-a-vis-runtime';
  const out = layOut(name, build);
  for (const entry of readdirSync(unpacked)) {
    // The setuid helper is for systems without user namespaces: Debian 12 and 13 have them, and nothing here needs root.
    if (entry === 'chrome-sandbox' || entry === 'resources' || entry.startsWith('LICENSE')) continue;
    out.copy(path.join(unpacked, entry), `${TERMINAL_FOLDER}/${entry}`);
  }
  const beside = 'resources/app.asar.unpacked/node_modules';
  out.copy(path.join(unpacked, beside), `${TERMINAL_FOLDER}/${beside}`);
  const licences = readdirSync(unpacked).filter((entry) => entry.startsWith('LICENSE'));
  for (const file of licences) {
    out.write(
      `usr/share/doc/${name}/${file}.gz`,
      gzipSync(readFileSync(path.join(unpacked, file)), { level: 9 }),
    );
  }
  layDocuments(out, build, {
    ...{ name, version, inside: packagesBeside() },
    files: [
      {
        pattern: `${TERMINAL_FOLDER}/*`,
        copyright: 'the authors of Electron and Chromium',
        licence: 'Expat',
      },
    ],
  });
  return buildDeb(
    {
      ...{ name, version, architecture: 'amd64', section: 'misc', root: out.folder, level: 1 },
      synopsis: 'two-screen terminal to a public counsellor (runtime)',
      description: [
        ...trialNotice(build),
        'Electron with what it can be made to do shut off (fuses), and the native code that the terminal uses.',
        'It is of no use without the package vis-a-vis-terminal.',
      ],
      depends: LIBRARIES,
    },
    build,
  );
}

/** @returns the .deb's path. */
export function buildNodePackage(build: PackageBuild, version: string): string {
  const name = 'vis-a-vis-node';
  const out = layOut(name, build);
  const from = path.join(root, 'node_modules/node');
  out.copy(path.join(from, 'bin/node'), NODE_FILE);
  layDocuments(out, build, {
    ...{ name, version, inside: [] },
    files: [{ pattern: NODE_FILE, copyright: 'the authors of Node.js', licence: 'Expat' }],
  });
  return buildDeb(
    {
      ...{ name, version, architecture: 'amd64', section: 'javascript', root: out.folder, level: 1 },
      synopsis: 'Node.js for the programs of Vis-à-vis',
      description: [
        'The Node.js that Vis-à-vis was tested with, for its hub and for what its terminal does with papers.',
        'No other program of the machine sees it.',
      ],
      depends: ['libc6 (>= 2.28)', 'libstdc++6'],
    },
    build,
  );
}

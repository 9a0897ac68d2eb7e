/** The hub: its program, the console's and the room's pages, what it needs of npm, and its unit. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../check/step.ts';
import { packagesOf } from '../layers.ts';
import { buildDeb } from './deb.ts';
import { layDocuments, layOut } from './laid-out.ts';
import { packagesNeededBy } from './npm-packages.ts';
import type { PackageBuild } from './package-build.ts';
import type { RuntimeVersions } from './runtime-package.ts';

const NAME = 'vis-a-vis-hub';
const FOLDER = `usr/lib/${NAME}`;
const SETTINGS = `etc/${NAME}/hub.conf`;
/** Types, maps, documents, what is for whoever builds or tests it, and programs of its own. */
const UNUSED_FILES = /\.(?:map|[cm]?ts|md|html|sh|h|cc|c|gyp)$|^(?:cli|bin)\.js$/;
const UNUSED_FOLDERS =
  /(?:^|\/)(?:\.[^/]+|test|tests|spec|integration|scripts|docs|examples?|benchmarks?|bin)(?:\/|$)/;
/** moment's sources, beside what it is built into. */
const MOMENT = /^node_modules\/moment$/;

function isUsed(folder: string, file: string): boolean {
  if (UNUSED_FILES.test(file) || UNUSED_FOLDERS.test(file)) return false;
  if (/(?:^|\/)node_modules(?:\/|$)/.test(file)) return false;
  return !(MOMENT.test(folder) && /^src(?:\/|$)/.test(file));
}

/** @returns the .deb's path. */
export function buildHubPackage(build: PackageBuild, runtime: RuntimeVersions): string {
  const { version } = build;
  const out = layOut(NAME, build);
  const ours = (file: string): string => path.join(root, 'packaging/hub', file);
  for (const part of ['hub', 'console', 'console-room', 'room']) {
    out.copy(path.join(root, 'dist', part), `${FOLDER}/dist/${part}`);
  }
  const needed = packagesNeededBy(packagesOf(['hub']));
  for (const { folder } of needed) {
    // Each brings its own folder alone: what lies in its node_modules is in the list by itself.
    out.copy(path.join(root, folder), `${FOLDER}/${folder}`, (file) => isUsed(folder, file));
  }
  out.write(
    `${FOLDER}/package.json`,
    `${JSON.stringify({ name: NAME, version: build.upstream, type: 'module' })}\n`,
  );
  out.copy(ours('vis-a-vis-hub.service'), 'usr/lib/systemd/system/vis-a-vis-hub.service');
  out.copy(ours('hub.conf'), SETTINGS);
  out.copy(ours('vis-a-vis-hub'), 'usr/sbin/vis-a-vis-hub');
  const manual = gzipSync(readFileSync(ours('vis-a-vis-hub.8')), { level: 9 });
  out.write('usr/share/man/man8/vis-a-vis-hub.8.gz', manual);
  const inside = packagesNeededBy(packagesOf(['hub', 'console', 'room-client', 'hub/room/page']));
  layDocuments(out, build, { name: NAME, version, inside });
  return buildDeb(
    {
      ...{ name: NAME, version, architecture: 'amd64', section: 'web', root: out.folder, level: 6 },
      synopsis: 'hub of two-screen terminals to public counsellors',
      description: [
        'What terminals connect to, and the web console of counsellors, town-hall clerks and the commune’s IT.',
      ],
      depends: [`vis-a-vis-node (= ${runtime.node})`, 'adduser', 'libc6 (>= 2.34)', 'libgcc-s1'],
      recommends: ['postgresql (>= 13)'],
      scripts: Object.fromEntries(
        ['postinst', 'prerm', 'postrm'].map((name) => [name, readFileSync(ours(name), 'utf8')]),
      ),
      conffiles: [`/${SETTINGS}`],
    },
    build,
  );
}

/** The terminal: its program alone, so that what terminals fetch often is small. */
import path from 'node:path';
import { buildDeb } from './deb.ts';
import { layDocuments, layOut } from './laid-out.ts';
import type { PackageBuild } from './package-build.ts';
import { NODE_FILE, type RuntimeVersions, TERMINAL_FOLDER } from './runtime-package.ts';
import { packagesInside } from './terminal-parts.ts';
import { trialNotice } from './trial-notice.ts';

const NAME = 'vis-a-vis-terminal';

/** @param unpacked what electron-builder made. @returns the .deb's path. */
export function buildTerminalPackage(
  build: PackageBuild,
  unpacked: string,
  runtime: RuntimeVersions,
): string {
  const { version } = build;
  const out = layOut(NAME, build);
  const resources = `${TERMINAL_FOLDER}/resources`;
  for (const part of ['app.asar', 'app.asar.unpacked/dist', 'app.asar.unpacked/package.json']) {
    out.copy(path.join(unpacked, 'resources', part), `${resources}/${part}`);
  }
  out.link(path.posix.relative(resources, NODE_FILE), `${resources}/node`);
  layDocuments(out, build, { name: NAME, version, inside: packagesInside() });
  return buildDeb(
    {
      ...{ name: NAME, version, architecture: 'amd64', section: 'misc', root: out.folder, level: 6 },
      synopsis: 'two-screen terminal to a public counsellor',
      description: [
        ...trialNotice(build),
        'A resident sits down in front of two screens and touches nothing: a counsellor far away talks, shows the form on the second screen, prints it and scans papers.',
      ],
      depends: [
        `vis-a-vis-runtime (= ${runtime.runtime})`,
        `vis-a-vis-node (= ${runtime.node})`,
        'cups-client',
        'sane-utils',
        'xserver-xorg-core',
      ],
      recommends: ['cups', 'sane-airscan'],
    },
    build,
  );
}

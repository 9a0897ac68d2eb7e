/** What makes of a Debian machine a terminal and nothing else: its user, its X session, and what is shut around it. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../check/step.ts';
import { packagesOf } from '../layers.ts';
import { buildDeb } from './deb.ts';
import { KEYRING_PACKAGE } from './keyring-package.ts';
import { layDocuments, layOut } from './laid-out.ts';
import { packagesNeededBy } from './npm-packages.ts';
import type { PackageBuild } from './package-build.ts';
import { NODE_FILE } from './runtime-package.ts';
import { trialNotice } from './trial-notice.ts';

const NAME = 'vis-a-vis-kiosk';
const PROGRAMS = 'usr/lib/vis-a-vis-machine';
/** Units that nothing starts any more (systemd.unit(5), "masked"). */
const MASKED = [
  'ctrl-alt-del.target',
  // Nothing of a visit's memory on the disk.
  'swap.target',
];

/** @returns the .deb's path. */
export function buildKioskPackage(build: PackageBuild): string {
  const { version } = build;
  const out = layOut(NAME, build);
  const ours = (file: string): string => path.join(root, 'packaging/kiosk', file);
  const files = globSync('**', { cwd: ours('root'), withFileTypes: true }).filter((one) => one.isFile());
  const paths = files.map((one) => path.relative(ours('root'), path.join(one.parentPath, one.name))).sort();
  for (const file of paths) out.copy(path.join(ours('root'), file), file);
  out.copy(path.join(root, 'dist/machine'), PROGRAMS);
  out.write(`${PROGRAMS}/package.json`, `${JSON.stringify({ name: NAME, version, type: 'module' })}\n`);
  out.link(path.posix.relative(PROGRAMS, NODE_FILE), `${PROGRAMS}/node`);
  const manual = gzipSync(readFileSync(ours('vis-a-vis-setup.8')), { level: 9 });
  out.write('usr/share/man/man8/vis-a-vis-setup.8.gz', manual);
  for (const unit of MASKED) out.link('/dev/null', `etc/systemd/system/${unit}`);
  layDocuments(out, build, { name: NAME, version, inside: packagesNeededBy(packagesOf(['machine'])) });
  return buildDeb(
    {
      ...{ name: NAME, version, architecture: 'all', section: 'misc', root: out.folder, level: 6 },
      synopsis: 'makes of a machine a two-screen terminal and nothing else',
      description: [
        ...trialNotice(build),
        'A user without rights is logged in by itself, into an X session with nothing but the terminal: no panel, no key that leaves it, no other log-in, nothing inbound. Not for a machine that is anything else.',
      ],
      depends: [
        `vis-a-vis-terminal (= ${version})`,
        'adduser',
        'cups',
        'cups-filters',
        'dbus-user-session',
        'libpam-systemd',
        'lightdm',
        'nftables',
        'pipewire-pulse',
        'systemd-timesyncd | time-daemon',
        'unattended-upgrades',
        KEYRING_PACKAGE,
        'wireplumber',
        'x11-xserver-utils',
        'xserver-xorg-core',
        'xserver-xorg-input-libinput',
      ],
      recommends: ['sane-airscan', 'xserver-xorg-video-all'],
      // They find printers by themselves, and filter with programs that a printer's description names.
      conflicts: ['cups-browsed', 'foomatic-db-engine'],
      scripts: Object.fromEntries(
        ['postinst', 'prerm', 'postrm'].map((name) => [name, readFileSync(ours(name), 'utf8')]),
      ),
      conffiles: paths.filter((file) => file.startsWith('etc/')).map((file) => `/${file}`),
    },
    build,
  );
}

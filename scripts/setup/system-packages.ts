/** What the machine must have beside npm's packages, looked for by the thing itself and not by a package's name. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import path from 'node:path';

/** The parts of the demo and the tests that cannot run when something is missing. */
export type MachinePart =
  | 'terminal'
  | 'displays'
  | 'printer'
  | 'scanner'
  | 'browser'
  | 'documents'
  /** An XMPP server and certificates, for the test deployment of Jitsi. */
  | 'jitsi'
  /** PostgreSQL, beside the embedded one: for the tests only. */
  | 'database'
  /** What packages are checked, indexed and signed with: asked for by name only. */
  | 'packages';

interface Need {
  readonly part: MachinePart;
  /** Debian's name; other systems have the same under a similar name. */
  readonly debianPackage: string;
  /** A program in PATH, a shared library, or any one of some files (glob patterns). */
  readonly probe:
    | { readonly program: string }
    | { readonly library: string }
    | { readonly oneOf: readonly string[] };
}

const NEEDS: readonly Need[] = [
  { part: 'terminal', debianPackage: 'unzip', probe: { program: 'unzip' } },
  { part: 'terminal', debianPackage: 'libgtk-3-0', probe: { library: 'libgtk-3.so.0' } },
  { part: 'terminal', debianPackage: 'libnss3', probe: { library: 'libnss3.so' } },
  { part: 'terminal', debianPackage: 'libasound2', probe: { library: 'libasound.so.2' } },
  { part: 'terminal', debianPackage: 'libgbm1', probe: { library: 'libgbm.so.1' } },
  { part: 'terminal', debianPackage: 'libatspi2.0-0', probe: { library: 'libatspi.so.0' } },
  { part: 'terminal', debianPackage: 'libxtst6', probe: { library: 'libXtst.so.6' } },
  { part: 'displays', debianPackage: 'xserver-xorg-core', probe: { program: 'Xorg' } },
  {
    part: 'displays',
    debianPackage: 'xserver-xorg-video-dummy',
    probe: {
      oneOf: ['/usr/lib/xorg/modules/drivers/dummy_drv.so', '/usr/lib64/xorg/modules/drivers/dummy_drv.so'],
    },
  },
  { part: 'displays', debianPackage: 'x11-xserver-utils', probe: { program: 'xrandr' } },
  { part: 'displays', debianPackage: 'x11-apps', probe: { program: 'xwd' } },
  { part: 'displays', debianPackage: 'x11-utils', probe: { program: 'xwininfo' } },
  { part: 'printer', debianPackage: 'cups-daemon', probe: { program: 'cupsd' } },
  { part: 'printer', debianPackage: 'cups-client', probe: { program: 'lpadmin' } },
  { part: 'printer', debianPackage: 'cups', probe: { program: 'cupsfilter' } },
  {
    part: 'printer',
    debianPackage: 'cups-filters',
    probe: { oneOf: ['/usr/lib/cups/filter/pdftopdf', '/usr/libexec/cups/filter/pdftopdf'] },
  },
  { part: 'printer', debianPackage: 'ghostscript', probe: { program: 'gs' } },
  { part: 'printer', debianPackage: 'cups-ipp-utils', probe: { program: 'ippeveprinter' } },
  { part: 'printer', debianPackage: 'avahi-daemon', probe: { program: 'avahi-daemon' } },
  { part: 'printer', debianPackage: 'dbus', probe: { program: 'dbus-daemon' } },
  { part: 'scanner', debianPackage: 'sane-utils', probe: { program: 'scanimage' } },
  // For the pretended scanner alone: its backend has a fault that a few lines of C mend (test/rig/scan-reader.ts).
  { part: 'scanner', debianPackage: 'tcc', probe: { program: 'tcc' } },
  { part: 'browser', debianPackage: 'chromium', probe: { program: 'chromium' } },
  { part: 'documents', debianPackage: 'poppler-utils', probe: { program: 'pdftoppm' } },
  { part: 'jitsi', debianPackage: 'prosody', probe: { program: 'prosody' } },
  { part: 'jitsi', debianPackage: 'openssl', probe: { program: 'openssl' } },
  {
    part: 'database',
    debianPackage: 'postgresql',
    probe: { oneOf: ['/usr/lib/postgresql/*/bin/postgres', '/usr/bin/postgres'] },
  },
  { part: 'packages', debianPackage: 'dpkg', probe: { program: 'dpkg-deb' } },
  { part: 'packages', debianPackage: 'lintian', probe: { program: 'lintian' } },
  { part: 'packages', debianPackage: 'apt-utils', probe: { program: 'apt-ftparchive' } },
  { part: 'packages', debianPackage: 'gnupg', probe: { program: 'gpg' } },
  { part: 'packages', debianPackage: 'systemd', probe: { program: 'systemd-analyze' } },
  { part: 'packages', debianPackage: 'xdotool', probe: { program: 'xdotool' } },
  { part: 'packages', debianPackage: 'systemd-container', probe: { program: 'systemd-nspawn' } },
  { part: 'packages', debianPackage: 'nftables', probe: { program: 'nft' } },
  { part: 'packages', debianPackage: 'iproute2', probe: { program: 'ip' } },
  { part: 'packages', debianPackage: 'binutils', probe: { program: 'objdump' } },
];

const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/**
 * Installs what is missing where it may (Debian as root); elsewhere says what to install.
 * Without `parts`: all that demo and tests are made with.
 * Returns the parts that cannot run, empty when everything is there. Costs some milliseconds when nothing is missing.
 */
export function ensureSystemPackages(parts?: readonly MachinePart[]): ReadonlySet<MachinePart> {
  const wanted = NEEDS.filter(({ part }) => (parts ? parts.includes(part) : part !== 'packages'));
  const missing = missingOf(wanted);
  if (missing.length === 0) return new Set();

  const packages = [...new Set(missing.map((need) => need.debianPackage))];
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log(`Installing Debian packages: ${packages.join(' ')}…`);
    aptGet(['update', '-qq']);
    aptGet(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
  }
  const stillMissing = missingOf(wanted);
  if (stillMissing.length > 0) explain(stillMissing);
  return new Set(stillMissing.map((need) => need.part));
}

/** Where a program lies, or null; also looks in the system folders that an ordinary user's PATH may lack. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...SYSTEM_FOLDERS];
  for (const folder of folders) {
    const file = path.join(folder, name);
    if (folder !== '' && existsSync(file)) return file;
  }
  return null;
}

function missingOf(needs: readonly Need[]): Need[] {
  // An absolute path: `ldconfig` is in sbin, which an ordinary user's PATH may lack.
  const libraries = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  return needs.filter(({ probe }) => {
    if ('program' in probe) return findProgram(probe.program) === null;
    if ('library' in probe) return !libraries.includes(`\t${probe.library} `);
    return probe.oneOf.every((pattern) => globSync(pattern).length === 0);
  });
}

function aptGet(args: readonly string[]): void {
  const { status } = spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) console.error(`apt-get ${args.join(' ')} ended with ${status ?? 'a signal'}.`);
}

function explain(missing: readonly Need[]): void {
  console.error('Some system packages are missing. As root, on Debian or a relative of it:');
  console.error(
    `  apt-get install --no-install-recommends ${missing.map((need) => need.debianPackage).join(' ')}`,
  );
  console.error(
    `Until then these parts cannot run: ${[...new Set(missing.map((need) => need.part))].join(', ')}.`,
  );
}

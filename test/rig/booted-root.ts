/**
 * This machine's own Debian as a system of its own that boots: an overlay in memory, systemd as its first process
 * (systemd-nspawn), the machine's consoles so that an X server and a session find theirs. Needs to be root. The network
 * is the machine's; what would change it does not run.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type RigProcess, startProcess } from './processes.ts';
import { type CommandOptions, runCommand } from './run-command.ts';
import { makeRunFolder } from './run-folder.ts';
import { until } from './until.ts';

export interface BootedRoot {
  /** Where it is seen from outside. */
  readonly folder: string;
  /** Runs a program in it to its end, as root: before boot() without a running system, then in it. */
  readonly run: (program: string, args: readonly string[], options?: CommandOptions) => Promise<string>;
  /** Returns once the system says that it is up. */
  readonly boot: () => Promise<void>;
  /** As when the plug is pulled. */
  readonly pullThePlug: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Units that would reach for the machine's network, clock or ports, or fetch things. */
const NOT_HERE =
  'systemd-networkd.service systemd-networkd.socket systemd-networkd-wait-online.service systemd-resolved.service systemd-timesyncd.service systemd-firstboot.service avahi-daemon.service avahi-daemon.socket postgresql.service prosody.service packagekit.service apt-daily.timer apt-daily-upgrade.timer nftables.service'.split(
    ' ',
  );
const CONSOLES = [0, 1, 2, 3, 7].map((number) => `--bind=/dev/tty${number}`);

const SCRIPT = `set -e
base=$1
lower=$2
shift 2
mount -t tmpfs -o size=8g tmpfs "$base"
mkdir "$base/changes" "$base/work" "$base/root"
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$base/changes,workdir=$base/work" "$base/root"
for folder; do
  mkdir -p "$base/root$folder"
  mount --bind "$folder" "$base/root$folder"
done
echo ready
exec sleep infinity
`;

/**
 * @param shared folders of this machine that are seen in it before it is booted, at the same place.
 * @param lower another Debian's root, in place of this machine's own.
 */
export async function makeBootedRoot(shared: readonly string[] = [], lower = '/'): Promise<BootedRoot> {
  const script = path.join(makeRunFolder('boot'), 'start.sh');
  writeFileSync(script, SCRIPT);
  const base = makeRunFolder('mounted');
  const holder = await startProcess({
    name: 'root to boot',
    program: 'unshare',
    args: ['--mount', '--', 'sh', script, base, lower, ...shared],
  });
  await until('the root is there', () => {
    if (!holder.isRunning()) throw new Error(`No root: ${holder.output()}`);
    return holder.output().includes('ready');
  });
  const mounted = ['--target', String(holder.pid), '--mount', '--'];
  const root = path.join(base, 'root');
  let system: RigProcess | null = null;
  let first: string | null = null;

  const run: BootedRoot['run'] = (program, args, options) =>
    first === null
      ? runCommand('nsenter', [...mounted, 'chroot', root, program, ...args], options)
      : runCommand('nsenter', ['--target', first, '--all', '--', program, ...args], options);
  await runCommand('nsenter', [...mounted, 'mount', '--rbind', '/dev', `${root}/dev`]);
  await run('sh', ['-ec', 'mount -t proc proc /proc; rm -f /etc/machine-id']);
  await run('sh', [
    '-ec',
    `for unit in ${NOT_HERE.join(' ')}; do ln -sf /dev/null /etc/systemd/system/$unit; done`,
  ]);

  async function boot(): Promise<void> {
    // It makes its own, and finds these in its way; there is nothing to take away the second time.
    const away = ['proc', 'dev'].map((folder) => `umount -l '${root}/${folder}' 2>/dev/null || :`);
    await runCommand('nsenter', [...mounted, 'sh', '-c', away.join('\n')]);
    const nspawn = ['--register=no', '--keep-unit', `--directory=${root}`, '--boot', '--machine=terminal'];
    const options = ['--console=pipe', '--link-journal=no', '--capability=CAP_SYS_TTY_CONFIG', ...CONSOLES];
    const started = await startProcess({
      name: 'system',
      program: 'nsenter',
      args: [...mounted, 'systemd-nspawn', ...nspawn, ...options],
    });
    system = started;
    first = await until('its first process is there', () => {
      if (!started.isRunning()) throw new Error(`It does not boot: ${started.output()}`);
      return firstProcess(started.pid);
    });
    await until(
      'it is up',
      async () => {
        const state = await run('sh', ['-c', 'systemctl is-system-running 2>&1 || :']);
        return /running|degraded/.test(state);
      },
      { timeoutMs: 60_000, everyMs: 250 },
    );
  }
  async function pullThePlug(): Promise<void> {
    if (first !== null) process.kill(Number(first), 'SIGKILL');
    await system?.kill9();
    [system, first] = [null, null];
  }
  return {
    folder: `/proc/${holder.pid}/root${root}`,
    run,
    boot,
    pullThePlug,
    close: async () => {
      await pullThePlug();
      await holder.close();
    },
  };
}

/** Among what systemd-nspawn started: what it booted. Null until it is there. */
function firstProcess(pid: number | string): string | null {
  for (const child of linesOf(`/proc/${pid}/task/${pid}/children`)) {
    if (linesOf(`/proc/${child}/comm`)[0] === 'systemd') return child;
    const below = firstProcess(child);
    if (below !== null) return below;
  }
  return null;
}

/** Words of a file of /proc; none where its process is gone. */
function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split(/\s+/).filter(Boolean) : [];
}

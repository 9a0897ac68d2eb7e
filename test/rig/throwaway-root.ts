/**
 * This machine's own Debian as a root of its own that may be changed and is thrown away: an overlay in memory, in a
 * mount and a process namespace (overlayfs, pivot_root(2)). Needs to be root. The network is the machine's, and so is
 * the X server (its abstract socket).
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type RigProcess, startProcess } from './processes.ts';
import { type CommandOptions, runCommand } from './run-command.ts';
import { makeRunFolder } from './run-folder.ts';
import { until } from './until.ts';

export interface ThrowawayRoot {
  /** Where it is seen from outside. */
  readonly folder: string;
  /** Runs a program in it to its end, as root. */
  readonly run: (program: string, args: readonly string[], options?: CommandOptions) => Promise<string>;
  /** Starts a program in it, as root. */
  readonly start: (
    name: string,
    program: string,
    args: readonly string[],
    env?: NodeJS.ProcessEnv,
  ) => Promise<RigProcess>;
  readonly close: () => Promise<void>;
}

/** pivot_root and not chroot: in a chroot nobody may make a user namespace, and Chromium's sandbox is one. */
const SCRIPT = `set -e
base=$1
shift
mount -t tmpfs -o size=8g tmpfs "$base"
mkdir "$base/changes" "$base/work" "$base/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$base/changes,workdir=$base/work" "$base/root"
for folder in /dev /sys; do mount --rbind "$folder" "$base/root$folder"; done
mount -t tmpfs -o mode=1777 tmpfs "$base/root/tmp"
for folder; do
  mkdir -p "$base/root$folder"
  mount --bind "$folder" "$base/root$folder"
done
mkdir "$base/root/.outside"
cd "$base/root"
pivot_root . .outside
mount -t proc proc /proc
umount -l /.outside
rmdir /.outside
echo ready
exec sleep infinity
`;

/** @param shared folders of this machine that are seen in it too, at the same place. */
export async function startThrowawayRoot(shared: readonly string[] = []): Promise<ThrowawayRoot> {
  const folder = makeRunFolder('root');
  const script = path.join(folder, 'start.sh');
  writeFileSync(script, SCRIPT);
  const holder = await startProcess({
    name: 'throwaway root',
    program: 'unshare',
    args: [
      ...['--mount', '--pid', '--fork', '--kill-child', '--', 'sh', script],
      ...[makeRunFolder('mounted'), ...shared],
    ],
  });
  await until('the throwaway root is there', () => {
    if (!holder.isRunning()) throw new Error(`No throwaway root: ${holder.output()}`);
    return holder.output().includes('ready');
  });
  const inside = (await runCommand('cat', [`/proc/${holder.pid}/task/${holder.pid}/children`])).trim();
  const enter = ['--target', inside, '--mount', '--pid', '--root', '--wdns=/', '--'];
  return {
    folder: `/proc/${inside}/root`,
    run: (program, args, options) => runCommand('nsenter', [...enter, program, ...args], options),
    start: (name, program, args, env) =>
      startProcess({ name, program: 'nsenter', args: [...enter, program, ...args], ...(env ? { env } : {}) }),
    close: holder.close,
  };
}

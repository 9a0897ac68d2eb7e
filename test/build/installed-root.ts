/** A throwaway root in which apt knows a repository of ours and no other. */
import { runCommand } from '../rig/run-command.ts';
import { startThrowawayRoot, type ThrowawayRoot } from '../rig/throwaway-root.ts';
import { trustRepository } from './trust-repository.ts';

export interface InstalledRoot extends ThrowawayRoot {
  /** Runs a shell line in it as root; what it wrote. */
  readonly sh: (line: string) => Promise<string>;
  /** apt-get with our repository alone. */
  readonly apt: (...args: string[]) => Promise<string>;
}

/** @param repository a folder of this machine. */
export async function startRootWith(repository: string, channel = 'pilot'): Promise<InstalledRoot> {
  const root = await startThrowawayRoot([repository]);
  const sh = (line: string) => root.run('sh', ['-ec', line], { timeoutMs: 240_000 });
  await sh('rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/* /var/lib/apt/lists/*');
  await sh(trustRepository(repository, channel));
  const apt = (...args: string[]) =>
    sh(
      `DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends -o APT::Update::Error-Mode=any ${args.join(' ')} 2>&1`,
    );
  return { ...root, sh, apt };
}

/** In front of a command: what runs it as an ordinary user of the root. */
export function asUser(name: string): [string, ...string[]] {
  const user = ['--reuid', name, '--regid', name === 'nobody' ? 'nogroup' : name];
  return ['setpriv', ...user, '--clear-groups', '--'];
}

/** Whether gpg, with the repository's public key alone, says that the signature beside the file is good. */
export async function isSignatureGood(repository: string, file: string): Promise<boolean> {
  try {
    await runCommand('gpgv', ['--keyring', `${repository}/vis-a-vis.gpg`, `${file}.asc`, file]);
    return true;
  } catch {
    return false;
  }
}

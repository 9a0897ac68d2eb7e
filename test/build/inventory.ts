/** Every path on the root's disk but what dpkg and apt write down, and what comes and goes. */
import type { InstalledRoot } from './installed-root.ts';

const ELSEWHERE =
  '/proc /sys /dev /tmp /run /var/lib/dpkg /var/lib/apt /var/cache /var/log /var/backups'.split(' ');

export async function inventory(root: Pick<InstalledRoot, 'sh'>): Promise<ReadonlySet<string>> {
  const pruned = ELSEWHERE.map((folder) => `-path ${folder}`).join(' -o ');
  return new Set((await root.sh(`find / -xdev \\( ${pruned} \\) -prune -o -print`)).trim().split('\n'));
}

/** What was not there before. The users' files are kept with a copy of what they were, "passwd-". */
export function added(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  const copy = /^\/etc\/(?:passwd|group|shadow|gshadow|subuid|subgid)-$/;
  return [...after].filter((file) => !before.has(file) && !copy.test(file));
}

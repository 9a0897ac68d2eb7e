/** One process at a time may hold an embedded database's folder: two would destroy it. Survives kill -9 and reboots. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @throws Error naming the process that holds the folder. Returns the function that lets it go. */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'hub.lock');
  const own = `${process.pid} ${identityOf(process.pid) ?? ''}`;
  try {
    writeFileSync(file, own, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const [pid = '', ...identity] = readFileSync(file, 'utf8').split(' ');
    if (Number(pid) !== process.pid && isAlive(Number(pid), identity.join(' '))) {
      throw new Error(`The folder ${folder} is used by another hub (process ${pid}).`);
    }
    writeFileSync(file, own, { mode: 0o600 });
  }
  return () => rmSync(file, { force: true });
}

function isAlive(pid: number, identity: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const now = identityOf(pid);
  return (now === null || now === identity) && !hasEnded(pid);
}

/** It holds nothing any more, and is there only until whoever started it takes note (proc(5), state Z). */
function hasEnded(pid: number): boolean {
  return statOf(pid)?.[0] === 'Z';
}

/** Tells a process from a later one with the same number: boot and start time. Null where /proc does not tell. */
function identityOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = statOf(pid);
    return stat && `${boot} ${stat[19]}`;
  } catch {
    return null; // No Linux.
  }
}

/** Its fields from the third on, the state (proc(5)): after the program's name, which may hold spaces. Null: none. */
function statOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null; // No Linux, or the process has just ended.
  }
}

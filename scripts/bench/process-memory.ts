/** What a process and all that it started hold of the machine's memory. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { quantile } from './figure.ts';

export interface TreeMemory {
  /** MB (10^6 bytes): each process's own pages, and its share of those that several use (PSS, proc_pid_smaps(5)). */
  readonly total: number;
  readonly processes: readonly { readonly pid: number; readonly name: string; readonly megabytes: number }[];
}

/** x86-64 and arm64 as Debian builds them. */
const PAGE_BYTES = 4096;
/** Looks at the memory, a second apart, of which the middle one counts. */
const LOOKS = 5;

/** MB, with a line of what each process holds. */
export async function middleMemory(root: number): Promise<number> {
  const looks: number[] = [];
  while (looks.length < LOOKS) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    looks.push(treeMemory(root).total);
  }
  const { processes } = treeMemory(root);
  console.log(`  ${processes.map(({ name, megabytes }) => `${name} ${megabytes.toFixed(0)}`).join(', ')}`);
  return quantile(looks, 0.5) ?? Number.NaN;
}

/** By pid, of a process and all that it started: MB that lie in memory, shared ones too (proc_pid_statm(5)); quick. */
export function residentSizes(
  root: number,
): Map<number, { readonly name: string; readonly megabytes: number }> {
  const sizes = treeOf(root).map((pid) => {
    const pages = Number(read(`/proc/${pid}/statm`).split(' ')[1] ?? 0);
    return [pid, { name: nameOf(pid), megabytes: (pages * PAGE_BYTES) / 1_000_000 }] as const;
  });
  return new Map(sizes);
}

function treeOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) parents.set(Number(name), parentOf(Number(name)));
  }
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}

export function treeMemory(root: number): TreeMemory {
  const processes = treeOf(root).map((pid) => ({ pid, name: nameOf(pid), megabytes: shareOf(pid) }));
  return { total: processes.reduce((sum, { megabytes }) => sum + megabytes, 0), processes };
}

/** Field 4 (proc_pid_stat(5)), counted behind the name, which may hold spaces and parentheses. */
function parentOf(pid: number): number {
  return Number(read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[1] ?? 0);
}

/** Chromium overwrites the arguments of its children, with spaces between them. */
function nameOf(pid: number): string {
  const words = read(`/proc/${pid}/cmdline`);
  const [, service] = /--utility-sub-type=([^ \0]+)/.exec(words) ?? [];
  const [, kind] = /--type=([^ \0]+)/.exec(words) ?? [];
  if (service || kind) return service ?? kind ?? '';
  const [program = '', ...rest] = words.split('\0');
  const script = rest.find((word) => /\.m?[jt]s$/.test(word));
  return words.includes('--config=') ? 'main' : path.basename(script ?? program);
}

function shareOf(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1];
  return (Number(kilobytes ?? 0) * 1024) / 1_000_000;
}

/** Empty for a process that is gone. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return '';
    throw error;
  }
}

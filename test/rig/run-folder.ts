/**
 * One folder a run (a process that uses the rig), named after the process, under the system's folder for temporary
 * files: everything that the run makes lies there, and a note of every process that it starts. A later run ends and
 * removes exactly what a crashed one left.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const allRuns = path.join(tmpdir(), `vis-a-vis-rig-${process.getuid?.() ?? 0}`);
const thisRun = path.join(allRuns, processMark(process.pid) ?? String(process.pid));
const notes = path.join(thisRun, 'processes');

/** A new, empty folder of this run. Readable by the print system's own user, who must pass through it. */
export function makeRunFolder(name: string): string {
  prepare();
  return mkdtempSync(path.join(thisRun, `${name}-`));
}

/** Remembers a process that this run started and that leads its own process group. */
export function noteProcess(pid: number): void {
  prepare();
  const mark = processMark(pid);
  if (mark) writeFileSync(path.join(notes, mark), '');
}

export function forgetProcess(pid: number): void {
  for (const mark of globSync(`${pid}-*`, { cwd: notes })) rmSync(path.join(notes, mark), { force: true });
}

/** Ends the process groups and removes the folders of runs that are over; returns how many processes it ended. */
export function endLeftovers(): number {
  let ended = 0;
  for (const run of globSync('*-*', { cwd: allRuns })) {
    if (isSameProcess(run)) continue;
    for (const mark of globSync('*-*', { cwd: path.join(allRuns, run, 'processes') })) {
      if (isSameProcess(mark)) {
        killGroup(pidOf(mark));
        ended += 1;
      }
    }
    unmountUnder(path.join(allRuns, run));
    rmSync(path.join(allRuns, run), { recursive: true, force: true });
  }
  return ended;
}

/** What small-disk.ts mounted for a run that crashed: a folder with a file system in it cannot be removed. */
function unmountUnder(folder: string): void {
  const points = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  for (const point of points)
    if (point.startsWith(`${folder}/`)) execFileSync('/usr/bin/umount', ['-l', point]);
}

/** Ends a process and all that it started, at once. Does nothing if they are gone. */
export function killGroup(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

let prepared = false;

function prepare(): void {
  if (prepared) return;
  prepared = true;
  endLeftovers();
  mkdirSync(notes, { recursive: true, mode: 0o711 });
  process.once('exit', () => {
    for (const mark of globSync('*-*', { cwd: notes })) if (isSameProcess(mark)) killGroup(pidOf(mark));
    rmSync(thisRun, { recursive: true, force: true });
  });
}

/** "pid-start": a process id alone may have been given to another process since. Null if there is none. */
function processMark(pid: number): string | null {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  // proc(5), counted behind the name, which may hold spaces and parentheses: field 3 is the state, 22 the start.
  const fields = readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const [state, start] = [fields[0], fields[19]];
  // Ended, but nobody waited for it.
  if (state === 'Z' || state === 'X') return null;
  return `${pid}-${start}`;
}

function isSameProcess(mark: string): boolean {
  return processMark(pidOf(mark)) === mark;
}

function pidOf(mark: string): number {
  return Number(mark.split('-')[0]);
}

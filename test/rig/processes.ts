/** Real programs started for a test or the demo: found again by the next run if this one crashes, ended as a group. */
import { type ChildProcess, spawn } from 'node:child_process';
import { findProgram } from '../../scripts/setup/system-packages.ts';
import { forgetProcess, killGroup, noteProcess } from './run-folder.ts';

export interface ProcessOptions {
  /** For messages. */
  readonly name: string;
  /** A path, or a name looked up in PATH and the system's folders. */
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment; this process's own by default. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Opens file descriptor 3 for what the program writes there (Xorg's -displayfd). */
  readonly thirdPipe?: boolean;
}

export interface RigProcess {
  readonly pid: number;
  readonly child: ChildProcess;
  /** What it wrote so far on both outputs, the last 64 kB. */
  readonly output: () => string;
  /** Settles when the process is gone; the code, or null if a signal ended it. */
  readonly exited: Promise<number | null>;
  readonly isRunning: () => boolean;
  /** Asks it to end, ends it by force after a while, and waits until the whole group is gone. */
  readonly close: () => Promise<void>;
  /** As a power cut would: no time to tidy up. */
  readonly kill9: () => Promise<void>;
}

const KEPT = 65_536;
const GRACE_MS = 3_000;

/** @throws Error if the program does not exist or cannot be started. */
export async function startProcess(options: ProcessOptions): Promise<RigProcess> {
  const program = options.program.includes('/') ? options.program : findProgram(options.program);
  if (!program) throw new Error(`${options.name}: the program ${options.program} is not installed.`);
  const child = spawn(program, options.args, {
    detached: true,
    env: options.env ?? process.env,
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe', ...(options.thirdPipe ? (['pipe'] as const) : [])],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-KEPT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new Error(`${options.name}: ${error.message}`)));
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${options.name}: no process.`);
  noteProcess(pid);

  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals) => {
    if (isRunning()) killGroup(pid, signal);
    const force = setTimeout(() => killGroup(pid), GRACE_MS);
    await exited;
    clearTimeout(force);
    // Those of the group that outlived their parent.
    killGroup(pid);
    forgetProcess(pid);
  };
  return {
    pid,
    child,
    output: () => output,
    exited,
    isRunning,
    close: () => end('SIGTERM'),
    kill9: () => end('SIGKILL'),
  };
}

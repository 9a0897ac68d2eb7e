/**
 * The simplest supervisor: starts a program, starts it again when it ends, and ends it by force when its heartbeat
 * file stops moving. What systemd does on a real terminal (packaging/kiosk).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetProcess, noteProcess } from '#rig/run-folder.ts';

export interface Supervised {
  /** The process now, or undefined between two. */
  readonly pid: () => number | undefined;
  /** How often it was started. */
  readonly starts: () => number;
  readonly close: () => Promise<void>;
}

export interface SuperviseOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** ms without a heartbeat after which the program counts as hung. */
  readonly patience?: number;
  /** ms between its end and its next start. */
  readonly pause?: number;
  readonly onOutput?: (chunk: Buffer) => void;
  readonly onRestart?: (why: 'ended' | 'hung') => void;
  /** It ended of its own will (exit code 0) and is not started again. */
  readonly onEnd?: () => void;
}

export function supervise(options: SuperviseOptions): Supervised {
  const {
    command,
    args,
    env = process.env,
    patience = 15_000,
    pause = 500,
    onOutput,
    onRestart,
    onEnd,
  } = options;
  const folder = mkdtempSync(join(tmpdir(), 'vis-a-vis-heartbeat-'));
  const heartbeat = join(folder, 'alive');
  let child: ChildProcess | undefined;
  let starts = 0;
  let startedAt = 0;
  let hung = false;
  let closing = false;
  let restart: NodeJS.Timeout | undefined;

  function start(): void {
    starts += 1;
    startedAt = Date.now();
    hung = false;
    child = spawn(command, args, {
      env: { ...env, VISAVIS_HEARTBEAT: heartbeat },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own group: what it started ends with it.
      detached: true,
    });
    child.stdout?.on('data', (chunk: Buffer) => onOutput?.(chunk));
    child.stderr?.on('data', (chunk: Buffer) => onOutput?.(chunk));
    const { pid } = child;
    if (pid !== undefined) noteProcess(pid);
    child.once('exit', (code) => {
      endGroup(child);
      child = undefined;
      if (pid !== undefined) forgetProcess(pid);
      if (closing) return;
      if (code === 0) {
        onEnd?.();
        return;
      }
      onRestart?.(hung ? 'hung' : 'ended');
      restart = setTimeout(start, pause);
    });
  }

  const watch = setInterval(() => {
    if (!child || Date.now() - lastBeat(heartbeat, startedAt) < patience) return;
    hung = true;
    endGroup(child);
  }, 500);

  start();
  return {
    pid: () => child?.pid,
    starts: () => starts,
    async close() {
      closing = true;
      clearInterval(watch);
      clearTimeout(restart);
      const last = child;
      if (last && last.exitCode === null && last.signalCode === null) {
        const ended = new Promise((resolve) => last.once('exit', resolve));
        endGroup(last);
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The file is older than the start where the program has not beaten yet. */
function lastBeat(file: string, startedAt: number): number {
  const mtime = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Math.max(mtime, startedAt);
}

function endGroup(child: ChildProcess | undefined): void {
  if (child?.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: the whole group is gone already, which is what is wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

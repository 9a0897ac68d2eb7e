/**
 * Tells the supervisor that the main process is alive. Under systemd: WATCHDOG=1 through systemd-notify (sd_notify(3)).
 * Elsewhere: the modification time of the file named by VISAVIS_HEARTBEAT. A hung event loop feeds nothing.
 */
import { execFile } from 'node:child_process';
import { utimes, writeFile } from 'node:fs/promises';
import type { Log } from './log.ts';

const BEAT = 2_000;

/** Returns a function that stops it. */
export function feedWatchdog(log: Log, environment: NodeJS.ProcessEnv = process.env): () => void {
  const file = environment.VISAVIS_HEARTBEAT;
  const systemd = environment.NOTIFY_SOCKET !== undefined;
  if (!file && !systemd) return () => undefined;
  const failed = (error: unknown) => {
    if (error) log.error({ event: 'watchdog.not-fed', error });
  };
  const beat = () => {
    if (file) touch(file).catch(failed);
    if (systemd) execFile('systemd-notify', ['WATCHDOG=1'], failed);
  };
  beat();
  const timer = setInterval(beat, BEAT);
  return () => clearInterval(timer);
}

async function touch(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => writeFile(file, ''));
}

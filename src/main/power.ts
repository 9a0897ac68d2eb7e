/** Keeps a terminal awake, and tells when the machine slept all the same: Jitsi leaves its room for good then. */
import { powerMonitor, powerSaveBlocker } from 'electron';
import type { Log } from './log.ts';

/** @returns what ends it. */
export function stayAwake(log: Log, onWoken: () => void): () => void {
  const blocker = powerSaveBlocker.start('prevent-display-sleep');
  const asleep = () => log.warn({ event: 'power.suspend' });
  const woken = () => {
    log.warn({ event: 'power.resume' });
    onWoken();
  };
  powerMonitor.on('suspend', asleep);
  powerMonitor.on('resume', woken);
  return () => {
    powerMonitor.off('suspend', asleep);
    powerMonitor.off('resume', woken);
    powerSaveBlocker.stop(blocker);
  };
}

/**
 * Which orders were begun, on disk, so that a terminal that restarts in the middle of a visit never prints twice.
 * Random ids and kinds only; emptied at each wipe.
 */
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';

export interface OrderJournal {
  /** True when an earlier run of the terminal had begun this order. */
  readonly wasBegun: (orderId: string) => boolean;
  readonly begin: (orderId: string) => void;
  readonly clear: () => void;
}

export function openOrderJournal(file: string): OrderJournal {
  const earlier = new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []);
  return {
    wasBegun: (orderId) => earlier.has(orderId),
    begin: (orderId) => appendFileSync(file, `${orderId}\n`, { mode: 0o600, flush: true }),
    clear() {
      earlier.clear();
      rmSync(file, { force: true });
    },
  };
}

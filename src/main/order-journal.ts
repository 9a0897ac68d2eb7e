/**
 * Which orders were begun, on disk, so that a terminal that restarts in the middle of a visit never prints twice.
 * Random ids only; overwritten at each wipe. It has its whole place on the disk from the start (kept-text.ts), so that a
 * disk that fills up in the middle of a visit stops no print.
 */
import { openKeptText } from './kept-text.ts';
import { isNoRoom } from './no-room.ts';

export interface OrderJournal {
  /** True when an earlier run of the terminal had begun this order. */
  readonly wasBegun: (orderId: string) => boolean;
  /** False: it could not be noted, and must not be begun where doing it twice would matter. */
  readonly begin: (orderId: string) => boolean;
  /** Every order that was begun since it was cleared, in this run or an earlier one. */
  readonly begun: () => readonly string[];
  readonly clear: () => void;
}

/** Orders of one visit: more than anyone gives in an afternoon. */
const MOST_ORDERS = 2_000;
/** Bytes of a UUID as text and its line feed. */
const ORDER_BYTES = 37;

/** @throws Error where there is no room for it at all. */
export function openOrderJournal(file: string): OrderJournal {
  const kept = openKeptText(file, MOST_ORDERS * ORDER_BYTES);
  const earlier = new Set(kept.read().split('\n').filter(Boolean));
  let begun = [...earlier];
  return {
    wasBegun: (orderId) => earlier.has(orderId),
    begun: () => [...begun],
    begin(orderId) {
      if (begun.length >= MOST_ORDERS) return false;
      try {
        kept.put(`${orderId}\n`, begun.length * ORDER_BYTES);
      } catch (error) {
        if (!isNoRoom(error)) throw error;
        return false;
      }
      begun.push(orderId);
      return true;
    },
    clear() {
      earlier.clear();
      begun = [];
      kept.clear();
    },
  };
}

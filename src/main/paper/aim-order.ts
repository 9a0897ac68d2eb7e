/** A paper held before the camera: its shot is waited for, straightened, and thrown away again unless somebody keeps it. */
import type { Bytes } from '#sealing/bytes.ts';
import type { OrderStatus } from '#shared/protocol/orders.ts';
import type { SealedShot } from '#shared/sealing.ts';
import type { ShotResult } from './contract.ts';
import type { BookedOrder } from './order-book.ts';
import { failed } from './outcomes.ts';
import type { ScannedSheets } from './scanned-sheets.ts';

export interface Aims {
  /** Ends with the shot, or as `receive` or a cancellation ends it. One at a time: main sees to it. */
  readonly run: (orderId: string, order: BookedOrder) => Promise<OrderStatus>;
  readonly receive: (orderId: string, result: ShotResult) => void;
  readonly keep: (original: string) => OrderStatus;
  readonly drop: (original: string) => OrderStatus;
}

export function createAims(
  sheets: Pick<ScannedSheets, 'keepShot' | 'has' | 'drop'>,
  openShot: (aim: string, shot: SealedShot) => Promise<Bytes | null>,
): Aims {
  const waiting = new Map<string, (result: ShotResult) => void>();
  /** Why there is no shot, told before the order was here. */
  const early = new Map<string, ShotResult>();
  /** The original of the last shot, where nobody has kept it. */
  let loose: string | null = null;

  function dropLoose(): void {
    if (loose !== null) sheets.drop(loose);
    loose = null;
  }

  /** Null: cancelled. */
  function shotOf(orderId: string, signal: AbortSignal): Promise<ShotResult | null> {
    return new Promise((resolve) => {
      const settle = (result: ShotResult | null): void => {
        waiting.delete(orderId);
        signal.removeEventListener('abort', onAbort);
        resolve(result);
      };
      const onAbort = (): void => settle(null);
      waiting.set(orderId, settle);
      const known = early.get(orderId);
      if (known) settle(known);
      else if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort);
    });
  }

  return {
    async run(orderId, { signal, say }) {
      const coming = shotOf(orderId, signal);
      say({ status: 'underWay', progress: { kind: 'aiming' } });
      const shot = await coming;
      if (!shot) return failed('cancelled');
      if (!shot.ok) return failed(shot.failure.code);
      const jpeg = await openShot(orderId, shot.value);
      if (!jpeg) return failed('documentDamaged');
      const kept = await sheets.keepShot(jpeg);
      if (!kept.ok) return failed(kept.failure.code);
      if (signal.aborted) {
        sheets.drop(kept.value.original);
        return failed('cancelled');
      }
      dropLoose();
      loose = kept.value.original;
      return { status: 'done', outcome: { kind: 'shot', page: kept.value } };
    },
    receive(orderId, result) {
      const settle = waiting.get(orderId);
      if (settle) settle(result);
      else if (!result.ok) early.set(orderId, result);
    },
    keep(original) {
      if (!sheets.has(original)) return failed('documentGone');
      if (loose === original) loose = null;
      return { status: 'done', outcome: { kind: 'kept' } };
    },
    drop(original) {
      if (loose === original) dropLoose();
      // A scanned page is not thrown away by this, and neither is a shot that was kept.
      else if (sheets.has(original)) return failed('notFound');
      return { status: 'done', outcome: { kind: 'dropped' } };
    },
  };
}

/** Each order's latest status and the means to cancel it: sent again, an order is answered and not done again. */
import type { OrderStatus } from '#shared/protocol/orders.ts';

export interface BookedOrder {
  readonly signal: AbortSignal;
  readonly say: (status: OrderStatus) => void;
}

export interface OrderBook {
  /** Runs `work` unless the order is known; whatever it says after its end is not told. */
  readonly run: (orderId: string, work: (order: BookedOrder) => Promise<OrderStatus>) => void;
  /** Resolves when that order runs no more; false: unknown, or already over. */
  readonly cancel: (orderId: string) => Promise<boolean>;
  readonly cancelAll: () => Promise<void>;
}

interface Entry {
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  status: OrderStatus | null;
}

export function createOrderBook(tell: (orderId: string, status: OrderStatus) => void): OrderBook {
  const entries = new Map<string, Entry>();

  function isOver(entry: Entry): boolean {
    return entry.status?.status === 'done' || entry.status?.status === 'failed';
  }

  async function cancel(entry: Entry): Promise<boolean> {
    if (isOver(entry)) return false;
    entry.abort.abort();
    await entry.ended;
    return true;
  }

  return {
    run(orderId, work) {
      const known = entries.get(orderId);
      if (known) {
        if (known.status) tell(orderId, known.status);
        return;
      }
      const abort = new AbortController();
      let end = (): void => undefined;
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      const entry: Entry = { abort, ended, status: null };
      entries.set(orderId, entry);
      const say = (status: OrderStatus): void => {
        if (isOver(entry)) return;
        entry.status = status;
        tell(orderId, status);
      };
      work({ signal: abort.signal, say })
        .then(say)
        .catch((error: unknown) => {
          say({ status: 'failed', code: 'unexpected' });
          // A bug: for the log of this process's owner.
          console.error(error);
        })
        .finally(() => end());
    },
    async cancel(orderId) {
      const entry = entries.get(orderId);
      return entry ? cancel(entry) : false;
    },
    async cancelAll() {
      await Promise.all([...entries.values()].map(cancel));
    },
  };
}

/**
 * Orders as the counsellor places them: each click has a key, and while the order of a key is on its way the same key
 * is not ordered again, so that a double click is one order.
 */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { OrderRequest } from '#shared/protocol/orders.ts';
import type { OrderView } from '#shared/protocol/views.ts';
import type { ConsoleFailureCode, HubLink } from '../hub-link.ts';

export interface VisitOrders {
  readonly orders: readonly OrderView[];
  /** Returns the order's id at once, null where the same key is still on its way; what becomes of the order is in `orders`, or in `refusals` where the hub did not accept it. */
  readonly place: (key: string, request: OrderRequest) => string | null;
  readonly isOnItsWay: (key: string) => boolean;
  readonly refusals: ReadonlyMap<string, ConsoleFailureCode>;
  readonly dismiss: (key: string) => void;
}

export function useVisitOrders(link: HubLink, visitId: string, orders: readonly OrderView[]): VisitOrders {
  // A ref beside the state: two clicks can come before React has drawn the first.
  const onTheirWay = useRef(new Map<string, string>());
  const [, redraw] = useState(0);
  const [refusals, setRefusals] = useState<ReadonlyMap<string, ConsoleFailureCode>>(new Map());
  const known = useMemo(() => new Set(orders.map((order) => order.orderId)), [orders]);
  const knownNow = useRef(known);
  knownNow.current = known;

  const isOnItsWay = useCallback((key: string) => {
    const orderId = onTheirWay.current.get(key);
    return orderId !== undefined && !knownNow.current.has(orderId);
  }, []);

  const dismiss = useCallback((key: string) => {
    setRefusals((before) => {
      const after = new Map(before);
      after.delete(key);
      return after;
    });
  }, []);

  const place = useCallback(
    (key: string, request: OrderRequest) => {
      if (isOnItsWay(key)) return null;
      const orderId = crypto.randomUUID();
      onTheirWay.current.set(key, orderId);
      dismiss(key);
      redraw((n) => n + 1);
      void link.request({ type: 'order', orderId, visitId, request }).then((answer) => {
        // Accepted: it stays on its way until the view shows it.
        if (answer.ok) return;
        if (onTheirWay.current.get(key) === orderId) onTheirWay.current.delete(key);
        setRefusals((before) => new Map(before).set(key, answer.code));
      });
      return orderId;
    },
    [link, visitId, isOnItsWay, dismiss],
  );

  return { orders, place, isOnItsWay, refusals, dismiss };
}

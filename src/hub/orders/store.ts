import { z } from 'zod';
import { type OrderRequest, type OrderStatus, orderRequest, orderStatus } from '#shared/protocol/orders.ts';
import type { Database, Queries } from '../database/database.ts';

const orderRow = z
  .object({
    id: z.uuid(),
    visit_id: z.uuid(),
    request: orderRequest,
    status: orderStatus,
    created_at: z.date(),
    deadline: z.date(),
  })
  .transform((row) => ({
    orderId: row.id,
    visitId: row.visit_id,
    request: row.request,
    status: row.status,
    createdAt: row.created_at.getTime(),
    deadline: row.deadline.getTime(),
  }));
export type OrderRecord = z.output<typeof orderRow>;

const SELECT = 'select id, visit_id, request, status, created_at, deadline from orders';

/** Orders of every visit under way, in the order they were given. */
export function allOrders(database: Queries): Promise<OrderRecord[]> {
  return database.rows(orderRow, `${SELECT} order by visit_id, position`);
}

async function findOrder(database: Queries, orderId: string): Promise<OrderRecord | null> {
  const [found] = await database.rows(orderRow, `${SELECT} where id = $1`, [orderId]);
  return found ?? null;
}

export interface NewOrder {
  readonly orderId: string;
  readonly visitId: string;
  readonly request: OrderRequest;
  readonly at: number;
  readonly deadline: number;
}

/** `known`: an order of this id was accepted before. `visitOver`: its visit ended in between. */
export async function addOrder(database: Queries, order: NewOrder): Promise<'added' | 'known' | 'visitOver'> {
  const added = await database.run(
    `insert into orders (id, visit_id, request, status, created_at, deadline)
     select $1, id, $3, $4, $5, $6 from visits where id = $2
     on conflict (id) do nothing`,
    [
      order.orderId,
      order.visitId,
      JSON.stringify(order.request),
      JSON.stringify({ status: 'sent' } satisfies OrderStatus),
      new Date(order.at),
      new Date(order.deadline),
    ],
  );
  if (added === 1) return 'added';
  return (await findOrder(database, order.orderId)) ? 'known' : 'visitOver';
}

/**
 * Writes what the terminal reports. An order never goes back, and what is done or failed stays so, except `notReached`,
 * which was the hub's own guess: the terminal knows better.
 */
export async function saveStatus(
  database: Database,
  orderId: string,
  terminalId: string,
  status: OrderStatus,
): Promise<'saved' | 'older' | 'notFound'> {
  return database.transaction(async (queries) => {
    const [found] = await queries.rows(
      z.object({ status: orderStatus }),
      `select o.status from orders o join visits v on v.id = o.visit_id
       where o.id = $1 and v.terminal_id = $2 for update of o`,
      [orderId, terminalId],
    );
    if (!found) return 'notFound';
    if (!isNewer(found.status, status)) return 'older';
    const kept = withPagesOf(found.status, status);
    await queries.run('update orders set status = $2 where id = $1', [orderId, JSON.stringify(kept)]);
    return 'saved';
  });
}

/**
 * A terminal that was restarted in the middle of a scan knows nothing of the pages that it had delivered. The consoles
 * that have them keep them; one that has not is told by the terminal that they are gone.
 */
function withPagesOf(before: OrderStatus, next: OrderStatus): OrderStatus {
  if (next.status !== 'failed' || next.pages !== undefined) return next;
  if (before.status !== 'underWay' || before.progress.kind !== 'scanning') return next;
  return before.progress.pages.length > 0 ? { ...next, pages: before.progress.pages } : next;
}

const RANK = { sent: 0, acknowledged: 1, underWay: 2, done: 3, failed: 3 } as const;

export function isNewer(now: OrderStatus, next: OrderStatus): boolean {
  if (next.status === 'sent') return false;
  if (now.status === 'failed' && now.code === 'notReached') return true;
  return RANK[next.status] > RANK[now.status] || (next.status === 'underWay' && now.status === 'underWay');
}

/** Orders that no terminal acknowledged before their deadline are failed. Returns how many. */
export function failUnreached(database: Queries, now: number): Promise<number> {
  return database.run(`update orders set status = $1 where status->>'status' = 'sent' and deadline <= $2`, [
    JSON.stringify({ status: 'failed', code: 'notReached' } satisfies OrderStatus),
    new Date(now),
  ]);
}

/** The next deadline of an order that is not acknowledged yet; null where there is none. */
export async function nextDeadline(database: Queries): Promise<number | null> {
  const [row] = await database.rows(
    z.object({ next: z.date().nullable() }),
    `select min(deadline) as next from orders where status->>'status' = 'sent'`,
  );
  return row?.next?.getTime() ?? null;
}

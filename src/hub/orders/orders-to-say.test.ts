import { describe, expect, it } from 'vitest';
import type { OrderRequest, OrderStatus } from '#shared/protocol/orders.ts';
import { ordersToSay } from './orders-to-say.ts';

const documentId = crypto.randomUUID();
const take: OrderRequest = {
  kind: 'take',
  documentId,
  size: 1,
  consoleId: crypto.randomUUID(),
  key: { enc: 'A'.repeat(87), key: 'A'.repeat(64) },
};
const show = (page: number): OrderRequest => ({ kind: 'show', documentId, page });
const shown: OrderStatus = { status: 'done', outcome: { kind: 'shown' } };
const taken: OrderStatus = { status: 'done', outcome: { kind: 'taken', pages: 3, fitted: [] } };

function said(...given: readonly (readonly [OrderRequest, OrderStatus])[]): readonly OrderRequest[] {
  const orders = given.map(([request, status]) => ({
    orderId: crypto.randomUUID(),
    visitId: documentId,
    request,
    status,
    createdAt: 0,
    deadline: 0,
  }));
  return ordersToSay(orders).map(({ request }) => request);
}

describe('what a terminal is told when it connects', () => {
  it('is what is open, whatever it is', () => {
    const scan: OrderRequest = { kind: 'scan', purpose: 'letter', source: 'flatbed' };
    expect(said([scan, { status: 'acknowledged' }], [show(1), { status: 'sent' }])).toEqual([scan, show(1)]);
  });

  it('is what lasts: documents, the page on the desk, the own picture', () => {
    const selfView: OrderRequest = { kind: 'selfView', on: true };
    expect(said([take, taken], [show(1), shown], [show(2), shown], [selfView, shown])).toEqual([
      take,
      show(2),
      selfView,
    ]);
  });

  it('is not what was undone, printed, scanned or failed', () => {
    const on: OrderRequest = { kind: 'selfView', on: true };
    const off: OrderRequest = { kind: 'selfView', on: false };
    const print: OrderRequest = { kind: 'print', documentId, copies: 1 };
    expect(
      said(
        [show(1), shown],
        [{ kind: 'clearDesk' }, shown],
        [on, shown],
        [off, shown],
        [print, { status: 'done', outcome: { kind: 'printed', pages: 3 } }],
        [take, { status: 'failed', code: 'documentBroken' }],
      ),
    ).toEqual([]);
  });
});

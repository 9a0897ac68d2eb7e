import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FailureCode, fail, succeed } from '#shared/failure.ts';
import type { Order, OrderRequest, OrderStatus } from '#shared/protocol/orders.ts';
import { createDesk } from './desk.ts';
import { createOrderDesk, type PaperHand } from './order-desk.ts';
import { type OrderJournal, openOrderJournal } from './order-journal.ts';

const VISIT = '0b1f8a52-2a53-4c0a-9d0e-6a1f6a3b2c11';
const DOCUMENT = 'b35c2f9e-54a1-4a1f-8a9b-7a4f6d7f1c10';
const picture = { bytes: new Uint8Array([1]), type: 'image/png', width: 100, height: 140, pages: 2 };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'order-desk-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function orderOf(request: OrderRequest, more: Partial<Order> = {}): Order {
  return { orderId: crypto.randomUUID(), visitId: VISIT, request, deadline: 1_000, ...more };
}

function setUp(
  hand: Partial<PaperHand> = {},
  offered = true,
  refusal: FailureCode | null = null,
  journal: OrderJournal = openOrderJournal(join(folder, 'orders')),
) {
  const ended: OrderStatus[] = [];
  const written: boolean[] = [];
  const told: [string, OrderStatus][] = [];
  const handed: { order: Order; resumed: boolean }[] = [];
  const desk = createDesk(() => undefined);
  const orders = createOrderDesk({
    desk,
    journal,
    paper: async () => ({
      order: (order, resumed) => handed.push({ order, resumed }),
      draw: async () => succeed(picture),
      ...hand,
    }),
    subtitles: (on) => {
      written.push(on);
      return on && !offered ? 'subtitlesNotOffered' : null;
    },
    shots: {
      begin: () => refusal,
      shoot: () => null,
      ended: (_orderId, status) => ended.push(status),
    },
    visitId: () => VISIT,
    tell: (orderId, status) => told.push([orderId, status]),
  });
  const take = (order: Order) => orders.take(order, 500);
  return {
    orders: { ...orders, take },
    desk,
    written,
    ended,
    told,
    handed,
    statuses: () => told.map(([, status]) => status.status),
  };
}

const print: OrderRequest = { kind: 'print', documentId: DOCUMENT, copies: 1 };
const scan: OrderRequest = { kind: 'scan', purpose: 'letter', source: 'flatbed' };

describe('an order for subtitles', () => {
  it('is done where the deployment offers them, and fails in words where it does not', () => {
    const there = setUp();
    there.orders.take(orderOf({ kind: 'subtitles', on: true }));
    there.orders.take(orderOf({ kind: 'subtitles', on: false }));
    expect(there.written).toEqual([true, false]);
    expect(there.statuses()).toEqual(['acknowledged', 'done', 'acknowledged', 'done']);
    const elsewhere = setUp({}, false);
    elsewhere.orders.take(orderOf({ kind: 'subtitles', on: true }));
    expect(elsewhere.told.at(-1)?.[1]).toEqual({ status: 'failed', code: 'subtitlesNotOffered' });
  });
});

describe('an order to hold a paper before the camera', () => {
  it('goes to the paper process, and its end is told to the camera', async () => {
    const { orders, handed, ended } = setUp();
    const aim = orderOf({ kind: 'aim' });
    orders.take(aim);
    await expect.poll(() => handed).toEqual([{ order: aim, resumed: false }]);
    const over: OrderStatus = { status: 'failed', code: 'cancelled' };
    orders.follow(aim.orderId, over);
    expect(ended).toEqual([over]);
  });

  it('is refused where there is nothing to hold it before', () => {
    const { orders, handed, told } = setUp({}, true, 'cameraCut');
    orders.take(orderOf({ kind: 'aim' }));
    expect(told.at(-1)?.[1]).toEqual({ status: 'failed', code: 'cameraCut' });
    expect(handed).toEqual([]);
  });

  it('that a restart cut is over', () => {
    const order = orderOf({ kind: 'aim' });
    setUp().orders.take(order);
    const { orders, handed, told } = setUp();
    orders.take(order);
    expect(told.at(-1)?.[1]).toEqual({ status: 'failed', code: 'interrupted' });
    expect(handed).toEqual([]);
  });
});

describe('an order', () => {
  it('is acknowledged and handed over once, however often it is sent', async () => {
    const { orders, handed, told } = setUp();
    const order = orderOf(print);
    orders.take(order);
    orders.take(order);
    await expect.poll(() => handed).toEqual([{ order, resumed: false }]);
    expect(told).toEqual([
      [order.orderId, { status: 'acknowledged' }],
      [order.orderId, { status: 'acknowledged' }],
    ]);
  });

  it('sent again after its end is answered with its end', () => {
    const { orders, told } = setUp();
    const order = orderOf(print);
    const end: OrderStatus = { status: 'done', outcome: { kind: 'printed', pages: 2 } };
    orders.take(order);
    orders.follow(order.orderId, end);
    orders.take(order);
    expect(told.at(-1)).toEqual([order.orderId, end]);
  });

  it('of another visit, or past its deadline, is refused and never begun', () => {
    const { orders, handed, told } = setUp();
    orders.take(orderOf(print, { visitId: crypto.randomUUID() }));
    orders.take(orderOf(print, { deadline: 499 }));
    expect(handed).toEqual([]);
    expect(told.map(([, status]) => status)).toEqual([
      { status: 'failed', code: 'visitOver' },
      { status: 'failed', code: 'notReached' },
    ]);
  });

  it('begun before a restart is followed, not done again; a scan says that it was interrupted', async () => {
    const before = setUp();
    const [job, pages] = [orderOf(print), orderOf(scan)];
    before.orders.take(job);
    before.orders.take(pages);

    const after = setUp();
    after.orders.take({ ...job, deadline: 1 });
    after.orders.take(pages);
    expect(after.told.at(-1)).toEqual([pages.orderId, { status: 'failed', code: 'interrupted' }]);
    await expect.poll(() => after.handed).toEqual([{ order: { ...job, deadline: 1 }, resumed: true }]);
  });

  it('that moves paper is not begun where the disk cannot note it; the rest goes on', async () => {
    const { orders, handed, told } = setUp({}, true, null, {
      wasBegun: () => false,
      begin: () => false,
      begun: () => [],
      clear: () => undefined,
    });
    for (const request of [print, scan, { kind: 'clearDesk' }] satisfies OrderRequest[])
      orders.take(orderOf(request));
    expect(told.map(([, status]) => status)).toEqual([
      { status: 'failed', code: 'printNoRoom' },
      { status: 'failed', code: 'scanNoRoom' },
      { status: 'acknowledged' },
      { status: 'done', outcome: { kind: 'shown' } },
    ]);
    expect(handed).toEqual([]);
  });

  it('begun before a restart waits for its document, which comes again', async () => {
    const before = setUp();
    const size = { size: 1, consoleId: DOCUMENT, key: { enc: 'A'.repeat(87), key: 'A'.repeat(64) } };
    const [taking, showing, job] = [
      orderOf({ kind: 'take', documentId: DOCUMENT, ...size }),
      orderOf({ kind: 'show', documentId: DOCUMENT, page: 1 }),
      orderOf(print),
    ];
    for (const order of [taking, showing, job]) before.orders.take(order);

    const after = setUp();
    for (const order of [taking, showing, job]) after.orders.take(order);
    await expect.poll(() => after.handed).toEqual([{ order: taking, resumed: true }]);
    expect(after.desk.sheet()).toEqual({ kind: 'empty' });
    after.orders.follow(taking.orderId, { status: 'done', outcome: { kind: 'taken', pages: 2, fitted: [] } });
    await expect.poll(() => after.handed.at(-1)).toEqual({ order: job, resumed: true });
    expect(after.desk.sheet()).toMatchObject({ kind: 'document', page: 1 });
  });

  it('under way ends with a reason when the paper process dies, and an ended one keeps its end', () => {
    const { orders, told } = setUp();
    const [ended, open] = [orderOf(print), orderOf(scan)];
    orders.take(ended);
    orders.take(open);
    orders.follow(ended.orderId, { status: 'done', outcome: { kind: 'printed', pages: 1 } });
    orders.failAll('unexpected');
    expect(told.filter(([, status]) => status.status === 'failed')).toEqual([
      [open.orderId, { status: 'failed', code: 'unexpected' }],
    ]);
  });
});

describe('a line that was dead without anyone knowing', () => {
  it('hears the latest of every order again', () => {
    const { orders, told } = setUp();
    const order = orderOf(print);
    const end: OrderStatus = { status: 'done', outcome: { kind: 'printed', pages: 2 } };
    orders.take(order);
    orders.follow(order.orderId, end);
    told.length = 0;
    orders.tellAgain();
    expect(told).toEqual([[order.orderId, end]]);
  });
});

describe('the desk', () => {
  it('shows the page and how many there are, then says so', async () => {
    const { orders, desk, statuses } = setUp();
    orders.take(orderOf({ kind: 'show', documentId: DOCUMENT, page: 2 }));
    await expect.poll(statuses).toEqual(['acknowledged', 'done']);
    expect(desk.sheet()).toMatchObject({ kind: 'document', documentId: DOCUMENT, page: 2, pages: 2 });
    expect(desk.picture(DOCUMENT, 2)?.type).toBe('image/png');
  });

  it('has the pages beside it ready, and no others', async () => {
    const drawn: number[] = [];
    const { orders, desk } = setUp({
      draw: async (_documentId, page) => {
        drawn.push(page);
        return succeed({ ...picture, pages: 5 });
      },
    });
    orders.take(orderOf({ kind: 'show', documentId: DOCUMENT, page: 2 }));
    await expect.poll(() => drawn).toEqual([2, 3, 1]);
    await expect.poll(() => desk.sheet()).toMatchObject({ page: 2, near: [{ page: 3 }, { page: 1 }] });
    expect(desk.picture(DOCUMENT, 3)?.type).toBe('image/png');
    orders.take(orderOf({ kind: 'show', documentId: DOCUMENT, page: 3 }));
    await expect.poll(() => desk.sheet()).toMatchObject({ page: 3, near: [{ page: 2 }, { page: 4 }] });
    expect(desk.picture(DOCUMENT, 1)).toBeNull();
    desk.clearSheet();
    for (const page of [2, 3, 4]) expect(desk.picture(DOCUMENT, page)).toBeNull();
  });

  it('keeps what it shows when the next page cannot be drawn', async () => {
    let broken = false;
    const { orders, desk, told } = setUp({
      draw: async () => (broken ? fail('documentBroken') : succeed(picture)),
    });
    orders.take(orderOf({ kind: 'show', documentId: DOCUMENT, page: 1 }));
    await expect.poll(() => told.length).toBe(2);
    broken = true;
    orders.take(orderOf({ kind: 'show', documentId: DOCUMENT, page: 2 }));
    await expect.poll(() => told.at(-1)?.[1]).toEqual({ status: 'failed', code: 'documentBroken' });
    expect(desk.sheet()).toMatchObject({ page: 1 });
  });

  it('gets nothing back after the visit was cleared, even from a drawing under way', async () => {
    let finish: () => void = () => undefined;
    let drawing = false;
    const { orders, desk, told } = setUp({
      draw: () =>
        new Promise((resolve) => {
          drawing = true;
          finish = () => resolve(succeed(picture));
        }),
    });
    orders.take(orderOf({ kind: 'show', documentId: DOCUMENT, page: 1 }));
    await expect.poll(() => drawing).toBe(true);
    orders.clear();
    desk.clear();
    finish();
    await Promise.resolve();
    await Promise.resolve();
    expect(desk.sheet()).toEqual({ kind: 'empty' });
    expect(told.map(([, status]) => status.status)).toEqual(['acknowledged']);
  });
});

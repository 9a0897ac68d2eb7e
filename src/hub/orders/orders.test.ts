import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HubToTerminal } from '#shared/protocol/messages.ts';
import type { OrderRequest, OrderStatus } from '#shared/protocol/orders.ts';
import type { ScannedPage } from '#shared/protocol/scanned-pages.ts';
import type { OrderView } from '#shared/protocol/views.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  counsellorView,
  createWorld,
  openVisit,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';
import type { TestConsole, TestTerminal } from '../testing/test-peers.ts';
import { isNewer } from './store.ts';

const untouched = { crop: null, angle: 0, turn: 0, cleaned: false } as const;
const page: ScannedPage = {
  documentId: crypto.randomUUID(),
  size: 1000,
  width: 10,
  height: 10,
  resolution: 300,
  purpose: 'letter',
  original: crypto.randomUUID(),
  corrections: untouched,
  found: untouched,
  blank: false,
};
const print = { kind: 'print', documentId: crypto.randomUUID(), copies: 1 } as const;
const scan = { kind: 'scan', purpose: 'letter', source: 'flatbed' } as const;
const printing = (printed: number): OrderStatus => ({
  status: 'underWay',
  progress: { kind: 'printing', state: 'printing', printed, pages: 9, reasons: [] },
});
const scanning = (percent: number, pages: ScannedPage[] = []): OrderStatus => ({
  status: 'underWay',
  progress: { kind: 'scanning', page: 1 + pages.length, percent, source: 'flatbed', growing: null, pages },
});

function ordersOf(terminal: TestTerminal) {
  return terminal.inbox.all.flatMap((message: HubToTerminal) =>
    message.type === 'order' ? [message.order] : [],
  );
}

function orderIn(console: TestConsole, orderId: string): OrderView | undefined {
  return counsellorView(console.view()).current?.orders.find((order) => order.orderId === orderId);
}

function untilStatus(console: TestConsole, orderId: string, wanted: (status: OrderStatus) => boolean) {
  return console.until((view) => {
    const found = counsellorView(view).current?.orders.find((order) => order.orderId === orderId);
    return found && wanted(found.status) && found.status;
  });
}

describe.each(testDatabases)('orders on $name', ({ open }) => {
  let opened: TestDatabase;
  let world: World;
  let hub: TestHub;

  beforeAll(async () => {
    opened = await open();
    world = await createWorld(opened.database);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await resetWorld(world);
    hub = await startTestHub(world);
  });
  afterEach(() => hub.close());

  async function give(console: TestConsole, visitId: string, request: OrderRequest): Promise<string> {
    const orderId = crypto.randomUUID();
    expect(await console.ask({ type: 'order', orderId, visitId, request })).toMatchObject({ ok: true });
    return orderId;
  }

  test('an order reaches the terminal, and every status the counsellor', async () => {
    const { terminal, nadia, visitId } = await openVisit(hub, world);
    const orderId = await give(nadia, visitId, print);
    expect(orderIn(nadia, orderId)?.status).toEqual({ status: 'sent' });
    const order = await terminal.inbox.find((message) => message.type === 'order' && message.order);
    expect(order).toMatchObject({ orderId, visitId, request: print });
    expect(order.deadline).toBeGreaterThan(Date.now() + 60_000);
    for (const status of [
      { status: 'acknowledged' },
      printing(1),
      printing(2),
      { status: 'done', outcome: { kind: 'printed', pages: 9 } },
    ] satisfies OrderStatus[]) {
      terminal.send({ type: 'order.status', orderId, status });
      await untilStatus(nadia, orderId, (seen) => JSON.stringify(seen) === JSON.stringify(status));
    }
  });

  test('an order tells what time it is by the clock of its deadline', async () => {
    await hub.close();
    const ahead = 7 * 60_000;
    hub = await startTestHub(world, { clock: () => Date.now() + ahead });
    const { terminal, nadia, visitId } = await openVisit(hub, world);
    const from = Date.now() + ahead;
    await give(nadia, visitId, print);
    const message = await terminal.inbox.find((got) => got.type === 'order' && got);
    expect(message.now).toBeGreaterThanOrEqual(from);
    expect(message.now).toBeLessThanOrEqual(Date.now() + ahead);
    // Sent again later, it tells the later time: what is left to the deadline is always right.
    await terminal.cut();
    const back = await hub.link(terminal);
    const again = await back.inbox.find((got) => got.type === 'order' && got);
    expect(again.order.deadline).toBe(message.order.deadline);
    expect(again.now).toBeGreaterThan(message.now);
  });

  test('the same order twice is one order', async () => {
    const { terminal, nadia, visitId } = await openVisit(hub, world);
    const orderId = crypto.randomUUID();
    const message = { type: 'order', orderId, visitId, request: print } as const;
    const answers = await Promise.all([nadia.ask(message), nadia.ask(message), nadia.ask(message)]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true]);
    await give(nadia, visitId, scan);
    await terminal.inbox.find((got) => got.type === 'order' && got.order.request.kind === 'scan');
    expect(ordersOf(terminal)).toHaveLength(2);
  });

  test('orders keep their sequence', async () => {
    const { terminal, nadia, visitId } = await openVisit(hub, world);
    const given = Array.from({ length: 12 }, () => crypto.randomUUID());
    await Promise.all(
      given.map((orderId) =>
        nadia.ask({
          type: 'order',
          orderId,
          visitId,
          request: { kind: 'show', documentId: orderId, page: 1 },
        }),
      ),
    );
    await expect.poll(() => ordersOf(terminal).map(({ orderId }) => orderId)).toEqual(given);
  });

  test('after a cut every open order is sent again, what is finished is not', async () => {
    const { terminal, nadia, visitId } = await openVisit(hub, world);
    const finished = await give(nadia, visitId, print);
    const acknowledged = await give(nadia, visitId, scan);
    terminal.send({
      type: 'order.status',
      orderId: finished,
      status: { status: 'done', outcome: { kind: 'printed', pages: 1 } },
    });
    terminal.send({ type: 'order.status', orderId: acknowledged, status: { status: 'acknowledged' } });
    await untilStatus(nadia, acknowledged, ({ status }) => status === 'acknowledged');
    await terminal.cut();
    const missed = await give(nadia, visitId, { kind: 'clearDesk' });
    const back = await hub.link(terminal);
    await expect.poll(() => ordersOf(back).map(({ orderId }) => orderId)).toEqual([acknowledged, missed]);
    // The visit comes before its orders.
    expect(back.inbox.all.findIndex(({ type }) => type === 'visit')).toBeLessThan(
      back.inbox.all.findIndex(({ type }) => type === 'order'),
    );
  });

  test('an order that no terminal acknowledges in time is not reached, and not sent again', async () => {
    await hub.close();
    hub = await startTestHub(world, { timings: { orderLifeFactor: 0.005 } });
    const { terminal, nadia, visitId } = await openVisit(hub, world);
    await terminal.cut();
    const orderId = await give(nadia, visitId, print);
    const status = await untilStatus(nadia, orderId, (seen) => seen.status === 'failed');
    expect(status).toEqual({ status: 'failed', code: 'notReached' });
    const back = await hub.link(terminal);
    const next = await give(nadia, visitId, { kind: 'clearDesk' });
    await expect.poll(() => ordersOf(back).map((order) => order.orderId)).toEqual([next]);
  });

  test('a database that fails at the deadline only delays it', async () => {
    await hub.close();
    let failures = 0;
    const restarting: World = {
      ...world,
      database: {
        ...world.database,
        run: (sql, values) => {
          if (!sql.startsWith('update orders set status = $1 where') || failures >= 2)
            return world.database.run(sql, values);
          failures += 1;
          return Promise.reject(new Error('the database system is shutting down'));
        },
      },
    };
    hub = await startTestHub(restarting, { timings: { orderLifeFactor: 0.005, alarmRetry: 20 } });
    const { nadia, visitId } = await openVisit(hub, world);
    failures = 0;
    const orderId = await give(nadia, visitId, print);
    await untilStatus(nadia, orderId, (seen) => seen.status === 'failed');
    expect(failures).toBe(2);
  });

  test('a deadline that passed while the hub was off is seen at its start', async () => {
    const { nadia, visitId, terminal } = await openVisit(hub, world);
    await terminal.cut();
    const orderId = await give(nadia, visitId, print);
    await hub.close();
    hub = await startTestHub(world, { clock: () => Date.now() + 121_000 });
    const back = await hub.sit('nadia');
    await untilStatus(back, orderId, (status) => status.status === 'failed' && status.code === 'notReached');
  });

  test('what the terminal did nevertheless counts more than “not reached”', async () => {
    await hub.close();
    hub = await startTestHub(world, { timings: { orderLifeFactor: 0.001 } });
    const { terminal, nadia, visitId } = await openVisit(hub, world);
    const orderId = await give(nadia, visitId, print);
    await untilStatus(nadia, orderId, (status) => status.status === 'failed');
    terminal.send({
      type: 'order.status',
      orderId,
      status: { status: 'done', outcome: { kind: 'printed', pages: 1 } },
    });
    await untilStatus(nadia, orderId, (status) => status.status === 'done');
  });

  test('done stays done, whatever comes late', async () => {
    const { terminal, nadia, visitId } = await openVisit(hub, world);
    const orderId = await give(nadia, visitId, print);
    const done = { status: 'done', outcome: { kind: 'printed', pages: 9 } } as const;
    const late: OrderStatus[] = [
      done,
      printing(3),
      { status: 'failed', code: 'printAborted' },
      { status: 'sent' },
    ];
    for (const status of late) terminal.send({ type: 'order.status', orderId, status });
    const marker = await give(nadia, visitId, { kind: 'clearDesk' });
    terminal.send({ type: 'order.status', orderId: marker, status: { status: 'acknowledged' } });
    await untilStatus(nadia, marker, ({ status }) => status === 'acknowledged');
    expect(orderIn(nadia, orderId)?.status).toEqual(done);
  });

  test('pages that a scan delivered survive the hub; the percentage in between may not', async () => {
    const { terminal, nadia, visitId } = await openVisit(hub, world);
    const orderId = await give(nadia, visitId, scan);
    for (const status of [scanning(10), scanning(90), scanning(0, [page]), scanning(55, [page])]) {
      terminal.send({ type: 'order.status', orderId, status });
    }
    await untilStatus(
      nadia,
      orderId,
      (status) =>
        status.status === 'underWay' && status.progress.kind === 'scanning' && status.progress.percent === 55,
    );
    await hub.close();
    hub = await startTestHub(world);
    const back = await hub.sit('nadia');
    expect(orderIn(back, orderId)?.status).toMatchObject({ progress: { kind: 'scanning', pages: [page] } });
  });

  test('pages that a scan delivered stay known where the terminal forgot them', async () => {
    const { terminal, nadia, visitId } = await openVisit(hub, world);
    const orderId = await give(nadia, visitId, scan);
    const cut = { status: 'failed', code: 'interrupted' } as const;
    for (const status of [scanning(10), scanning(0, [page]), scanning(55, [page]), cut]) {
      terminal.send({ type: 'order.status', orderId, status });
    }
    const ended = await untilStatus(nadia, orderId, ({ status }) => status === 'failed');
    expect(ended).toEqual({ ...cut, pages: [page] });
  });

  test('another terminal cannot speak of it', async () => {
    const { nadia, visitId } = await openVisit(hub, world);
    const other = await hub.link();
    const orderId = await give(nadia, visitId, print);
    for (const status of [{ status: 'acknowledged' }, printing(1), printing(2)] satisfies OrderStatus[]) {
      const before = other.inbox.all.length;
      other.send({ type: 'order.status', orderId, status });
      await expect.poll(() => other.inbox.all.at(before)).toEqual({ type: 'refused', code: 'notFound' });
    }
    expect(orderIn(nadia, orderId)?.status).toEqual({ status: 'sent' });
  });
});

test.each<[OrderStatus, OrderStatus, boolean]>([
  [{ status: 'sent' }, { status: 'acknowledged' }, true],
  [{ status: 'sent' }, { status: 'sent' }, false],
  [{ status: 'acknowledged' }, { status: 'acknowledged' }, false],
  [printing(1), printing(2), true],
  [printing(1), { status: 'acknowledged' }, false],
  [{ status: 'failed', code: 'printerJammed' }, printing(1), false],
  [{ status: 'failed', code: 'notReached' }, { status: 'acknowledged' }, true],
  [{ status: 'failed', code: 'notReached' }, { status: 'sent' }, false],
])('%j then %j: newer %s', (now, next, newer) => {
  expect(isNewer(now, next)).toBe(newer);
});

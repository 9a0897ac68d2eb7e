/** The hub with the embedded database that it has in service, on a disk that fills up for real. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayMount, mountSmallDisk, type SmallDisk } from '#rig/small-disk.ts';
import type { OrderStatus } from '#shared/protocol/orders.ts';
import type { Database } from './database/database.ts';
import { migrate } from './database/migrate.ts';
import { openPglite } from './database/pglite-database.ts';
import { allOrders } from './orders/store.ts';
import {
  counsellorView,
  createWorld,
  openVisit,
  startTestHub,
  type TestHub,
  type World,
} from './testing/test-hub.ts';

const MB = 1024 * 1024;
/** More orders than fit in what is left of a table's last page. */
const MANY = 400;

describe.skipIf(!mayMount)('a hub whose disk is full', () => {
  let folder: string;
  let disk: SmallDisk;
  let database: Database;
  let world: World;
  let hub: TestHub;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hub-disk-'));
    disk = mountSmallDisk(folder, 150 * MB);
    database = await openPglite(join(folder, 'postgresql'));
    await migrate(database);
    world = await createWorld(database);
    hub = await startTestHub(world, { timings: { alarmRetry: 200 } });
  }, 60_000);
  afterAll(async () => {
    await hub.close();
    await database.close();
    disk.close();
    rmSync(folder, { recursive: true });
  });

  it('refuses orders in words, shows what the terminal did all the same, and heals', async () => {
    const { terminal, nadia, visitId } = await openVisit(hub, world);
    const give = async (orderId: string) =>
      nadia.ask({ type: 'order', orderId, visitId, request: { kind: 'clearDesk' } });
    const first = crypto.randomUUID();
    expect(await give(first)).toMatchObject({ ok: true });

    disk.fill();
    let refused: unknown = null;
    const accepted = new Set([first]);
    for (let given = 0; given < MANY && refused === null; given += 1) {
      const orderId = crypto.randomUUID();
      const answer = await give(orderId);
      if (answer.ok) accepted.add(orderId);
      else refused = answer;
    }
    expect(refused).toMatchObject({ ok: false, code: 'hubNoRoom' });
    // What was refused is not done, what was accepted is there.
    const orders = await allOrders(database);
    expect(new Set(orders.map(({ orderId }) => orderId))).toEqual(accepted);

    // The terminal says what it did until one of its words cannot be written: the counsellor sees it all the same.
    const done: OrderStatus = { status: 'done', outcome: { kind: 'shown' } };
    for (const orderId of accepted) terminal.send({ type: 'order.status', orderId, status: done });
    await nadia.until((view) => {
      const { current } = counsellorView(view);
      return current?.orders.every(({ status }) => status.status === 'done');
    });
    const unwritten = async () =>
      (await allOrders(database)).filter(({ status }) => status.status !== 'done').length;
    expect(await unwritten()).toBeGreaterThan(0);

    disk.makeRoom();
    // Cut once: it comes back, and says everything again.
    expect(await terminal.closed).toBe(1001);
    const back = await hub.link(terminal);
    for (const orderId of accepted) back.send({ type: 'order.status', orderId, status: done });
    await expect.poll(unwritten, { timeout: 60_000 }).toBe(0);
    expect(await give(crypto.randomUUID())).toMatchObject({ ok: true });
  }, 120_000);
});

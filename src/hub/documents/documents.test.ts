import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DOCUMENT_RANGE_BYTES } from '#shared/protocol/documents.ts';
import { testDatabases } from '../testing/test-databases.ts';
import {
  createWorld,
  openVisit,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';
import { openTestConsole } from '../testing/test-peers.ts';

// In memory only: the database plays no part, one is enough.
describe('documents', () => {
  let close: () => Promise<void>;
  let world: World;
  let hub: TestHub;

  beforeAll(async () => {
    const opened = await testDatabases[0].open();
    close = opened.close;
    world = await createWorld(opened.database);
  });
  afterAll(() => close());
  beforeEach(async () => {
    await resetWorld(world);
    hub = await startTestHub(world);
  });
  afterEach(() => hub.close());

  const bytes = (length: number) => new Uint8Array(randomBytes(length));
  const want = (documentId: string, offset = 0) =>
    ({ type: 'document.want', documentId, offset, length: DOCUMENT_RANGE_BYTES }) as const;

  test('the terminal asks, the console that gave the order answers, byte for byte', async () => {
    const { terminal, nadia, visitId } = await openVisit(hub, world);
    const documentId = crypto.randomUUID();
    const request = {
      kind: 'take',
      documentId,
      size: 10,
      consoleId: crypto.randomUUID(),
      key: { enc: 'A'.repeat(87), key: 'A'.repeat(64) },
    } as const;
    await nadia.ask({ type: 'order', orderId: crypto.randomUUID(), visitId, request });
    const elsewhere = await openTestConsole(hub.origin, await hub.logIn('nadia'));
    terminal.send(want(documentId, 262_144));
    expect(await nadia.inbox.find((message) => message.type === 'document.want' && message)).toEqual(
      want(documentId, 262_144),
    );
    const payload = bytes(DOCUMENT_RANGE_BYTES);
    nadia.sendFrame({ documentId, offset: 262_144, payload });
    const frame = await terminal.frames.find((received) => received);
    expect(frame.offset).toBe(262_144);
    expect(Buffer.from(frame.payload).equals(payload)).toBe(true);
    // The second window has no part in it: neither asked, nor able to declare the document gone.
    expect(elsewhere.inbox.all.filter(({ type }) => type !== 'view')).toEqual([]);
    elsewhere.send({ type: 'document.gone', documentId });
    nadia.send({ type: 'document.gone', documentId: crypto.randomUUID() });
    await terminal.inbox.find((message) => message.type === 'document.gone');
    expect(terminal.inbox.all.filter(({ type }) => type === 'document.gone')).toHaveLength(1);
  });

  test('the console asks for a scanned page and gets it; a window that did not ask does not', async () => {
    const { terminal, nadia } = await openVisit(hub, world);
    const elsewhere = await openTestConsole(hub.origin, await hub.logIn('nadia'));
    const documentId = crypto.randomUUID();
    nadia.send(want(documentId));
    await terminal.inbox.find(
      (message) => message.type === 'document.want' && message.documentId === documentId,
    );
    terminal.sendFrame({ documentId, offset: 0, payload: bytes(100) });
    expect((await nadia.frames.find((frame) => frame)).documentId).toBe(documentId);
    terminal.send({ type: 'document.gone', documentId });
    await nadia.inbox.find((message) => message.type === 'document.gone');
    expect(elsewhere.frames.all).toEqual([]);
  });

  test('after a restart of the hub, the newest console is asked', async () => {
    const { terminal } = await openVisit(hub, world);
    await hub.close();
    hub = await startTestHub(world);
    const nadia = await hub.sit('nadia');
    const back = await hub.link(terminal);
    const documentId = crypto.randomUUID();
    back.send(want(documentId));
    await nadia.inbox.find(
      (message) => message.type === 'document.want' && message.documentId === documentId,
    );
  });

  test('nobody else’s console or terminal sees or sends any of it', async () => {
    const { terminal, nadia } = await openVisit(hub, world);
    const stranger = await hub.link();
    const julien = await hub.sit('julien');
    const documentId = crypto.randomUUID();
    julien.send(want(documentId));
    await julien.inbox.find((message) => message.type === 'refused' && message.code === 'visitOver');
    julien.sendFrame({ documentId, offset: 0, payload: bytes(10) });
    stranger.send(want(documentId));
    await stranger.inbox.find((message) => message.type === 'refused' && message.code === 'visitOver');
    stranger.sendFrame({ documentId, offset: 0, payload: bytes(10) });
    nadia.send(want(documentId));
    terminal.sendFrame({ documentId, offset: 7, payload: bytes(10) });
    expect((await nadia.frames.find((frame) => frame)).offset).toBe(7);
    expect(nadia.frames.all).toHaveLength(1);
    expect(julien.frames.all).toEqual([]);
    expect(stranger.frames.all).toEqual([]);
    expect(terminal.frames.all).toEqual([]);
  });

  test('a clerk who sends documents is refused, cut and audited', async () => {
    await openVisit(hub, world);
    const clerk = await hub.sit('clerk');
    clerk.sendFrame({ documentId: crypto.randomUUID(), offset: 0, payload: bytes(10) });
    await clerk.inbox.find((message) => message.type === 'refused' && message.code === 'forbidden');
    expect(await clerk.closed).toBe(4401);
  });

  test('after the end nothing passes any more', async () => {
    const { terminal, nadia, visitId } = await openVisit(hub, world);
    const documentId = crypto.randomUUID();
    nadia.send(want(documentId));
    await terminal.inbox.find((message) => message.type === 'document.want');
    await nadia.ask({ type: 'endVisit', visitId });
    terminal.sendFrame({ documentId, offset: 0, payload: bytes(10) });
    await terminal.inbox.find((message) => message.type === 'refused' && message.code === 'visitOver');
    nadia.sendFrame({ documentId, offset: 0, payload: bytes(10) });
    await nadia.inbox.find((message) => message.type === 'refused' && message.code === 'visitOver');
    expect(nadia.frames.all).toEqual([]);
    expect(terminal.frames.all).toEqual([]);
  });

  test('a frame that is none, too long, or absurd ends at the hub', async () => {
    const { terminal, nadia } = await openVisit(hub, world);
    nadia.socket.send(Buffer.from([9, 9, 9]), { binary: true });
    await nadia.inbox.find((message) => message.type === 'refused' && message.code === 'invalidMessage');
    nadia.sendFrame({ documentId: crypto.randomUUID(), offset: 0, payload: bytes(DOCUMENT_RANGE_BYTES + 1) });
    await expect.poll(() => nadia.inbox.all.filter(({ type }) => type === 'refused').length).toBe(2);
    nadia.sendFrame({ documentId: crypto.randomUUID(), offset: 0, payload: bytes(DOCUMENT_RANGE_BYTES * 2) });
    expect(await nadia.closed).toBe(1009);
    expect(terminal.frames.all).toEqual([]);
  });

  test('a reader that does not read makes the writer wait, not the hub swell', async () => {
    const { terminal, nadia } = await openVisit(hub, world);
    terminal.socket.pause();
    const documentId = crypto.randomUUID();
    const payload = bytes(DOCUMENT_RANGE_BYTES);
    const count = 400; // 100 MB
    for (let i = 0; i < count; i += 1) nadia.sendFrame({ documentId, offset: i, payload });
    const held = () =>
      Math.max(...[...hub.app.websocketServer.clients].map(({ bufferedAmount }) => bufferedAmount));
    await expect.poll(held, { timeout: 25_000 }).toBeGreaterThan(4 * 1024 * 1024);
    // What the hub did not take waits in the sender, and a few megabytes in the hub.
    expect(nadia.socket.bufferedAmount).toBeGreaterThan(60 * 1024 * 1024);
    expect(held()).toBeLessThan(8 * 1024 * 1024);
    terminal.socket.resume();
    await terminal.frames.find((frame) => frame.offset === count - 1);
    expect(terminal.frames.all.map(({ offset }) => offset)).toEqual(
      Array.from({ length: count }, (_, i) => i),
    );
  });
});

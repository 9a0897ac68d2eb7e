/** Two hubs on one PostgreSQL, the terminal connected to one and people to the other: as if they were one hub. */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { DOCUMENT_RANGE_BYTES } from '#shared/protocol/documents.ts';
import type { OrderStatus } from '#shared/protocol/orders.ts';
import { type FromRoom, fromRoom } from '../room/signal-contract.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  auditTrail,
  counsellorView,
  createWorld,
  reportOf,
  resetWorld,
  startTestHub,
  type TestHub,
  type TestHubOptions,
  type World,
} from '../testing/test-hub.ts';
import { linkTestTerminal, signedWipe, type TestConsole } from '../testing/test-peers.ts';

const peer = { host: '127.0.0.1', port: 0 };
const untouched = { crop: null, angle: 0, turn: 0, cleaned: false } as const;

describe('several hubs on one PostgreSQL', () => {
  let opened: TestDatabase;
  let world: World;
  let hubs: TestHub[] = [];
  let here: TestHub;
  let there: TestHub;

  const start = async (options: TestHubOptions = {}): Promise<TestHub> => {
    const hub = await startTestHub(world, { peer, ...options });
    hubs.push(hub);
    return hub;
  };

  beforeAll(async () => {
    const postgres = testDatabases.find(({ name }) => name === 'PostgreSQL');
    if (!postgres) throw new Error('PostgreSQL is not among the databases of the tests.');
    opened = await postgres.open();
    world = await createWorld(opened.database);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await resetWorld(world);
    hubs = [];
    here = await start();
    there = await start();
  });
  afterEach(async () => {
    for (const hub of hubs) await hub.close();
  });

  const announcement = (terminalId: string) =>
    ({
      type: 'announce',
      terminalId,
      bodyId: world.bodies.office,
      residentName: 'Madame Martin',
      showName: true,
      motive: 'Aide au logement',
      consent: true,
    }) as const;

  /** The terminal is connected to `there`, clerk and counsellor to `here`. */
  async function openVisit() {
    const terminal = await there.link();
    const clerk = await here.sit('clerk');
    const nadia = await here.sit('nadia');
    expect(await clerk.ask(announcement(terminal.terminalId))).toMatchObject({ ok: true });
    const { visitId } = await nadia.until((view) => counsellorView(view).queue[0]);
    expect(await nadia.ask({ type: 'pickUp', visitId })).toMatchObject({ ok: true });
    const told = await terminal.untilVisit(({ visit }) => visit?.stage === 'inCall' && visit);
    return { terminal, clerk, nadia, visitId, told };
  }

  const untilStatus = (console: TestConsole, orderId: string, wanted: (status: OrderStatus) => boolean) =>
    console.until((view) => {
      const found = counsellorView(view).current?.orders.find((order) => order.orderId === orderId);
      return found && wanted(found.status) && found.status;
    });

  test('who is connected to one is seen at the other, until he leaves', async () => {
    const operator = await here.sit('operator');
    const clerk = await here.sit('clerk');
    const online = () =>
      operator.until((view) => view.role === 'operator' && view.terminals.some((one) => one.online));
    const terminal = await there.link();
    await online();
    const nadia = await there.sit('nadia');
    const counsellors = (count: number) =>
      clerk.until(
        (view) =>
          view.role === 'clerk' &&
          view.bodies.some(
            ({ bodyId, counsellorsOnline }) => bodyId === world.bodies.office && counsellorsOnline === count,
          ),
      );
    await counsellors(1);
    await nadia.cut();
    await counsellors(0);
    await terminal.cut();
    await operator.until((view) => view.role === 'operator' && view.terminals.every((one) => !one.online));
  });

  test('a visit from its announcement to the proof of its wipe', async () => {
    const { terminal, nadia, clerk, visitId, told } = await openVisit();
    expect(told.counsellorPresent).toBe(true);
    terminal.send({ type: 'report', report: reportOf('inCall', visitId) });
    await nadia.until((view) => counsellorView(view).current?.terminal.report?.stage === 'inCall');
    expect(await nadia.ask({ type: 'endVisit', visitId })).toMatchObject({ ok: true });
    await terminal.untilVisit(({ ended }) => ended === 'completed');
    const proof = { ok: true, at: Date.now(), visitId, checked: [] };
    terminal.send({ type: 'wipe', report: signedWipe(terminal, proof) });
    await clerk.until((view) => view.role === 'clerk' && view.terminals[0]?.lastWipe?.visitId === visitId);
  });

  test('an order reaches the terminal once, and all of its progress the counsellor, the newest last', async () => {
    const { terminal, nadia, visitId } = await openVisit();
    const orderId = crypto.randomUUID();
    const request = { kind: 'scan', purpose: 'letter', source: 'flatbed' } as const;
    expect(await nadia.ask({ type: 'order', orderId, visitId, request })).toMatchObject({ ok: true });
    await terminal.inbox.find((message) => message.type === 'order' && message.order.orderId === orderId);
    const scanning = (percent: number, pages: object[] = []) =>
      ({
        status: 'underWay',
        progress: { kind: 'scanning', page: 1, percent, source: 'flatbed', growing: null, pages },
      }) as OrderStatus;
    const page = {
      ...{ documentId: crypto.randomUUID(), size: 1000, width: 10, height: 10, resolution: 300 },
      ...{ purpose: 'letter', original: crypto.randomUUID(), corrections: untouched },
      ...{ found: untouched, blank: false },
    };
    for (const status of [scanning(1), scanning(40)]) {
      terminal.send({ type: 'order.status', orderId, status });
      await untilStatus(nadia, orderId, (seen) => JSON.stringify(seen) === JSON.stringify(status));
    }
    const delivered = scanning(0, [page]);
    terminal.send({ type: 'order.status', orderId, status: delivered });
    await untilStatus(nadia, orderId, (seen) => JSON.stringify(seen) === JSON.stringify(delivered));
    expect(
      terminal.inbox.all.filter((message) => message.type === 'order' && message.order.orderId === orderId),
    ).toHaveLength(1);
  });

  test('documents pass both ways, byte for byte, to the page that they are for', async () => {
    const { terminal, nadia, visitId } = await openVisit();
    const other = await there.sit('nadia');
    const bytes = (length: number) => new Uint8Array(randomBytes(length));
    const want = (documentId: string, offset = 0) =>
      ({ type: 'document.want', documentId, offset, length: DOCUMENT_RANGE_BYTES }) as const;
    const documentId = crypto.randomUUID();
    const request = {
      kind: 'take',
      documentId,
      size: 10,
      consoleId: crypto.randomUUID(),
      key: { enc: 'A'.repeat(87), key: 'A'.repeat(64) },
    } as const;
    await nadia.ask({ type: 'order', orderId: crypto.randomUUID(), visitId, request });
    terminal.send(want(documentId, 262_144));
    expect(await nadia.inbox.find((message) => message.type === 'document.want' && message)).toEqual(
      want(documentId, 262_144),
    );
    const payload = bytes(DOCUMENT_RANGE_BYTES);
    nadia.sendFrame({ documentId, offset: 262_144, payload });
    const frame = await terminal.frames.find((received) => received);
    expect(Buffer.from(frame.payload).equals(payload)).toBe(true);

    const scanned = crypto.randomUUID();
    nadia.send(want(scanned));
    await terminal.inbox.find(
      (message) => message.type === 'document.want' && message.documentId === scanned,
    );
    for (let range = 0; range < 40; range += 1) {
      terminal.sendFrame({ documentId: scanned, offset: range * DOCUMENT_RANGE_BYTES, payload });
    }
    const last = await nadia.frames.find((one) => one.offset === 39 * DOCUMENT_RANGE_BYTES && one);
    expect(Buffer.from(last.payload).equals(payload)).toBe(true);
    expect(nadia.frames.all.map(({ offset }) => offset / DOCUMENT_RANGE_BYTES)).toEqual([
      ...Array(40).keys(),
    ]);
    // The window at the terminal's own hub asked for none of it.
    expect(other.frames.all).toEqual([]);
    expect(other.inbox.all.filter(({ type }) => type !== 'view' && type !== 'beat')).toEqual([]);
  });

  test('the built-in room has its two guests at two hubs', async () => {
    const { terminal, nadia } = await openVisit();
    const ticketT = await terminal.untilVisit(({ visit }) => visit?.room);
    const ticketC = await nadia.until((view) => counsellorView(view).current?.room);
    const face = await enterRoom(there.roomOrigin, ticketT.jwt ?? '');
    await face.until(({ type }) => type === 'welcome');
    const page = await enterRoom(here.roomOrigin, ticketC.jwt ?? '');
    const welcome = await page.until((message) => message.type === 'welcome' && message);
    expect(welcome.peers[0]?.session).toBe(face.session);
    await face.until((message) => message.type === 'peer' && message.peer.session === page.session);
    const data = { kind: 'media', audio: true, video: false } as const;
    for (const [from, to] of [
      [face, page],
      [page, face],
    ] as const) {
      from.say({ type: 'signal', to: to.session, data });
      expect(
        await to.until(
          (message) => message.type === 'signal' && message.from === from.session && message.data,
        ),
      ).toEqual(data);
    }
    page.socket.terminate();
    await face.until((message) => message.type === 'away' && message.session === page.session);
    const again = await enterRoom(here.roomOrigin, ticketC.jwt ?? '');
    await face.until((message) => message.type === 'peer' && message.peer.session === again.session);
    again.say({ type: 'leave' });
    await face.until((message) => message.type === 'left' && message.session === again.session);
    await enterRoom(here.roomOrigin, ticketC.jwt ?? '').then(async (third) => {
      await third.until(({ type }) => type === 'welcome');
      const current = await nadia.until((view) => counsellorView(view).current);
      await nadia.ask({ type: 'endVisit', visitId: current.visit.visitId });
      await Promise.all([third, face].map((guest) => guest.until(({ type }) => type === 'over')));
    });
  });

  test('a terminal that comes back to another hub has its place there, and only there', async () => {
    const identity = await there.enrol();
    const first = await there.link(identity);
    const clerk = await here.sit('clerk');
    await clerk.ask(announcement(identity.terminalId));
    await first.untilVisit(({ visit }) => visit);
    const second = await here.link(identity);
    expect(await first.closed).toBe(4409);
    expect(second.visit().visit?.stage).toBe('queued');
    const view = await clerk.until((one) => one.role === 'clerk' && one);
    expect(view.terminals[0]?.online).toBe(true);
    expect([...there.hub.switchboard.ownTerminals()]).toEqual([]);
  });

  test('a log-out sends the same session’s pages away at every hub', async () => {
    const cookie = await here.logIn('operator');
    const page = await there.sit('operator');
    world.cookies.delete('operator');
    await here.post('/api/log-out', {}, { cookie });
    expect(await page.closed).toBe(4401);
  });

  test('the clerk’s test of a terminal that is connected elsewhere', async () => {
    const terminal = await there.link();
    terminal.send({ type: 'report', report: reportOf('idle', null) });
    const clerk = await here.sit('clerk');
    await clerk.until((view) => view.role === 'clerk' && view.terminals[0]?.report?.stage === 'idle');
    expect(await clerk.ask({ type: 'selfTest', terminalId: terminal.terminalId })).toMatchObject({
      ok: true,
    });
    await terminal.inbox.find((message) => message.type === 'selfTest' && message.origin === 'clerk');
  });

  test('a hub that gives no sign of life any more loses its seats, and takes back what nobody took from it', async () => {
    const operator = await here.sit('operator');
    const terminal = await there.link();
    await operator.until((view) => view.role === 'operator' && view.terminals[0]?.online);
    await world.database.run("update hubs set seen_at = seen_at - interval '1 minute' where id = $1", [
      there.hub.neighbours.hubId,
    ]);
    // Paused or dead: the others cannot tell.
    await operator.until((view) => view.role === 'operator' && !view.terminals[0]?.online);
    await operator.until((view) => view.role === 'operator' && view.terminals[0]?.online);
    expect(terminal.socket.readyState).toBe(WebSocket.OPEN);
  });

  test('the connection that listens is lost: what was said meanwhile is read', async () => {
    const clerk = await here.sit('clerk');
    const terminal = await there.link();
    await world.database.rows(
      z.unknown(),
      "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %' or query = 'select 1'",
    );
    expect(await clerk.ask(announcement(terminal.terminalId))).toMatchObject({ ok: true });
    await terminal.untilVisit(({ visit }) => visit);
  });

  test('what is due is done once, whichever hubs look', async () => {
    for (const hub of hubs) await hub.close();
    hubs = [];
    let now = Date.now();
    const clock = () => now;
    const three = [await start({ clock }), await start({ clock }), await start({ clock })];
    const identity = await three[0]?.enrol();
    if (!identity || !three[0]) throw new Error('No hub.');
    const terminal = await linkTestTerminal(three[0].origin, identity);
    const clerk = await three[1]?.sit('clerk');
    await clerk?.ask(announcement(identity.terminalId));
    await terminal.untilVisit(({ visit }) => visit);
    now += 5 * 3_600_000;
    await Promise.all(three.map((hub) => hub.hub.watch()));
    await terminal.untilVisit(({ ended }) => ended === 'terminalTimeout');
    expect((await auditTrail(world)).filter(({ action }) => action === 'endVisit')).toHaveLength(1);
    const [kept] = await world.database.rows(
      z.object({ count: z.number() }),
      'select count(*)::int as count from past_visits',
    );
    expect(kept?.count).toBe(1);
  });

  test('an order’s deadline is kept though the hub that took it is gone', async () => {
    const third = await start({ timings: { orderLifeFactor: 0.01 } });
    const terminal = await there.link();
    const clerk = await here.sit('clerk');
    const nadia = await third.sit('nadia');
    await clerk.ask(announcement(terminal.terminalId));
    const { visitId } = await nadia.until((view) => counsellorView(view).queue[0]);
    await nadia.ask({ type: 'pickUp', visitId });
    const orderId = crypto.randomUUID();
    await nadia.ask({ type: 'order', orderId, visitId, request: { kind: 'clearDesk' } });
    // Its alarm dies with it.
    third.hub.deadlines.stop();
    const elsewhere = await here.sit('nadia');
    await untilStatus(elsewhere, orderId, ({ status }) => status === 'failed');
  });

  test('whoever does not have the secret gets no link', async () => {
    const [row] = await world.database.rows(z.object({ address: z.string() }), 'select address from hubs');
    const [host = '', port] = (row?.address ?? '').split(':');
    const refused = await new Promise<string>((resolve) => {
      const socket = connect({
        host,
        port: Number(port),
        ciphers: 'ECDHE-PSK-CHACHA20-POLY1305',
        maxVersion: 'TLSv1.2',
        pskCallback: () => ({ psk: randomBytes(32), identity: 'vis-a-vis-hub' }),
        checkServerIdentity: () => undefined,
      });
      socket.on('secureConnect', () => resolve('let in'));
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
    });
    expect(refused).not.toBe('let in');
  });
});

async function enterRoom(origin: string, token: string) {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/room-signal`, { origin });
  const heard: FromRoom[] = [];
  const looks = new Set<() => void>();
  socket.on('message', (bytes) => {
    heard.push(fromRoom.parse(JSON.parse(String(bytes))));
    for (const look of [...looks]) look();
  });
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  const session = crypto.randomUUID();
  const say = (message: unknown) => socket.send(JSON.stringify(message));
  say({ type: 'join', token, session });
  return {
    socket,
    session,
    say,
    until: <T>(wanted: (message: FromRoom) => T | false | undefined | null) =>
      new Promise<T>((resolve) => {
        let next = 0;
        const look = () => {
          for (; next < heard.length; next += 1) {
            const found = wanted(heard[next] as FromRoom);
            if (!found) continue;
            looks.delete(look);
            return resolve(found);
          }
        };
        looks.add(look);
        look();
      }),
  };
}

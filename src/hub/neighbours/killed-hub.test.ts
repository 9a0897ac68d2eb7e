/** Hubs as processes behind one address: the one that is killed with -9 takes no visit with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../database/open-database.ts';
import { readSecret } from '../secret.ts';
import { type PostgresServer, startPostgres } from '../testing/test-databases.ts';
import { counsellorView, createWorld, enrolWith, logInTo, type World } from '../testing/test-hub.ts';
import { linkTestTerminal, openTestConsole, type TestTerminal } from '../testing/test-peers.ts';

const SERVER = join(import.meta.dirname, '../server.ts');

interface Balancer {
  readonly origin: string;
  /** Each new connection goes to the first of these that answers. */
  backends: number[];
  readonly close: () => void;
}

async function openBalancer(): Promise<Balancer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => dial(client, [...balancer.backends]));
  function dial(client: Socket, [port, ...others]: number[]): void {
    if (port === undefined) return void client.destroy();
    const backend = connect(port, '127.0.0.1');
    backend.once('connect', () => {
      for (const socket of [client, backend]) sockets.add(socket);
      client.pipe(backend).pipe(client);
      backend.on('close', () => client.destroy());
      client.on('close', () => backend.destroy());
    });
    backend.once('error', () => (backend.connecting || !sockets.has(client) ? dial(client, others) : null));
    client.on('error', () => client.destroy());
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const balancer: Balancer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    backends: [],
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  return balancer;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface HubProcess {
  readonly port: number;
  readonly kill: () => Promise<void>;
}

let folder: string;
let postgres: PostgresServer;
let front: Balancer;
let room: Balancer;
let world: World;
let running: HubProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hubs kill '));
  postgres = await startPostgres();
  front = await openBalancer();
  room = await openBalancer();
  const database = await openDatabase({ kind: 'url', url: postgres.url }, console.error);
  // The hubs' own secret: what is sealed with it is read by all of them.
  world = await createWorld(database, readSecret(join(folder, 'secret')));
});
afterEach(async () => {
  for (const hub of running) await hub.kill();
  running = [];
  front.close();
  room.close();
  await world.database.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<HubProcess> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [SERVER], {
    env: {
      PATH: process.env.PATH ?? '',
      HUB_SECRET_FILE: join(folder, 'secret'),
      DATABASE_URL: postgres.url,
      HUB_PORT: String(port),
      ROOM_PORT: String(await freePort()),
      HUB_ORIGIN: front.origin,
      ROOM_ORIGIN: room.origin,
      HUB_PEER_ADDRESS: '127.0.0.1:0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    ended.then(() => reject(new Error('The hub ended.')), reject);
  });
  const hub = {
    port,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
  running.push(hub);
  return hub;
}

const ordersOf = (terminal: TestTerminal) =>
  terminal.inbox.all.flatMap((message) => (message.type === 'order' ? [message.order.orderId] : []));

test('each hub of a visit is killed in turn, and the visit ends as it should', async () => {
  const [a, b] = [await start(), await start()];
  const cookie = { clerk: '', nadia: '' };
  front.backends = [a.port, b.port];
  cookie.clerk = await logInTo(front.origin, 'secretaire@saint-martin.example');
  cookie.nadia = await logInTo(front.origin, 'nadia@office.example');
  const identity = await enrolWith(front.origin, world.demo.enrolmentCode);
  const clerk = await openTestConsole(front.origin, cookie.clerk);
  let nadia = await openTestConsole(front.origin, cookie.nadia);
  front.backends = [b.port, a.port];
  let terminal = await linkTestTerminal(front.origin, identity);
  const { terminalId } = identity;
  const announced = await clerk.ask({
    ...{ type: 'announce', terminalId, bodyId: world.bodies.office, residentName: 'Madame Martin' },
    ...{ showName: true, motive: 'Aide au logement', consent: true },
  });
  expect(announced).toMatchObject({ ok: true });
  const { visitId } = await nadia.until((view) => counsellorView(view).queue[0]);
  await nadia.ask({ type: 'pickUp', visitId });
  await terminal.untilVisit(({ visit }) => visit?.stage === 'inCall');
  const give = async () => {
    const orderId = crypto.randomUUID();
    const request = { kind: 'print', documentId: crypto.randomUUID(), copies: 1 } as const;
    expect(await nadia.ask({ type: 'order', orderId, visitId, request })).toMatchObject({ ok: true });
    return orderId;
  };
  const untilDone = (orderId: string) =>
    nadia.until((view) =>
      counsellorView(view).current?.orders.some(
        (one) => one.orderId === orderId && one.status.status === 'done',
      ),
    );
  const done = { status: 'done', outcome: { kind: 'printed', pages: 1 } } as const;
  const first = await give();
  await terminal.inbox.find((message) => message.type === 'order' && message.order.orderId === first);
  terminal.send({ type: 'order.status', orderId: first, status: done });
  await untilDone(first);

  // The terminal's hub, with an order under way.
  const second = await give();
  await b.kill();
  await terminal.closed;
  terminal = await linkTestTerminal(front.origin, identity);
  expect(terminal.visit().visit).toMatchObject({ visitId, stage: 'inCall', counsellorPresent: true });
  await terminal.inbox.find((message) => message.type === 'order' && message.order.orderId === second);
  terminal.send({ type: 'order.status', orderId: second, status: done });
  await untilDone(second);
  // What was printed is not asked for again.
  expect(ordersOf(terminal)).toEqual([second]);

  // Now everyone's.
  const c = await start();
  front.backends = [c.port];
  await a.kill();
  await Promise.all([terminal.closed, nadia.closed, clerk.closed]);
  terminal = await linkTestTerminal(front.origin, identity);
  nadia = await openTestConsole(front.origin, cookie.nadia);
  await nadia.until((view) => counsellorView(view).current?.terminal.online);
  expect(ordersOf(terminal)).toEqual([]);
  expect(await nadia.ask({ type: 'endVisit', visitId })).toMatchObject({ ok: true });
  await terminal.untilVisit(({ ended }) => ended === 'completed');
});

import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { decodeDocumentFrame, encodeDocumentFrame } from '#shared/document-frame.ts';
import type { ConsoleToHub, HubToConsole } from '#shared/protocol/messages.ts';
import { createHubLink, type HubLink, type HubLinkSettings } from './hub-link.ts';

interface TestHub {
  readonly url: string;
  readonly received: ConsoleToHub[];
  readonly frames: Uint8Array[];
  readonly sockets: Set<ServerSocket>;
  connections: number;
  onMessage: (message: ConsoleToHub, socket: ServerSocket) => void;
  readonly send: (message: HubToConsole) => void;
  readonly cut: () => void;
}

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function startHub(port = 0): Promise<TestHub> {
  const server = new WebSocketServer({ port, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const sockets = new Set<ServerSocket>();
  const hub: TestHub = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    frames: [],
    sockets,
    connections: 0,
    onMessage: () => undefined,
    send: (message) => {
      for (const socket of sockets) socket.send(JSON.stringify(message));
    },
    cut: () => {
      for (const socket of sockets) socket.terminate();
    },
  };
  server.on('connection', (socket) => {
    hub.connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data, binary) => {
      if (binary) {
        hub.frames.push(new Uint8Array(data as Buffer));
        return;
      }
      const message = JSON.parse(String(data)) as ConsoleToHub;
      hub.received.push(message);
      hub.onMessage(message, socket);
    });
  });
  closers.push(
    () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.terminate();
        server.close(() => resolve());
      }),
  );
  return hub;
}

function link(hub: TestHub, settings: Partial<HubLinkSettings> = {}): HubLink {
  const made = createHubLink({
    url: hub.url,
    sessionIsGood: async () => true,
    firstPause: 5,
    longestPause: 20,
    requestDeadline: 2_000,
    report: () => undefined,
    ...settings,
  });
  closers.push(() => made.close());
  return made;
}

function until(made: HubLink, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (condition()) {
      resolve();
      return;
    }
    const stop = made.subscribe(() => {
      if (!condition()) return;
      stop();
      resolve();
    });
  });
}

const view: HubToConsole = {
  type: 'view',
  view: {
    role: 'operator',
    me: {
      accountId: '00000000-0000-4000-8000-000000000001',
      name: 'Ana',
      role: 'operator',
      place: 'Communauté',
    },
    now: Date.now() + 60_000,
    terminals: [],
    deployments: [],
  },
};
const visitId = '00000000-0000-4000-8000-00000000000a';

describe('hub link', () => {
  it('keeps the whole view and the distance to the hub’s clock', async () => {
    const hub = await startHub();
    const made = link(hub);
    await until(made, () => made.snapshot().state === 'open');
    hub.send(view);
    await until(made, () => made.snapshot().view !== null);
    expect(made.snapshot().view).toEqual(view.type === 'view' ? view.view : null);
    expect(made.snapshot().clockOffset).toBeGreaterThan(50_000);
  });

  it('refuses a message that does not match the protocol and stays connected', async () => {
    const hub = await startHub();
    const reports: string[] = [];
    const made = link(hub, { report: (what) => reports.push(what) });
    await until(made, () => made.snapshot().state === 'open');
    for (const socket of hub.sockets) {
      socket.send('{"type":"view","view":{"role":"king"}}');
      socket.send('not json');
      socket.send(new Uint8Array([9, 9, 9]));
    }
    hub.send(view);
    await until(made, () => made.snapshot().view !== null);
    expect(reports).toEqual([
      'hub link: a message does not match the protocol',
      'hub link: a message does not match the protocol',
      'hub link: a binary message is not a document frame',
    ]);
    expect(hub.connections).toBe(1);
  });

  it('gives each request its own answer, and the name of a faster colleague', async () => {
    const hub = await startHub();
    hub.onMessage = (message) => {
      if (message.type === 'pickUp') {
        hub.send({
          type: 'answer',
          requestId: message.requestId,
          ok: false,
          code: 'alreadyPickedUp',
          by: 'Paul Roy',
        });
      }
      if (message.type === 'endVisit') {
        hub.send({ type: 'answer', requestId: message.requestId, ok: true, code: null, by: null });
      }
    };
    const made = link(hub);
    const [pickUp, end] = await Promise.all([
      made.request({ type: 'pickUp', visitId }),
      made.request({ type: 'endVisit', visitId }),
    ]);
    expect(pickUp).toEqual({ ok: false, code: 'alreadyPickedUp', by: 'Paul Roy' });
    expect(end).toEqual({ ok: true });
  });

  it('fails a request that has no answer by its deadline', async () => {
    const hub = await startHub();
    const made = link(hub, { requestDeadline: 30 });
    expect(await made.request({ type: 'cancelVisit', visitId })).toEqual({
      ok: false,
      code: 'hubSilent',
      by: null,
    });
  });

  it('comes back after a cut and sends the same order again, with the same order id', async () => {
    const hub = await startHub();
    hub.onMessage = (message) => {
      if (message.type !== 'order') return;
      if (hub.connections === 1) hub.cut();
      else hub.send({ type: 'answer', requestId: message.requestId, ok: true, code: null, by: null });
    };
    const made = link(hub);
    const orderId = crypto.randomUUID();
    const answer = await made.request({ type: 'order', visitId, orderId, request: { kind: 'clearDesk' } });
    expect(answer).toEqual({ ok: true });
    expect(hub.received).toHaveLength(2);
    expect(hub.received[1]).toEqual(hub.received[0]);
  });

  it('does not announce twice after a cut: it says that no answer came', async () => {
    const hub = await startHub();
    hub.onMessage = () => hub.cut();
    const made = link(hub);
    const answer = await made.request({
      type: 'announce',
      terminalId: visitId,
      bodyId: visitId,
      residentName: 'Madame Martin',
      showName: true,
      motive: 'Impôts',
      consent: true,
    });
    expect(answer).toEqual({ ok: false, code: 'hubSilent', by: null });
    await until(made, () => hub.connections === 2 && made.snapshot().state === 'open');
    expect(hub.received).toHaveLength(1);
  });

  it('takes a line on which nothing comes any more for dead, and opens another', async () => {
    const hub = await startHub();
    const settings = { longestSilence: 200, sessionIsGood: async () => true };
    const made = link(hub, settings);
    await expect.poll(() => hub.connections).toBe(1);
    const beats = setInterval(() => hub.send({ type: 'beat' }), 50);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(hub.connections).toBe(1);
    clearInterval(beats);
    await expect.poll(() => hub.connections).toBeGreaterThan(1);
    await expect.poll(() => made.snapshot().state).toBe('open');
  });

  it('stops and says refused when the session has ended', async () => {
    const hub = await startHub();
    const made = link(hub, { sessionIsGood: async () => false });
    await until(made, () => made.snapshot().state === 'open');
    hub.cut();
    await until(made, () => made.snapshot().state === 'refused');
    expect(await made.request({ type: 'endVisit', visitId })).toEqual({
      ok: false,
      code: 'sessionExpired',
      by: null,
    });
    expect(hub.connections).toBe(1);
  });

  it('carries document frames both ways', async () => {
    const hub = await startHub();
    const made = link(hub);
    await until(made, () => made.snapshot().state === 'open');
    const frame = { documentId: visitId, offset: 7, payload: new Uint8Array([1, 2, 3]) };
    const got = new Promise((resolve) => made.onFrame(resolve));
    for (const socket of hub.sockets) socket.send(encodeDocumentFrame(frame));
    expect(await got).toEqual(frame);

    const arrived = new Promise<void>((resolve) => {
      hub.onMessage = () => resolve();
    });
    expect(made.sendFrame(frame)).toBe(true);
    expect(made.sendDocumentMessage({ type: 'document.gone', documentId: visitId })).toBe(true);
    await arrived;
    expect(decodeDocumentFrame(hub.frames[0] ?? new Uint8Array())).toEqual(frame);
  });
});

import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { decodeDocumentFrame, encodeDocumentFrame } from '#shared/document-frame.ts';
import { enrolBody } from '#shared/protocol/http-bodies.ts';
import { type HubToTerminal, type TerminalToHub, terminalToHub } from '#shared/protocol/messages.ts';
import { proofMessage } from '#shared/terminal-proof.ts';
import { connectToHub, type HubLink } from './hub-link.ts';
import { enrol, type Identity, loadIdentity } from './identity.ts';
import { createLog } from './log.ts';

const log = createLog('silent');
const DOCUMENT = 'b35c2f9e-54a1-4a1f-8a9b-7a4f6d7f1c10';
const VISIT = '0b1f8a52-2a53-4c0a-9d0e-6a1f6a3b2c11';
const cleanUps: (() => void)[] = [];

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0).reverse()) cleanUp();
});

/** A hub that answers the first messages as the real one does and keeps all that it hears. */
async function listen(port = 0) {
  const server = new WebSocketServer({ port, host: '127.0.0.1' });
  await once(server, 'listening');
  const heard: TerminalToHub[] = [];
  const sockets: WebSocket[] = [];
  server.on('connection', (socket) => {
    sockets.push(socket);
    const answer = (message: HubToTerminal) => socket.send(JSON.stringify(message));
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) return;
      const message = terminalToHub.parse(JSON.parse(data.toString()));
      heard.push(message);
      if (message.type === 'hello') answer({ type: 'challenge', nonce: 'n'.repeat(43) });
      if (message.type === 'proof') answer({ type: 'visit', visit: null, ended: null });
    });
  });
  const close = () => {
    for (const socket of sockets) socket.terminate();
    server.close();
  };
  cleanUps.push(close);
  return { port: (server.address() as AddressInfo).port, heard, sockets, close };
}

const identity: Identity = { terminalId: VISIT, prove: () => 'signed', sign: () => 'signed' };

function connect(port: number) {
  const events: string[] = [];
  const frames: unknown[] = [];
  const link: HubLink = connectToHub(`http://127.0.0.1:${port}`, identity, log, {
    onLinked: () => events.push('linked'),
    onLost: () => events.push('lost'),
    onMessage: (message) => events.push(message.type),
    onFrame: (frame) => frames.push(frame),
  });
  cleanUps.push(link.close);
  return { link, events, frames };
}

describe('the link to the hub', () => {
  it('gives up a line that looks open, after a sleep, and takes no pause before the next', async () => {
    const hub = await listen();
    const { link, events } = connect(hub.port);
    await expect.poll(() => events).toEqual(['linked', 'visit']);
    link.connectAgain();
    await expect.poll(() => events).toEqual(['linked', 'visit', 'lost', 'linked', 'visit']);
    expect(hub.sockets).toHaveLength(2);
    link.close();
    link.connectAgain();
    expect(hub.sockets).toHaveLength(2);
  });

  it('proves itself, and only then is linked', async () => {
    const hub = await listen();
    const { events } = connect(hub.port);
    await expect.poll(() => events).toEqual(['linked', 'visit']);
    expect(hub.heard.map((message) => message.type)).toEqual(['hello', 'proof']);
  });

  it('comes back by itself, and says then what it could not say before, the latest of each', async () => {
    const first = await listen();
    const { link, events } = connect(first.port);
    await expect.poll(() => events).toContain('linked');
    first.close();
    await expect.poll(() => events).toContain('lost');
    link.tell({ type: 'order.status', orderId: DOCUMENT, status: { status: 'acknowledged' } });
    link.tell({
      type: 'order.status',
      orderId: DOCUMENT,
      status: { status: 'failed', code: 'scannerJammed' },
    });
    link.tell({ type: 'visit.end', visitId: VISIT, reason: 'residentGone' });
    const second = await listen(first.port);
    await expect
      .poll(() => second.heard.slice(2), { timeout: 5_000 })
      .toEqual([
        { type: 'order.status', orderId: DOCUMENT, status: { status: 'failed', code: 'scannerJammed' } },
        { type: 'visit.end', visitId: VISIT, reason: 'residentGone' },
      ]);
  });

  it('survives what no hub should send', async () => {
    const hub = await listen();
    const { events, frames } = connect(hub.port);
    await expect.poll(() => events).toContain('linked');
    hub.sockets[0]?.send('{"type":"order","order":{"orderId":"1"}}');
    // A newer hub speaks of what this terminal has not heard of yet.
    hub.sockets[0]?.send('{"type":"weather","sunny":true}');
    hub.sockets[0]?.send('not json');
    hub.sockets[0]?.send(new Uint8Array(3));
    hub.sockets[0]?.send(
      encodeDocumentFrame({ documentId: DOCUMENT, offset: 7, payload: new Uint8Array([1, 2]) }),
    );
    await expect
      .poll(() => frames)
      .toEqual([{ documentId: DOCUMENT, offset: 7, payload: new Uint8Array([1, 2]) }]);
    expect(events).toEqual(['linked', 'visit']);
  });
});

describe('document frames', () => {
  it('keep the offset and the bytes, and refuse another version', () => {
    const frame = { documentId: DOCUMENT, offset: 5_000_000_000, payload: new Uint8Array([9, 8, 7]) };
    const bytes = encodeDocumentFrame(frame);
    expect(decodeDocumentFrame(bytes)).toEqual(frame);
    bytes[0] = 2;
    expect(decodeDocumentFrame(bytes)).toBeNull();
    expect(decodeDocumentFrame(new Uint8Array(25))).toBeNull();
  });
});

describe('the identity', () => {
  it('is made once, kept for its user only, and signs for this hub and nonce', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'identity-'));
    cleanUps.push(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'data', 'identity.json');
    let enrolled: { code: string; publicKey: string } | undefined;
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk;
      });
      request.on('end', () => {
        enrolled = enrolBody.parse(JSON.parse(body));
        response.end(JSON.stringify({ terminalId: VISIT }));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanUps.push(() => server.close());
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    expect(loadIdentity(file)).toBeNull();
    await enrol(file, origin, 'ABCD-EFGH-2345');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('PRIVATE KEY');

    const signature = loadIdentity(file)?.prove('nonce', origin) ?? '';
    const key = createPublicKey({
      key: Buffer.from(enrolled?.publicKey ?? '', 'base64url'),
      type: 'spki',
      format: 'der',
    });
    const check = (nonce: string, hub: string) =>
      verify(null, Buffer.from(proofMessage(VISIT, nonce, hub)), key, Buffer.from(signature, 'base64url'));
    expect(check('nonce', origin)).toBe(true);
    expect(check('other', origin)).toBe(false);
    expect(check('nonce', 'https://elsewhere.example')).toBe(false);
  });
});

/**
 * From hub to hub, one socket each way, dialled as soon as the other is known, and again when there is something to send. TLS with a pre-shared key (RFC 4279,
 * ECDHE-PSK of RFC 7905): whoever does not have the hubs' common secret neither gets in nor is believed, and nobody
 * between them reads anything. No certificates.
 */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { FastifyBaseLogger } from 'fastify';
import { type ClientOptions, WebSocket, WebSocketServer } from 'ws';
import { createFlow, DROP_ABOVE, type Feeder, type Flow } from '../live/flow.ts';
import { decodeNeighbour, encodeWithBytes, MOST_NEIGHBOUR_BYTES, type ToNeighbour } from './contract.ts';

const TLS = {
  ciphers: 'ECDHE-PSK-CHACHA20-POLY1305',
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
} as const;
const IDENTITY = 'vis-a-vis-hub';

/** One incoming socket of another hub: ends with it. */
export interface Incoming {
  readonly hubId: string;
}

export interface LinksDeps {
  readonly hubId: string;
  /** 32 bytes, of the common secret. */
  readonly key: Uint8Array;
  /** ms between pings; a neighbour that misses one is cut. */
  readonly heartbeat: number;
  /** host:port of this hub; null: not reachable, or gone. */
  readonly addressOf: (hubId: string) => string | null;
  readonly onMessage: (from: Incoming, message: ToNeighbour, bytes: Uint8Array) => void;
  /** What was sent last may not have arrived. */
  readonly onOutgoingLost: (hubId: string) => void;
  readonly onIncomingLost: (from: Incoming) => void;
  readonly log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

export interface Links {
  /** host:port where it listens. */
  readonly listen: (at: { readonly host: string; readonly port: number }) => Promise<string>;
  /** Dials now what would be dialled later: the first message shall not be overtaken by what the database announces. */
  readonly open: (hubId: string) => void;
  /** False where the hub is not reachable: as with a cut, whoever waits for it asks again. */
  readonly send: (hubId: string, message: ToNeighbour) => boolean;
  /** With bytes; `from` is paused while the other hub is behind. */
  readonly relay: (hubId: string, message: ToNeighbour, bytes: Uint8Array, from: Feeder) => void;
  readonly close: () => Promise<void>;
}

interface Outgoing {
  readonly socket: WebSocket;
  readonly flow: Flow;
  /** Until it is open. */
  readonly waiting: (() => void)[];
}

export function createLinks(deps: LinksDeps): Links {
  const { hubId: ownId, key, log } = deps;
  const outgoing = new Map<string, Outgoing>();
  const server = createServer({
    ...TLS,
    pskCallback: (_socket, identity) => (identity === IDENTITY ? key : null),
  });
  const sockets = new WebSocketServer({ server, maxPayload: MOST_NEIGHBOUR_BYTES, perMessageDeflate: false });
  server.on('tlsClientError', (error) =>
    log.warn({ code: (error as NodeJS.ErrnoException).code }, 'neighbour: not one of this hub’s'),
  );
  sockets.on('connection', accept);

  function accept(socket: WebSocket): void {
    let from: Incoming | null = null;
    keepAlive(socket, deps.heartbeat);
    socket.on('message', (data: Buffer, isBinary) => {
      const decoded = decodeNeighbour(data, isBinary);
      if (!decoded || (decoded.message.type === 'hello') !== (from === null)) {
        log.error({ neighbour: from?.hubId }, 'neighbour: a message does not match the protocol');
        return;
      }
      if (decoded.message.type === 'hello') from = { hubId: decoded.message.hubId };
      else if (from) deps.onMessage(from, decoded.message, decoded.bytes);
    });
    socket.on('close', () => {
      if (from) deps.onIncomingLost(from);
    });
  }

  function dial(hubId: string): Outgoing | null {
    const known = outgoing.get(hubId);
    if (known) return known;
    const address = deps.addressOf(hubId);
    if (address === null) return null;
    // ws hands what it does not know on to tls.connect().
    const options: ClientOptions & Pick<ConnectionOptions, 'pskCallback'> = {
      ...TLS,
      pskCallback: () => ({ psk: key, identity: IDENTITY }),
      // There is no certificate to find fault with (false: none found): whoever has the key is a hub.
      checkServerIdentity: () => false,
      perMessageDeflate: false,
      handshakeTimeout: deps.heartbeat,
      // It only sends.
      maxPayload: 1024,
    };
    const socket = new WebSocket(`wss://${address}/`, options);
    const link: Outgoing = { socket, flow: createFlow(socket), waiting: [] };
    outgoing.set(hubId, link);
    keepAlive(socket, deps.heartbeat);
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'hello', hubId: ownId } satisfies ToNeighbour));
      for (const send of link.waiting.splice(0)) send();
    });
    socket.on('close', () => {
      outgoing.delete(hubId);
      link.flow.release();
      deps.onOutgoingLost(hubId);
    });
    return link;
  }

  function whenOpen(link: Outgoing, send: () => void): void {
    if (link.socket.readyState === WebSocket.CONNECTING) link.waiting.push(send);
    else if (link.socket.readyState === WebSocket.OPEN) send();
    if (link.socket.bufferedAmount > DROP_ABOVE) link.socket.terminate();
  }

  return {
    async listen({ host, port }) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, resolve);
      });
      return `${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
    },
    open(hubId) {
      dial(hubId);
    },
    send(hubId, message) {
      const link = dial(hubId);
      if (link) whenOpen(link, () => link.socket.send(JSON.stringify(message)));
      return link !== null;
    },
    relay(hubId, message, bytes, from) {
      const link = dial(hubId);
      if (link) whenOpen(link, () => link.flow.relay(encodeWithBytes(message, bytes), from));
    },
    async close() {
      for (const { socket } of outgoing.values()) socket.terminate();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

function keepAlive(socket: WebSocket, heartbeat: number): void {
  let heard = true;
  const beat = setInterval(() => {
    if (!heard) return socket.terminate();
    heard = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, heartbeat);
  for (const sign of ['pong', 'ping', 'message'] as const) {
    socket.on(sign, () => {
      heard = true;
    });
  }
  socket.on('close', () => clearInterval(beat));
  // `close` follows.
  socket.on('error', () => socket.terminate());
}

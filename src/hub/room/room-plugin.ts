/**
 * The built-in room: a small Jitsi Meet stand-in for two. Register it on a Fastify instance with a listener of its own,
 * so that the room is a web origin of its own, apart from the console and its documents.
 */

import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import type { FastifyPluginAsync } from 'fastify';
import { serveConnection } from './room-connection.ts';
import { servePages } from './room-pages.ts';
import { verifyRoomTicket } from './room-ticket.ts';
import { createRooms, type Guest, type Rooms, type Seat } from './rooms.ts';
import { type IceServer, SIGNAL_MAX_BYTES } from './signal-contract.ts';

/** Sockets at once: two a visit, and room for those that come back before their old socket is given up. */
const MAX_SOCKETS = 4_000;

export interface RoomOptions {
  /** HS256 key of the tickets. */
  readonly secret: Uint8Array;
  /** host[:port] at which browsers reach this listener. A function: a port chosen by the system is known only later. */
  readonly domain: () => string;
  /** Is this the room of a visit that is in call? Asked at every join. */
  readonly roomOpen: (room: string) => boolean | Promise<boolean>;
  /** Where several hubs hold the rooms together. Default: this one alone. */
  readonly sit?: (guest: Guest) => Promise<Seat | 'full' | 'unreachable'>;
  /** Origins of the console's pages: only they may frame the counsellor's room view. */
  readonly consoleOrigins: () => readonly string[];
  /** Folder of the built pages: dist, with room/ and console-room/ in it. */
  readonly distFolder: string;
  /** Jitsi Meet domains besides this one that the counsellor's room view may load. */
  readonly otherDomains?: readonly string[];
  /** STUN and TURN servers for participants on different networks. */
  readonly iceServers?: () => readonly IceServer[];
}

export interface Room {
  /** Brings its own WebSocket and static plugins: register it on a bare instance. Logs nothing of what it carries. */
  readonly plugin: FastifyPluginAsync;
  readonly rooms: Rooms;
  /** The visit is over: both pages hang up, their sockets end. */
  readonly closeRoom: (room: string) => void;
}

export function createRoom(options: RoomOptions): Room {
  const rooms = createRooms(options.iceServers ?? (() => []));

  const plugin: FastifyPluginAsync = async (app) => {
    await app.register(fastifyWebsocket, { options: { maxPayload: SIGNAL_MAX_BYTES } });
    await app.register(fastifyStatic, {
      root: [join(options.distFolder, 'room/assets'), join(options.distFolder, 'console-room/assets')],
      prefix: '/assets/',
      index: false,
      cacheControl: false,
      setHeaders: (reply) => {
        reply.header('cache-control', 'public, max-age=31536000, immutable');
        reply.header('x-content-type-options', 'nosniff');
      },
    });
    // The socket's plugin would open one at any address and close it again: a client that only asks whether somebody
    // answers there (as it asks a Jitsi's XMPP server) would take that for a yes.
    app.addHook('onRequest', async (request, reply) => {
      const asksForSocket = request.headers.upgrade?.toLowerCase() === 'websocket';
      if (asksForSocket && request.routeOptions.url !== '/room-signal') return reply.code(404).send();
    });
    app.route({
      method: 'GET',
      url: '/room-signal',
      // Only the room's own page opens this socket; a program that forges its Origin still needs a ticket.
      onRequest: async (request, reply) => {
        const { origin } = request.headers;
        if (origin !== `https://${options.domain()}` && origin !== `http://${options.domain()}`) {
          return reply.code(403).send();
        }
        if (app.websocketServer.clients.size >= MAX_SOCKETS) return reply.code(503).send();
      },
      handler: (_request, reply) => reply.code(426).send(),
      wsHandler: (socket) =>
        serveConnection(socket, {
          sit: options.sit ?? (async (guest) => rooms.sit(guest) ?? 'full'),
          verify: (token) => verifyRoomTicket(token, { secret: options.secret, domain: options.domain() }),
          roomOpen: options.roomOpen,
          log: app.log,
        }),
    });
    servePages(app, {
      folder: options.distFolder,
      domain: options.domain,
      consoleOrigins: options.consoleOrigins,
      otherDomains: options.otherDomains ?? [],
    });
    app.addHook('preClose', async () => rooms.closeAll());
  };

  return { plugin, rooms, closeRoom: rooms.close };
}

/** A room on this machine with its real pages, and other origins around it: a terminal's page, a console, bare pages. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import path from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { createRoom, type Room } from '../../src/hub/room/room-plugin.ts';
import { mintRoomToken, newRoomName } from '../../src/hub/room/room-ticket.ts';
import { freePort } from '../rig/free-port.ts';
import { barePage, relayBareCalls } from './bare-call.ts';
import type { CallDeployment } from './call-deployment.ts';

const dist = path.resolve(import.meta.dirname, '../../dist');

export interface RoomServer extends CallDeployment {
  readonly closeRoom: (room: string) => void;
  /** As while a hub that has just started still reads its database. */
  readonly forgetRooms: () => void;
  readonly rememberRooms: () => void;
  /** How often a room was asked for that was not known. */
  readonly strangers: () => number;
}

export interface RoomServerOptions {
  /** host[:port] of a Jitsi Meet deployment that the console's room view calls in, in place of this one. */
  readonly jitsi?: string;
}

export async function startRoomServer(options: RoomServerOptions = {}): Promise<RoomServer> {
  const secret = randomBytes(32);
  const port = await freePort();
  const domain = `localhost:${port}`;
  const rooms = new Set<string>();
  const sockets = new Set<Socket>();
  let knows = true;
  let strangers = 0;
  const terminal = await serve((url) => readFile(path.join(dist, 'renderer', url)));
  const console = await serve(async (url) =>
    Buffer.from(url === '/bare.html' ? barePage : consolePage(domain, options.jitsi)),
  );
  relayBareCalls(console.server);
  let app: FastifyInstance | null = null;
  let room: Room | null = null;

  async function start(): Promise<void> {
    room = createRoom({
      secret,
      domain: () => domain,
      roomOpen(name) {
        const open = knows && rooms.has(name);
        if (!open) strangers += 1;
        return open;
      },
      consoleOrigins: () => [console.origin, terminal.origin],
      distFolder: dist,
      otherDomains: options.jitsi === undefined ? [] : [options.jitsi],
    });
    app = fastify({ forceCloseConnections: true });
    app.server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await app.register(room.plugin);
    await app.listen({ host: 'localhost', port });
  }

  async function kill(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    await app?.close();
    app = null;
  }

  await start();
  return {
    origin: `http://${domain}`,
    browserArguments: [],
    selfView: '#self',
    outageEndsCall: false,
    terminalOrigin: terminal.origin,
    consoleOrigin: console.origin,
    newRoom() {
      const name = newRoomName();
      rooms.add(name);
      return name;
    },
    async ticket(name, role, other = {}) {
      const request = { secret, domain, room: name, role, name: role, lifeSeconds: 300, ...other };
      return { origin: `http://${domain}`, room: name, jwt: await mintRoomToken(request), password: null };
    },
    closeRoom: (name) => room?.closeRoom(name),
    stopSignalling: kill,
    startSignalling: start,
    forgetRooms() {
      knows = false;
    },
    rememberRooms() {
      knows = true;
    },
    strangers: () => strangers,
    async close() {
      await kill();
      for (const { server } of [terminal, console]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

async function serve(read: (url: string) => Promise<Buffer>): Promise<{ origin: string; server: Server }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost').pathname;
    read(url).then(
      (body) => response.setHeader('content-type', types[path.extname(url)] ?? 'text/html').end(body),
      () => response.writeHead(404).end(),
    );
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${port}`, server };
}

function consolePage(domain: string, jitsi: string | undefined): string {
  const query = jitsi === undefined ? '' : `?deployment=https://${jitsi}`;
  return `<!doctype html><style>html,body,iframe{margin:0;border:0;width:100%;height:100%}</style>
<iframe src="http://${domain}/view${query}" allow="camera; microphone; autoplay; display-capture; speaker-selection"></iframe>
<script>
window.heard = [];
const frame = document.querySelector('iframe');
addEventListener('message', (event) => { if (event.source === frame.contentWindow) heard.push({ ...event.data, from: event.origin }); });
window.say = (message) => frame.contentWindow.postMessage(message, 'http://${domain}');
</script>`;
}

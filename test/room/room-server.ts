/** A room on this machine with its real pages, and other origins around it: a terminal's page, a console, bare pages. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import path from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';
import type { RoomTicket } from '#shared/protocol.ts';
import { createRoom, type Room } from '../../src/hub/room/room-plugin.ts';
import { mintRoomTicket, newRoomName, type RoomRole } from '../../src/hub/room/room-ticket.ts';
import { freePort } from '../rig/free-port.ts';

const dist = path.resolve(import.meta.dirname, '../../dist');

export interface RoomServer {
  readonly origin: string;
  /** Serves dist/renderer as the terminal's scheme does. */
  readonly terminalOrigin: string;
  /** Serves a page that frames the room view, as the console does. */
  readonly consoleOrigin: string;
  readonly newRoom: () => string;
  readonly ticket: (
    room: string,
    role: RoomRole,
    other?: { readonly participantId?: string; readonly secret?: Uint8Array },
  ) => Promise<RoomTicket>;
  readonly closeRoom: (room: string) => void;
  /** Ends the room's server as a crash would: every socket is cut. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** As while a hub that has just started still reads its database. */
  readonly forgetRooms: () => void;
  readonly rememberRooms: () => void;
  /** How often a room was asked for that was not known. */
  readonly strangers: () => number;
  readonly close: () => Promise<void>;
}

export async function startRoomServer(): Promise<RoomServer> {
  const secret = randomBytes(32);
  const port = await freePort();
  const domain = `localhost:${port}`;
  const rooms = new Set<string>();
  const sockets = new Set<Socket>();
  let knows = true;
  let strangers = 0;
  const terminal = await serve((url) => readFile(path.join(dist, 'renderer', url)));
  const console = await serve(async (url) =>
    Buffer.from(url === '/bare.html' ? barePage : consolePage(domain)),
  );
  relay(console.server);
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
    terminalOrigin: terminal.origin,
    consoleOrigin: console.origin,
    newRoom() {
      const name = newRoomName();
      rooms.add(name);
      return name;
    },
    ticket: (name, role, other = {}) =>
      mintRoomTicket({ secret, domain, room: name, role, name: role, lifeSeconds: 300, ...other }),
    closeRoom: (name) => room?.closeRoom(name),
    kill,
    start,
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

function consolePage(domain: string): string {
  return `<!doctype html><style>html,body,iframe{margin:0;border:0;width:100%;height:100%}</style>
<iframe src="http://${domain}/view" allow="camera; microphone; autoplay; display-capture; speaker-selection"></iframe>
<script>
window.heard = [];
const frame = document.querySelector('iframe');
addEventListener('message', (event) => { if (event.source === frame.contentWindow) heard.push({ ...event.data, origin: event.origin }); });
window.say = (message) => frame.contentWindow.postMessage(message, 'http://${domain}');
</script>`;
}

/** Two pages, each everything that is needed for a call and nothing else: what the room is measured against. */
const barePage = `<!doctype html><video autoplay muted playsinline></video><script>
const socket = new WebSocket('ws://' + location.host + '/relay' + location.search);
window.opened = new Promise((resolve) => { socket.onopen = resolve; });
window.start = async (offers) => {
  const connection = new RTCPeerConnection();
  const send = (message) => socket.send(JSON.stringify(message));
  connection.onicecandidate = ({ candidate }) => candidate && send({ candidate });
  const received = new MediaStream();
  connection.ontrack = ({ track }) => { received.addTrack(track); document.querySelector('video').srcObject = received; };
  let ready = false, otherReady = false;
  const offer = async () => {
    if (!offers || !ready || !otherReady) return;
    await connection.setLocalDescription();
    send({ description: connection.localDescription });
  };
  let order = Promise.resolve();
  socket.onmessage = ({ data }) => { order = order.then(async () => {
    const message = JSON.parse(data);
    if (message.ready) { otherReady = true; await offer(); }
    if (message.description) {
      await connection.setRemoteDescription(message.description);
      if (message.description.type === 'offer') {
        await connection.setLocalDescription();
        send({ description: connection.localDescription });
      }
    }
    if (message.candidate) await connection.addIceCandidate(message.candidate);
  }); };
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
    video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } },
  });
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
  ready = true;
  send({ ready });
  await offer();
};
</script>`;

/** What one page of a call says, the other hears; what was said before it came as well. */
function relay(server: Server): void {
  const sockets = new WebSocketServer({ server });
  const calls = new Map<string, { readonly said: string[]; readonly sockets: Set<WebSocket> }>();
  sockets.on('connection', (socket, request) => {
    const name = request.url ?? '';
    const call = calls.get(name) ?? { said: [], sockets: new Set() };
    calls.set(name, call);
    call.sockets.add(socket);
    for (const message of call.said) socket.send(message);
    socket.on('message', (bytes) => {
      call.said.push(String(bytes));
      for (const other of call.sockets) if (other !== socket) other.send(String(bytes));
    });
    socket.on('close', () => call.sockets.delete(socket));
  });
}

/** As little as holds a WebSocket: `ws` alone, with the hub's ping and its limit on messages. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** ms, as the hub's (src/hub/hub.ts). */
const HEARTBEAT = 10_000;

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', (socket) => {
  let heard = true;
  const beat = setInterval(() => {
    if (!heard) return socket.terminate();
    heard = false;
    socket.ping();
  }, HEARTBEAT);
  socket.on('pong', () => {
    heard = true;
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => clearInterval(beat));
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ ready: true, origin: `http://127.0.0.1:${port}` })}\n`);
});

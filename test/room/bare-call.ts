/** Two pages, each everything that is needed for a call and nothing else: what the rooms are measured against. */
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

/** Opened twice with the same `?call=`; `start(true)` in one, `start(false)` in the other. */
export const barePage = `<!doctype html><video autoplay muted playsinline></video><script>
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
export function relayBareCalls(server: Server): void {
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

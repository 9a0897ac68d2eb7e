/**
 * Many idle terminals in one process: each proves itself, says once how its devices are, and from then on keeps its line
 * as a terminal does (src/main/hub-link.ts). Against the bare server it is a socket that pings, and nothing else.
 */
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { hubToTerminal, PROTOCOL_VERSION, type TerminalToHub } from '#shared/protocol/messages.ts';
import { proofMessage } from '#shared/terminal-proof.ts';
import { reportOf } from '../../../src/hub/testing/test-hub.ts';

/** ms, as the terminal's. */
const HEARTBEAT = 5_000;
/** Below what the hub lets in unproved, with the other crowd beside this one. */
const AT_ONCE = 200;
/** So that they come from as many networks, and none runs out of ports. */
const ADDRESSES = 50;

const orders = z
  .object({
    origin: z.url(),
    proves: z.boolean(),
    /** PKCS #8, PEM; all of them have the same. */
    privateKey: z.string(),
    /** 0, 1, …: each crowd has its own addresses. */
    crowd: z.number().int(),
    terminalIds: z.array(z.uuid()),
  })
  .parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const key = createPrivateKey(orders.privateKey);
const url = `${orders.origin.replace(/^http/, 'ws')}/ws/terminal`;
const report = JSON.stringify({ type: 'report', report: reportOf('idle', null) } satisfies TerminalToHub);

/** Resolved once it is seated. @throws where it is cut before; afterwards that ends the process. */
function connect(terminalId: string, rank: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let seated = false;
    let heard = true;
    const socket = new WebSocket(url, {
      perMessageDeflate: false,
      localAddress: `127.0.${1 + orders.crowd * ADDRESSES + (rank % ADDRESSES)}.1`,
    });
    const send = (message: TerminalToHub) => socket.send(JSON.stringify(message));
    const sit = () => {
      seated = true;
      resolve();
    };
    const beat = setInterval(() => {
      if (!heard) return socket.terminate();
      heard = false;
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    }, HEARTBEAT);
    socket.on('pong', () => {
      heard = true;
    });
    socket.on('open', () => {
      if (orders.proves) send({ type: 'hello', protocol: PROTOCOL_VERSION, terminalId });
      else sit();
    });
    socket.on('message', (data: Buffer) => {
      heard = true;
      const message = hubToTerminal.parse(JSON.parse(data.toString()));
      if (message.type === 'challenge') {
        const proof = Buffer.from(proofMessage(terminalId, message.nonce, orders.origin));
        send({ type: 'proof', signature: sign(null, proof, key).toString('base64url') });
      }
      if (message.type !== 'visit' || seated) return;
      socket.send(report);
      sit();
    });
    socket.on('error', reject);
    socket.on('close', (code) => {
      clearInterval(beat);
      if (!seated) return reject(new Error(`A terminal was closed with ${code}.`));
      console.error(`A seated terminal was closed with ${code}.`);
      process.exit(1);
    });
  });
}

const waiting = orders.terminalIds.entries();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const [rank, terminalId] of waiting) await connect(terminalId, rank);
  }),
);
process.stdout.write(`${JSON.stringify({ seated: orders.terminalIds.length })}\n`);

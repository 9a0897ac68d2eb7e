/** One socket of /room-signal: its first message must be a valid ticket; every message is bounded, counted and checked. */
import type { FastifyBaseLogger } from 'fastify';
import type { WebSocket } from 'ws';
import type { Result } from '#shared/failure.ts';
import type { RoomParticipant } from './room-ticket.ts';
import type { Guest, Seat } from './rooms.ts';
import { type FromRoom, type Refusal, SIGNAL_PING_EVERY, type ToRoom, toRoom } from './signal-contract.ts';

/** ms. A socket that has not joined by then is closed. */
const JOIN_WITHIN = 5_000;
/** Trickled candidates come in bursts; nothing honest keeps this pace up. */
const BURST = 120;
const PER_SECOND = 40;
/** Messages of one connection that match no schema: a page with a bug is borne, who goes on is not. */
const MOST_NOT_UNDERSTOOD = 20;
/** Codes of a browser page that goes away on purpose (RFC 6455, 7.4.1). */
const ON_PURPOSE = new Set([1000, 1001]);

export interface ConnectionDeps {
  readonly sit: (guest: Guest) => Promise<Seat | 'full' | 'unreachable'>;
  readonly verify: (token: string) => Promise<Result<RoomParticipant>>;
  readonly roomOpen: (room: string) => boolean | Promise<boolean>;
  readonly log: Pick<FastifyBaseLogger, 'warn'>;
}

export function serveConnection(socket: WebSocket, deps: ConnectionDeps): void {
  let seat: Seat | null = null;
  let joining = false;
  let notUnderstood = 0;
  const takeToken = tokenBucket();
  let silence = setTimeout(() => socket.terminate(), JOIN_WITHIN);

  const send = (message: FromRoom) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const refuse = (reason: Refusal) => {
    send({ type: 'refused', reason });
    socket.close(1008);
  };

  async function join(message: Extract<ToRoom, { type: 'join' }>): Promise<void> {
    joining = true;
    const verified = await deps.verify(message.token);
    if (!verified.ok) return refuse(verified.failure.code === 'sessionExpired' ? 'expired' : 'forbidden');
    const participant = verified.value;
    if (!(await deps.roomOpen(participant.room))) return refuse('unknownRoom');
    if (socket.readyState !== socket.OPEN) return;
    const sat = await deps.sit({
      participant,
      session: message.session,
      send,
      close: () => socket.close(1000),
    });
    if (sat === 'full') return refuse('full');
    if (sat === 'unreachable') return socket.close(1013); // Try again later (RFC 6455's registry).
    seat = sat;
    if (socket.readyState !== socket.OPEN) seat.drop();
  }

  socket.on('message', (bytes: Buffer, isBinary: boolean) => {
    if (socket.readyState !== socket.OPEN) return;
    if (!takeToken()) return refuse('tooFast');
    const message = isBinary ? null : parse(bytes);
    if (!message) {
      notUnderstood += 1;
      if (notUnderstood > MOST_NOT_UNDERSTOOD) return refuse('invalid');
      deps.log.warn({ joined: seat !== null }, 'room-signal: a message does not match the protocol');
      return send({ type: 'notUnderstood' });
    }
    if ((message.type === 'join') === joining) return refuse('invalid');
    clearTimeout(silence);
    silence = setTimeout(() => socket.terminate(), SIGNAL_PING_EVERY * 3);
    switch (message.type) {
      case 'join':
        join(message).catch(() => socket.close(1011));
        return;
      case 'ping':
        return send({ type: 'pong' });
      case 'signal':
        return seat?.signal(message.to, message.data);
      case 'leave':
        seat?.leave();
        return socket.close(1000);
    }
  });
  socket.on('close', (code) => {
    clearTimeout(silence);
    if (ON_PURPOSE.has(code)) seat?.leave();
    else seat?.drop();
  });
  // A frame that is too long or malformed: ws closes the socket itself, `close` follows.
  socket.on('error', () => socket.terminate());
}

function parse(bytes: Buffer): ToRoom | null {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
  return toRoom.safeParse(value).data ?? null;
}

function tokenBucket(): () => boolean {
  let tokens = BURST;
  let last = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(BURST, tokens + ((now - last) / 1000) * PER_SECOND);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

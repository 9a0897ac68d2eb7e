/**
 * One WebSocket, terminal's or console's: what messages change is done one after the other, what they only pass on waits
 * for none of it, a dead peer is found by its missing pongs, and neither side of a relay can make the hub hold more than a few megabytes.
 */
import type { WebSocket } from 'ws';
import { createFlow, DROP_ABOVE, type Feeder } from './flow.ts';

/** Messages of one peer waiting to be handled above which it is paused. */
const MOST_PENDING = 64;

/** What is passed on can be passed on to it, here or at another hub. */
export interface Reachable extends Feeder {
  readonly send: (message: object) => void;
  /** Passes a binary message on; `from` is paused while this reader is behind. */
  readonly relay: (bytes: Uint8Array, from: Feeder) => void;
}

export interface Line extends Reachable {
  readonly close: (code: number, reason: string) => void;
}

/** WebSocket close codes (4000-4999: the application's own). */
export const closeCodes = { refused: 4401, replaced: 4409, goingAway: 1001, bug: 1011 } as const;

export type Turn = () => Promise<void>;

export interface LineEvents {
  /** Reads a message at once, and returns what is to be done in turn, after what earlier ones returned; null: nothing. */
  readonly onText: (text: string) => Turn | null;
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onClose: () => void;
  /** Takes care of work to its end: each handler's, and the line itself; the line goes on whatever comes of it. */
  readonly run: (work: Promise<void>) => void;
}

/** @param heartbeat ms between pings; a peer that misses one is cut. */
export function openLine(socket: WebSocket, heartbeat: number, events: LineEvents): Line {
  let pending: Promise<void> = Promise.resolve();
  let waiting = 0;
  let heard = true;
  const holders = new Set<string>();
  const flow = createFlow(socket);

  /** Paused by several reasons at once, it goes on when the last of them is gone. */
  function hold(reason: string, held: boolean): void {
    if (held) holders.add(reason);
    else holders.delete(reason);
    if (socket.readyState !== socket.OPEN) return;
    if (holders.size > 0) socket.pause();
    else socket.resume();
  }

  const beat = setInterval(() => {
    // A paused socket reads no pong: silence is then the hub's own doing.
    if (!heard && holders.size === 0) return socket.terminate();
    heard = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, heartbeat);

  /** A bug in it is told like one in a turn, and costs that message alone. */
  function read(text: string): Turn | null {
    try {
      return events.onText(text);
    } catch (bug) {
      events.run(Promise.reject(bug));
      return null;
    }
  }

  function queue(turn: Turn): void {
    waiting += 1;
    if (waiting > MOST_PENDING) hold('pending', true);
    const handled = pending.then(turn);
    events.run(handled);
    const after = (): void => {
      waiting -= 1;
      if (waiting <= MOST_PENDING / 2) hold('pending', false);
    };
    pending = handled.then(after, after);
  }

  const line: Line = {
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      socket.send(JSON.stringify(message));
      if (socket.bufferedAmount > DROP_ABOVE) socket.terminate();
    },
    relay: flow.relay,
    pause: () => hold('reader', true),
    resume: () => hold('reader', false),
    close(code, reason) {
      socket.close(code, reason);
      // A peer that does not answer the closing handshake is cut.
      setTimeout(() => socket.terminate(), 2_000).unref();
    },
  };

  socket.on('pong', () => {
    heard = true;
  });
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    heard = true;
    if (isBinary) {
      events.onBytes(data);
      return;
    }
    const turn = read(data.toString('utf8'));
    if (turn) queue(turn);
  });
  // A broken frame or one above maxPayload: ws closes by itself, and `close` follows.
  socket.on('error', () => socket.terminate());
  // Until it is closed and its leaving is written, the hub's stop waits for it.
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      clearInterval(beat);
      flow.release();
      events.onClose();
      resolve();
    });
  });
  events.run(closed);
  return line;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // Refused by the schema that comes next.
    throw error;
  }
}

/** Bytes passed on through one socket: whoever feeds it is paused while its reader is behind, so that neither fills the hub's memory. */
import type { WebSocket } from 'ws';

/** Bytes waiting for a slow reader above which whoever feeds it is paused. */
const HIGH_WATER = 4 * 1024 * 1024;
/** Bytes above which the reader is given up: it can come back and lose nothing but time. */
export const DROP_ABOVE = 16 * 1024 * 1024;

export interface Feeder {
  readonly pause: () => void;
  readonly resume: () => void;
}

export interface Flow {
  readonly relay: (bytes: Uint8Array, from: Feeder) => void;
  /** The socket is closed: nobody waits for it any more. */
  readonly release: () => void;
}

export function createFlow(socket: WebSocket): Flow {
  const fed = new Set<Feeder>();
  function release(): void {
    for (const feeder of fed) feeder.resume();
    fed.clear();
  }
  return {
    relay(bytes, from) {
      if (socket.readyState !== socket.OPEN) return;
      socket.send(bytes, { binary: true }, () => {
        if (socket.bufferedAmount <= HIGH_WATER / 2) release();
      });
      if (socket.bufferedAmount > DROP_ABOVE) return socket.terminate();
      if (socket.bufferedAmount > HIGH_WATER) {
        fed.add(from);
        from.pause();
      }
    },
    release,
  };
}

/** How long the other end of a WebSocket takes to answer a ping, asked for as often as somebody wants to know. */
import { WebSocket } from 'ws';

export interface RoundTrip {
  /** ms of the latest answer, or since the ping that is still unanswered if that is longer; null: none yet. Asks anew. */
  readonly look: () => number | null;
  readonly close: () => void;
}

/** Told apart from the heartbeat's own pings. */
const MARK = 'round-trip';

export function measureRoundTrip(socket: WebSocket): RoundTrip {
  let latest: number | null = null;
  let asked: number | null = null;
  const hear = (payload: Buffer): void => {
    if (asked === null || payload.toString('latin1') !== MARK) return;
    latest = performance.now() - asked;
    asked = null;
  };
  socket.on('pong', hear);
  return {
    look() {
      if (asked !== null) return Math.max(latest ?? 0, performance.now() - asked);
      if (socket.readyState === WebSocket.OPEN) {
        asked = performance.now();
        socket.ping(MARK);
      }
      return latest;
    },
    close: () => socket.off('pong', hear),
  };
}

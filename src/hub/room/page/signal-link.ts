/** The page's socket to the room: joins, comes back by itself when it breaks, notices when it has died in silence. */
import {
  type FromRoom,
  fromRoom,
  SIGNAL_PING_EVERY,
  type SignalData,
  type ToRoom,
} from '../signal-contract.ts';

export interface SignalLink {
  /** Dropped while the socket is down: whoever needs it says it again at the next welcome. */
  readonly signal: (to: string, data: SignalData) => void;
  /** Hangs up for good. */
  readonly leave: () => void;
}

export interface SignalLinkOptions {
  readonly url: string;
  readonly token: string;
  readonly session: string;
  readonly onMessage: (message: FromRoom) => void;
}

/** ms between two tries: the first is at once, since a hub that restarts is back within a second. */
const delays = [50, 100, 200, 400, 800, 1_500, 2_500];

/** ms. */
const HUB_WAKES_WITHIN = 15_000;

export function openSignalLink(options: SignalLinkOptions): SignalLink {
  let socket: WebSocket | null = null;
  let tries = 0;
  let over = false;
  let timer = 0;
  let heard = 0;
  let welcomed = false;
  let unknownSince: number | null = null;

  function send(message: ToRoom): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  /** A hub that has just restarted may not know the room of a call yet that it knew before. */
  function isPassing(message: FromRoom): boolean {
    if (!welcomed || message.type !== 'refused' || message.reason !== 'unknownRoom') return false;
    unknownSince ??= performance.now();
    return performance.now() - unknownSince < HUB_WAKES_WITHIN;
  }

  function connect(): void {
    const current = new WebSocket(options.url);
    socket = current;
    heard = performance.now();
    current.onopen = () => send({ type: 'join', token: options.token, session: options.session });
    current.onmessage = (event) => {
      heard = performance.now();
      const message = parse(event.data);
      if (!message) return;
      if (message.type === 'pong' || message.type === 'notUnderstood' || isPassing(message)) return;
      if (message.type === 'welcome') {
        tries = 0;
        welcomed = true;
        unknownSince = null;
      }
      if (message.type === 'refused' || message.type === 'replaced' || message.type === 'over') end();
      options.onMessage(message);
    };
    current.onclose = () => {
      if (socket !== current || over) return;
      socket = null;
      timer = window.setTimeout(connect, delays[Math.min(tries, delays.length - 1)]);
      tries += 1;
    };
  }

  const beat = window.setInterval(() => {
    if (socket && performance.now() - heard > SIGNAL_PING_EVERY * 3) {
      // Its close event may take a minute to come on a dead network: do not wait for it.
      const dead = socket;
      socket = null;
      dead.close();
      connect();
    } else send({ type: 'ping' });
  }, SIGNAL_PING_EVERY);

  function end(): void {
    over = true;
    window.clearInterval(beat);
    window.clearTimeout(timer);
  }

  connect();
  return {
    signal: (to, data) => send({ type: 'signal', to, data }),
    leave() {
      send({ type: 'leave' });
      end();
      socket?.close(1000);
    },
  };
}

function parse(data: unknown): FromRoom | null {
  if (typeof data !== 'string') return null;
  try {
    return fromRoom.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}

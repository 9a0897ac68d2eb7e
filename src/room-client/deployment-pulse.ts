/**
 * Feels whether a deployment's signalling server answers, during a call: Jitsi itself waits long before it tries again,
 * and long after an outage it still ends a call whose pictures went on. A WebSocket is asked for where Jitsi Meet has its
 * own (xmpp-websocket, config.js of Jitsi Meet); whether it opens is all that is looked at.
 */
export interface DeploymentPulse {
  /** A call begins at this deployment. */
  readonly watch: (origin: string) => void;
  /** The call is down: asks often. */
  readonly wake: () => void;
  /** The call is live: asks now and then, where the server has ever answered. */
  readonly calm: () => void;
  /** The call is over. */
  readonly rest: () => void;
}

export interface DeploymentPulseOptions {
  /** Calls back every `ms` until the function it returns is called. */
  readonly every: (ms: number, tick: () => void) => () => void;
  /** It did not answer, and now it does: a new room will do what waiting would not. */
  readonly onReachable: () => void;
  readonly openSocket?: (url: string) => PulseSocket;
  /** ms, of any beginning. */
  readonly clock?: () => number;
}

export type PulseSocket = Pick<WebSocket, 'onopen' | 'onerror' | 'close'>;

/**
 * ms between two questions: when something has just gone wrong, when it has been so for a while, and while all is well.
 * Chromium lets a page that fails too often wait up to five seconds for its next WebSocket (WebSocketThrottler).
 */
const OFTEN = 700;
const PATIENTLY = 1_500;
const SELDOM = 2_000;
/** ms of silence after which it is asked patiently. */
const A_WHILE = 8_000;
/** Answers in a row that must come first: a call whose line is back often heals by itself, and sooner. */
const GRACE = 3;
/** ms of silence that a live call outlives: Jitsi's server takes a connection back for about as long. */
const OUTLIVED = 5_000;

export function createDeploymentPulse(options: DeploymentPulseOptions): DeploymentPulse {
  const {
    every,
    onReachable,
    openSocket = (url) => new WebSocket(url, 'xmpp'),
    clock = () => performance.now(),
  } = options;
  let url: string | null = null;
  let asking: PulseSocket | null = null;
  let asked = false;
  let everAnswered = false;
  let silentSince: number | null = null;
  let backAt: number | null = null;
  let answers = 0;
  let live = false;
  let pace = SELDOM;
  let stop: (() => void) | null = null;

  function ask(): void {
    if (url === null || (live && !everAnswered && asked)) return;
    asked = true;
    // Still no answer: as good as a refusal. A new socket, because an old one waits ever longer between its own tries.
    if (asking) noAnswer();
    const socket = openSocket(url);
    asking = socket;
    socket.onopen = answered;
    socket.onerror = noAnswer;
  }

  function answered(): void {
    drop();
    everAnswered = true;
    if (silentSince === null) return;
    backAt ??= clock();
    answers += 1;
    if (pace === PATIENTLY) go(OFTEN);
    // What a live call outlived is over; what it did not will end it, whatever is still seen.
    const outlived = live && backAt - silentSince < OUTLIVED;
    if (!live && answers <= GRACE) return;
    heard();
    if (live) go(SELDOM);
    if (!outlived) onReachable();
  }

  function heard(): void {
    silentSince = null;
    backAt = null;
    answers = 0;
  }

  function noAnswer(): void {
    drop();
    if (live && silentSince === null) go(OFTEN);
    silentSince ??= clock();
    if (pace === OFTEN && clock() - silentSince > A_WHILE) go(PATIENTLY);
    backAt = null;
    answers = 0;
  }

  function drop(): void {
    if (!asking) return;
    asking.onopen = null;
    asking.onerror = null;
    asking.close();
    asking = null;
  }

  function go(next: number): void {
    stop?.();
    pace = next;
    stop = every(next, ask);
  }

  function rest(): void {
    stop?.();
    stop = null;
    drop();
    heard();
  }

  return {
    watch(origin) {
      rest();
      const next = `${origin.replace(/^http/, 'ws')}/xmpp-websocket`;
      if (next !== url) {
        everAnswered = false;
        asked = false;
      }
      url = next;
      live = false;
    },
    wake() {
      if (url === null) return;
      live = false;
      go(OFTEN);
      if (!asking) ask();
    },
    calm() {
      if (url === null) return;
      live = true;
      go(SELDOM);
    },
    rest() {
      rest();
      url = null;
    },
  };
}

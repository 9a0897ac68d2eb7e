/**
 * Feels whether a deployment's signalling server answers, while a call is down: Jitsi itself waits long before it tries
 * again. A WebSocket is asked for where Jitsi Meet has its own (xmpp-websocket, config.js of Jitsi Meet); whether it
 * opens is all that is looked at.
 */
export interface DeploymentPulse {
  /** The deployment that is meant from now on. */
  readonly watch: (origin: string) => void;
  /** The call is down. */
  readonly wake: () => void;
  /** The call is live, or over. */
  readonly rest: () => void;
}

export interface DeploymentPulseOptions {
  /** Calls back every `ms` until the function it returns is called. */
  readonly every: (ms: number, tick: () => void) => () => void;
  /** It did not answer, and now it does. */
  readonly onReachable: () => void;
  readonly openSocket?: (url: string) => WebSocket;
}

/** ms between two questions. */
const PACE = 700;
/** Questions in a row that must be answered first: a call whose line is back often heals by itself, and sooner. */
const GRACE = 2;

export function createDeploymentPulse(options: DeploymentPulseOptions): DeploymentPulse {
  const { every, onReachable, openSocket = (url) => new WebSocket(url, 'xmpp') } = options;
  let url: string | null = null;
  let asking: WebSocket | null = null;
  let silent = false;
  let answers = 0;
  let stop: (() => void) | null = null;

  function ask(): void {
    if (url === null) return;
    // Still no answer: as good as a refusal. A new socket, because an old one waits ever longer between its own tries.
    if (asking) noAnswer();
    const socket = openSocket(url);
    asking = socket;
    socket.onopen = () => {
      drop();
      if (!silent) return;
      answers += 1;
      if (answers <= GRACE) return;
      silent = false;
      answers = 0;
      onReachable();
    };
    socket.onerror = noAnswer;
  }

  function noAnswer(): void {
    drop();
    silent = true;
    answers = 0;
  }

  function drop(): void {
    if (!asking) return;
    asking.onopen = null;
    asking.onerror = null;
    asking.close();
    asking = null;
  }

  function rest(): void {
    stop?.();
    stop = null;
    silent = false;
    answers = 0;
    drop();
  }

  return {
    watch(origin) {
      rest();
      url = `${origin.replace(/^http/, 'ws')}/xmpp-websocket`;
    },
    wake() {
      if (stop || url === null) return;
      stop = every(PACE, ask);
      ask();
    },
    rest,
  };
}

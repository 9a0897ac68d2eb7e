/**
 * The console's one WebSocket to the hub. It comes back by itself after a cut; the hub then sends its whole view
 * again, so nothing depends on a message that was missed. What the hub says is checked against the protocol's schema.
 */
import { type DocumentFrame, decodeDocumentFrame, encodeDocumentFrame } from '#shared/document-frame.ts';
import type { FailureCode } from '#shared/failure.ts';
import type { DocumentToConsole, DocumentToTerminal } from '#shared/protocol/documents.ts';
import { BEAT_MS, type ConsoleToHub, type HubToConsole, hubToConsole } from '#shared/protocol/messages.ts';
import type { ConsoleView } from '#shared/protocol/views.ts';
import { listenerSet } from './listener-set.ts';
import { silenceTimer } from './silence-timer.ts';

/** hubSilent: no answer came, so it is not known whether the hub did what was asked; the next view tells. */
export type ConsoleFailureCode = FailureCode | 'hubSilent';

export type Answer =
  | { readonly ok: true }
  /** `by`: the colleague who was faster (alreadyPickedUp). */
  | { readonly ok: false; readonly code: ConsoleFailureCode; readonly by: string | null };

/** refused: the hub does not want this session (any more); the link stays closed. */
export type LinkState = 'connecting' | 'open' | 'lost' | 'refused';

type Request = Extract<ConsoleToHub, { requestId: string }>;
type WithoutRequestId<T> = T extends Request ? Omit<T, 'requestId'> : never;
export type RequestWithoutId = WithoutRequestId<Request>;

export interface LinkSnapshot {
  readonly state: LinkState;
  /** The last view, kept during a cut so that the page stays; null until the first one. */
  readonly view: ConsoleView | null;
  /** Milliseconds to add to this computer's clock to read the hub's. */
  readonly clockOffset: number;
}

export interface HubLink {
  readonly snapshot: () => LinkSnapshot;
  readonly subscribe: (listener: () => void) => () => void;
  /** Never rejects. Waits for the connection if there is none, up to the deadline. */
  readonly request: (request: RequestWithoutId) => Promise<Answer>;
  /** False where there is no connection: nothing is kept for later. */
  readonly sendDocumentMessage: (message: DocumentToTerminal) => boolean;
  readonly sendFrame: (frame: DocumentFrame) => boolean;
  readonly onDocumentMessage: (listener: (message: DocumentToConsole) => void) => () => void;
  readonly onFrame: (listener: (frame: DocumentFrame) => void) => () => void;
  /** Called at every connection, the first one too. */
  readonly onOpen: (listener: () => void) => () => void;
  /** Tries at once rather than at the end of the pause: the network or the page has just come back. */
  readonly hurry: () => void;
  readonly close: () => void;
}

export interface HubLinkSettings {
  readonly url: string;
  /** True while the session is good: tells a cut from an expired session, which a browser's WebSocket cannot. */
  readonly sessionIsGood: () => Promise<boolean>;
  readonly openSocket?: (url: string) => WebSocket;
  /** ms before a request without an answer fails with hubSilent. */
  readonly requestDeadline?: number;
  /** ms of the first pause before connecting again; doubled at each try up to `longestPause`, then jittered. */
  readonly firstPause?: number;
  readonly longestPause?: number;
  /** ms without a word of the hub after which the line is taken for dead: a cut that nobody announced. */
  readonly longestSilence?: number;
  readonly random?: () => number;
  readonly report?: (what: string) => void;
}

interface Waiting {
  readonly message: Request;
  readonly resolve: (answer: Answer) => void;
  readonly timer: ReturnType<typeof setTimeout>;
  sent: boolean;
}

/** Sent again after a cut without harm: the hub recognises them, or doing them twice changes nothing. */
const REPEATABLE: ReadonlySet<Request['type']> = new Set([
  'order',
  'residentPresence',
  'cancelVisit',
  'endVisit',
  'quiet',
]);

export function createHubLink(settings: HubLinkSettings): HubLink {
  const {
    url,
    sessionIsGood,
    openSocket = (address) => new WebSocket(address),
    requestDeadline = 15_000,
    firstPause = 300,
    longestPause = 8_000,
    longestSilence = 2.5 * BEAT_MS,
    random = Math.random,
    report = console.warn,
  } = settings;

  let snapshot: LinkSnapshot = { state: 'connecting', view: null, clockOffset: 0 };
  let socket: WebSocket | null = null;
  let pause: ReturnType<typeof setTimeout> | null = null;
  let failures = 0;
  let closed = false;
  const waiting = new Map<string, Waiting>();
  const listeners = listenerSet<void>();
  const opened = listenerSet<void>();
  const messages = listenerSet<DocumentToConsole>();
  const frames = listenerSet<DocumentFrame>();

  function set(change: Partial<LinkSnapshot>): void {
    snapshot = { ...snapshot, ...change };
    listeners.tell();
  }

  function connect(): void {
    pause = null;
    const current = openSocket(url);
    current.binaryType = 'arraybuffer';
    socket = current;
    const silence = silenceTimer(longestSilence, () => {
      if (socket !== current) return;
      socket = null;
      current.close();
      lost();
    });
    current.addEventListener('open', () => {
      if (socket !== current) return;
      failures = 0;
      set({ state: 'open' });
      for (const request of waiting.values()) transmit(request);
      opened.tell();
    });
    current.addEventListener('message', (event) => {
      if (socket !== current) return;
      silence.heard();
      if (event.data instanceof ArrayBuffer) receiveFrame(event.data);
      else receive(String(event.data));
    });
    current.addEventListener('close', () => {
      silence.stop();
      if (socket !== current) return;
      socket = null;
      lost();
    });
    // A 'close' follows every 'error'; the browser gives no reason in either.
    current.addEventListener('error', () => report('hub link: connection error'));
  }

  function lost(): void {
    if (closed) return;
    for (const request of [...waiting.values()]) {
      if (request.sent && !REPEATABLE.has(request.message.type)) {
        settle(request, { ok: false, code: 'hubSilent', by: null });
      } else request.sent = false;
    }
    if (snapshot.state === 'refused') return;
    set({ state: 'lost' });
    failures += 1;
    const ceiling = Math.min(longestPause, firstPause * 2 ** (failures - 1));
    // Jitter, so that a hundred consoles do not all come back in the same instant after a restart of the hub.
    pause = setTimeout(() => void comeBack(), ceiling / 2 + (random() * ceiling) / 2);
  }

  async function comeBack(): Promise<void> {
    const good = await sessionIsGood();
    if (closed || socket) return;
    if (good) connect();
    else refuse();
  }

  function refuse(): void {
    set({ state: 'refused' });
    for (const request of [...waiting.values()]) {
      settle(request, { ok: false, code: 'sessionExpired', by: null });
    }
  }

  function receive(text: string): void {
    const message = parse(text);
    if (!message) {
      report('hub link: a message does not match the protocol');
      return;
    }
    switch (message.type) {
      case 'view':
        set({ view: message.view, clockOffset: message.view.now - Date.now() });
        return;
      case 'answer': {
        const request = waiting.get(message.requestId);
        if (!request) return;
        settle(
          request,
          message.ok ? { ok: true } : { ok: false, code: message.code ?? 'unexpected', by: message.by },
        );
        return;
      }
      case 'beat':
        return;
      case 'refused':
        report(`hub link: refused (${message.code})`);
        if (message.code === 'sessionExpired' || message.code === 'forbidden') refuse();
        return;
      default:
        messages.tell(message);
    }
  }

  function receiveFrame(data: ArrayBuffer): void {
    const frame = decodeDocumentFrame(new Uint8Array(data));
    if (frame) frames.tell(frame);
    else report('hub link: a binary message is not a document frame');
  }

  function transmit(request: Waiting): void {
    if (request.sent || socket?.readyState !== WebSocket.OPEN) return;
    request.sent = true;
    socket.send(JSON.stringify(request.message));
  }

  function settle(request: Waiting, answer: Answer): void {
    clearTimeout(request.timer);
    waiting.delete(request.message.requestId);
    request.resolve(answer);
  }

  connect();

  return {
    snapshot: () => snapshot,
    subscribe: listeners.add,
    request: (content) =>
      new Promise((resolve) => {
        if (closed || snapshot.state === 'refused') {
          resolve({ ok: false, code: 'sessionExpired', by: null });
          return;
        }
        const message: Request = { ...content, requestId: crypto.randomUUID() };
        const timer = setTimeout(() => {
          const late = waiting.get(message.requestId);
          if (late) settle(late, { ok: false, code: 'hubSilent', by: null });
        }, requestDeadline);
        const request: Waiting = { message, resolve, timer, sent: false };
        waiting.set(message.requestId, request);
        transmit(request);
      }),
    sendDocumentMessage: (message) => {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    sendFrame: (frame) => {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(encodeDocumentFrame(frame));
      return true;
    },
    onDocumentMessage: messages.add,
    onFrame: frames.add,
    onOpen: opened.add,
    hurry: () => {
      if (pause === null) return;
      clearTimeout(pause);
      pause = null;
      void comeBack();
    },
    close: () => {
      closed = true;
      if (pause !== null) clearTimeout(pause);
      for (const request of [...waiting.values()]) {
        settle(request, { ok: false, code: 'hubSilent', by: null });
      }
      const current = socket;
      socket = null;
      current?.close();
    },
  };
}

function parse(text: string): HubToConsole | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const result = hubToConsole.safeParse(value);
  return result.success ? result.data : null;
}

/**
 * Main's end of the visit's paper process: passes orders and ranges in, statuses and wants out, and never holds the
 * bytes of a document. A process that dies or hangs is replaced at once; its documents are lost with it.
 */
import type { DeskLive } from '#shared/desk-live.ts';
import { fail, type Result } from '#shared/failure.ts';
import type { DocumentToConsole, DocumentToTerminal } from '#shared/protocol/documents.ts';
import type { Order, OrderStatus } from '#shared/protocol/orders.ts';
import {
  type MainToPaper,
  type PaperConfig,
  type PaperToMain,
  type Picture,
  paperToMain,
  type ShotResult,
} from './contract.ts';
import type { PaperChild, SpawnPaper } from './paper-child.ts';

export interface PaperLinkOptions {
  readonly spawn: SpawnPaper;
  readonly config: PaperConfig;
  readonly onStatus: (orderId: string, status: OrderStatus) => void;
  /** Ask the console for these bytes; answer with range(). */
  readonly onWant: (want: {
    readonly documentId: string;
    readonly offset: number;
    readonly length: number;
  }) => void;
  /** The process's key of this visit: again, and another one, whenever it was replaced. */
  readonly onVisitKey: (publicKey: string) => void;
  readonly onCheckCode: (code: string) => void;
  readonly onLive: (live: DeskLive | null) => void;
  /** For a console. */
  readonly onSay: (message: DocumentToConsole) => void;
  /**
   * exited: the process ended by itself · silent: it answered nothing for silentMs and was killed. A new one has
   * already been started, unless `givenUp` (it died deathsAllowed times within a minute). Prints under way are
   * followed by the new process; every other order under way is reported `interrupted` right after this call.
   */
  readonly onDied: (reason: 'exited' | 'silent', givenUp: boolean) => void;
  /** A scan begins or ends: tell the scanner's watcher to keep its hands off (Scanner.setScanning). */
  readonly onScanning?: (scanning: boolean) => void;
  /** Something came that does not match the contract; says which type, never the content. */
  readonly onInvalid?: (what: string) => void;
  /** ms between two questions whether the process still answers. */
  readonly pingMs?: number;
  /** ms without any message after which it counts as wedged. */
  readonly silentMs?: number;
  /** ms that a new process has to say its first word. */
  readonly startMs?: number;
  /** ms after which read() and draw() give up. */
  readonly requestMs?: number;
  readonly deathsAllowed?: number;
}

export interface PaperLink {
  /**
   * What is not main's own (order-desk.ts). Harmless when repeated: the status is reported again, nothing is done twice.
   * `resumed`: an earlier run of the terminal had begun it; a print is then followed, never sent again (`interrupted`
   * where the print system does not know it), a scan is `interrupted`.
   */
  readonly order: (order: Order, resumed?: boolean) => void;
  /** Bytes of a document that arrived from the hub, in any order. */
  readonly range: (range: {
    readonly documentId: string;
    readonly offset: number;
    readonly payload: Uint8Array<ArrayBuffer>;
  }) => void;
  /** What a console says about documents. */
  readonly hear: (message: DocumentToTerminal) => void;
  /** Ends an aim: with what the camera saw, sealed for the process, or with why there is none. */
  readonly shot: (aim: string, result: ShotResult) => void;
  /** The hub is linked again after a cut: what is missing is asked for again at once. */
  readonly relinked: () => void;
  /** The sealed range at this offset of what the process holds. Failures: documentGone, unexpected. */
  readonly read: (documentId: string, offset: number) => Promise<Result<Uint8Array<ArrayBuffer>>>;
  /** One page (from 1) as a picture. Failures: documentGone, documentBroken, notFound (no such page), unexpected. */
  readonly draw: (documentId: string, page: number) => Promise<Result<Picture>>;
  /** Cancels every order; resolves when nothing runs any more, or when the process is gone or does not answer. */
  readonly stop: () => Promise<void>;
  /** Ends the process by force; resolves when it is gone. Nothing is reported afterwards. */
  readonly kill: () => Promise<void>;
}

const MINUTE_MS = 60_000;

export function createPaperLink(options: PaperLinkOptions): PaperLink {
  const { spawn, config, onStatus, onWant, onVisitKey, onCheckCode, onLive, onSay, onDied } = options;
  const { onScanning, onInvalid } = options;
  const {
    pingMs = 2_000,
    silentMs = 10_000,
    startMs = 30_000,
    requestMs = 20_000,
    deathsAllowed = 3,
  } = options;

  let child: PaperChild | null = null;
  let killed = false;
  let heardAt = 0;
  let hasSpoken = false;
  let requests = 0;
  let deaths: readonly number[] = [];
  let ended: Promise<void> = Promise.resolve();
  const waiting = new Map<number, (answer: PaperToMain | null) => void>();
  const open = new Map<string, Order>();
  const scanning = new Set<string>();

  const post = (message: MainToPaper): void => child?.post(message);

  function start(): void {
    const born = spawn();
    child = born;
    heardAt = performance.now();
    hasSpoken = false;
    born.onMessage((raw) => {
      if (child === born) receive(raw);
    });
    ended = new Promise((resolve) => {
      born.onExit(() => {
        resolve();
        if (child === born) lost('exited');
      });
    });
    post({ type: 'start', config });
  }

  function receive(raw: unknown): void {
    heardAt = performance.now();
    hasSpoken = true;
    const parsed = paperToMain.safeParse(raw);
    if (!parsed.success) {
      onInvalid?.(String((raw as { type?: unknown } | null)?.type));
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case 'status':
        report(message.orderId, message.status);
        break;
      case 'want':
        onWant({ documentId: message.documentId, offset: message.offset, length: message.length });
        break;
      case 'visitKey':
        onVisitKey(message.publicKey);
        break;
      case 'checkCode':
        onCheckCode(message.code);
        break;
      case 'live':
        onLive(message.live);
        break;
      case 'say':
        onSay(message.message);
        break;
      default:
        waiting.get(message.requestId)?.(message);
    }
  }

  function report(orderId: string, status: OrderStatus): void {
    if (status.status === 'done' || status.status === 'failed') {
      open.delete(orderId);
      setScanning(orderId, false);
    }
    onStatus(orderId, status);
  }

  function setScanning(orderId: string, on: boolean): void {
    const before = scanning.size > 0;
    if (on) scanning.add(orderId);
    else scanning.delete(orderId);
    if (before !== scanning.size > 0) onScanning?.(!before);
  }

  function lost(reason: 'exited' | 'silent'): void {
    child = null;
    for (const answer of [...waiting.values()]) answer(null);
    if (killed) return;
    const now = performance.now();
    deaths = [...deaths.filter((at) => now - at < MINUTE_MS), now];
    const givenUp = deaths.length > deathsAllowed;
    const orders = [...open.values()];
    if (!givenUp) start();
    onDied(reason, givenUp);
    for (const order of orders) {
      if (order.request.kind === 'print' && !givenUp) {
        post({ type: 'order', order, resumed: true });
      } else {
        report(order.orderId, { status: 'failed', code: 'interrupted' });
      }
    }
  }

  /** Null: no answer, because the process is gone, wedged or too slow. */
  function request(build: (requestId: number) => MainToPaper, limitMs: number): Promise<PaperToMain | null> {
    if (!child) return Promise.resolve(null);
    requests += 1;
    const requestId = requests;
    return new Promise((resolve) => {
      const settle = (answer: PaperToMain | null): void => {
        clearTimeout(timer);
        waiting.delete(requestId);
        resolve(answer);
      };
      const timer = setTimeout(() => settle(null), limitMs);
      waiting.set(requestId, settle);
      post(build(requestId));
    });
  }

  const pulse = setInterval(() => {
    if (!child) return;
    if (performance.now() - heardAt < (hasSpoken ? silentMs : startMs)) {
      post({ type: 'ping', requestId: 0 });
      return;
    }
    const wedged = child;
    lost('silent');
    wedged.kill();
  }, pingMs);
  pulse.unref();
  start();

  return {
    order: (order, resumed = false) => {
      if (!child) {
        onStatus(order.orderId, { status: 'failed', code: killed ? 'visitOver' : 'unexpected' });
        return;
      }
      open.set(order.orderId, order);
      if (order.request.kind === 'scan') setScanning(order.orderId, true);
      post({ type: 'order', order, resumed });
    },
    range: ({ documentId, offset, payload }) => {
      post({ type: 'range', documentId, offset, bytes: payload });
    },
    hear: (message) => post({ type: 'heard', message }),
    shot: (aim, result) => post({ type: 'shot', aim, result }),
    relinked: () => post({ type: 'relinked' }),
    read: async (documentId, offset) => {
      const answer = await request(
        (requestId) => ({ type: 'read', requestId, documentId, offset }),
        requestMs,
      );
      return answer?.type === 'ranged' ? answer.result : fail('unexpected');
    },
    draw: async (documentId, page) => {
      const answer = await request((requestId) => ({ type: 'draw', requestId, documentId, page }), requestMs);
      return answer?.type === 'drawn' ? answer.result : fail('unexpected');
    },
    stop: async () => {
      await request((requestId) => ({ type: 'stop', requestId }), requestMs);
    },
    kill: async () => {
      killed = true;
      clearInterval(pulse);
      const last = child;
      child = null;
      for (const answer of [...waiting.values()]) answer(null);
      open.clear();
      scanning.clear();
      onScanning?.(false);
      last?.kill();
      await ended;
    },
  };
}

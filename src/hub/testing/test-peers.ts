/** A console and a terminal as the hub meets them: real WebSockets; everything received must match the protocol. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { WebSocket } from 'ws';
import { type DocumentFrame, decodeDocumentFrame, encodeDocumentFrame } from '#shared/document-frame.ts';
import {
  type ConsoleToHub,
  type HubToConsole,
  type HubToTerminal,
  hubToConsole,
  hubToTerminal,
  PROTOCOL_VERSION,
  type TerminalToHub,
} from '#shared/protocol/messages.ts';
import type { SignedWipeReport, WipeReport } from '#shared/protocol/terminal-report.ts';
import type { ConsoleView } from '#shared/protocol/views.ts';
import { proofMessage } from '#shared/terminal-proof.ts';
import { wipeMessage } from '#shared/wipe-proof.ts';

interface Inbox<T> {
  readonly all: readonly T[];
  /** The first message, old or new, for which `wanted` gives something. */
  readonly find: <R>(wanted: (message: T) => R | null | undefined | false) => Promise<R>;
  readonly push: (message: T) => void;
}

/** ms. Long: the whole suite shares few cores, and only a failing test waits this long. */
const PATIENCE = 25_000;

function createInbox<T>(what: string): Inbox<T> {
  const all: T[] = [];
  const waiting = new Set<() => void>();
  return {
    all,
    push(message) {
      all.push(message);
      for (const look of [...waiting]) look();
    },
    find: (wanted) =>
      new Promise((resolve, reject) => {
        let next = 0;
        const late = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`${what}: not received. Got ${JSON.stringify(all.slice(-5))}`));
        }, PATIENCE);
        function look(): void {
          for (; next < all.length; next += 1) {
            const found = wanted(all[next] as T);
            if (found === null || found === undefined || found === false) continue;
            clearTimeout(late);
            waiting.delete(look);
            resolve(found);
            return;
          }
        }
        waiting.add(look);
        look();
      }),
  };
}

interface Peer<T> {
  readonly socket: WebSocket;
  readonly inbox: Inbox<T>;
  readonly frames: Inbox<DocumentFrame>;
  readonly sendFrame: (frame: DocumentFrame) => void;
  /** Anything, also what the protocol forbids. */
  readonly sendText: (text: string) => void;
  /** Resolved with the close code, also where it is closed already. */
  readonly closed: Promise<number>;
  readonly cut: () => Promise<void>;
}

async function openPeer<T>(url: string, headers: Record<string, string>, parse: (value: unknown) => T) {
  const socket = new WebSocket(url, { headers });
  const inbox = createInbox<T>(url);
  const frames = createInbox<DocumentFrame>(`${url} frames`);
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) return inbox.push(parse(JSON.parse(data.toString())));
    const frame = decodeDocumentFrame(data);
    if (frame) frames.push(frame);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => socket.terminate());
  const peer: Peer<T> = {
    socket,
    inbox,
    frames,
    sendFrame: (frame) => socket.send(encodeDocumentFrame(frame)),
    sendText: (text) => socket.send(text),
    closed,
    cut: async () => {
      socket.terminate();
      await closed;
    },
  };
  return peer;
}

type Request = Extract<ConsoleToHub, { requestId: string }>;
type WithoutId<T> = T extends Request ? Omit<T, 'requestId'> : never;
export type TestRequest = WithoutId<Request>;
type Answer = Extract<HubToConsole, { type: 'answer' }>;

export interface TestConsole extends Peer<HubToConsole> {
  readonly ask: (request: TestRequest) => Promise<Answer>;
  readonly send: (message: ConsoleToHub) => void;
  readonly view: () => ConsoleView;
  /** The newest view for which `wanted` gives something. */
  readonly until: <R>(wanted: (view: ConsoleView) => R | null | undefined | false) => Promise<R>;
}

export async function openTestConsole(origin: string, cookie: string): Promise<TestConsole> {
  const url = `${origin.replace(/^http/, 'ws')}/ws/console`;
  const peer = await openPeer(url, { origin, cookie }, (value) => hubToConsole.parse(value));
  const send = (message: ConsoleToHub) => peer.sendText(JSON.stringify(message));
  const views = () => peer.inbox.all.flatMap((message) => (message.type === 'view' ? [message.view] : []));
  await peer.inbox.find((message) => message.type === 'view');
  return {
    ...peer,
    send,
    ask(request) {
      const requestId = crypto.randomUUID();
      send({ ...request, requestId } as Request);
      return peer.inbox.find(
        (message) => message.type === 'answer' && message.requestId === requestId && message,
      );
    },
    view() {
      const last = views().at(-1);
      if (!last) throw new Error('No view yet.');
      return last;
    },
    until(wanted) {
      // Only what holds now or later: a view that is past says nothing.
      const from = Math.max(0, views().length - 1);
      let seen = 0;
      return peer.inbox.find((message) => {
        if (message.type !== 'view') return null;
        seen += 1;
        return seen > from ? wanted(message.view) : null;
      });
    },
  };
}

export interface TestIdentity {
  readonly terminalId: string;
  readonly privateKey: KeyObject;
}

export function newKeys(): { publicKey: string; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
    privateKey,
  };
}

type VisitMessage = Extract<HubToTerminal, { type: 'visit' }>;

export interface TestTerminal extends Peer<HubToTerminal> {
  readonly send: (message: TerminalToHub) => void;
  readonly visit: () => VisitMessage;
  readonly untilVisit: <R>(wanted: (message: VisitMessage) => R | null | undefined | false) => Promise<R>;
}

/** A bare connection that has said nothing. */
export async function openTestTerminal(
  origin: string,
  headers: Record<string, string> = {},
): Promise<TestTerminal> {
  const url = `${origin.replace(/^http/, 'ws')}/ws/terminal`;
  const peer = await openPeer(url, headers, (value) => hubToTerminal.parse(value));
  return {
    ...peer,
    send: (message) => peer.sendText(JSON.stringify(message)),
    visit() {
      const last = peer.inbox.all.findLast((message) => message.type === 'visit');
      if (!last) throw new Error('No visit message yet.');
      return last;
    },
    untilVisit: (wanted) => peer.inbox.find((message) => message.type === 'visit' && wanted(message)),
  };
}

export async function challengeOf(terminal: TestTerminal, terminalId: string): Promise<string> {
  terminal.send({ type: 'hello', protocol: PROTOCOL_VERSION, terminalId });
  return terminal.inbox.find((message) => message.type === 'challenge' && message.nonce);
}

export function signatureOf(
  privateKey: KeyObject,
  terminalId: string,
  nonce: string,
  origin: string,
): string {
  return sign(null, Buffer.from(proofMessage(terminalId, nonce, origin)), privateKey).toString('base64url');
}

/** As the terminal would sign it. */
export function signedWipe({ terminalId, privateKey }: TestIdentity, report: WipeReport): SignedWipeReport {
  const message = Buffer.from(wipeMessage(terminalId, report));
  return { ...report, signature: sign(null, message, privateKey).toString('base64url') };
}

/** Connected, proved, and told where it stands. */
export async function linkTestTerminal(
  origin: string,
  { terminalId, privateKey }: TestIdentity,
): Promise<TestTerminal> {
  const terminal = await openTestTerminal(origin);
  const nonce = await challengeOf(terminal, terminalId);
  terminal.send({ type: 'proof', signature: signatureOf(privateKey, terminalId, nonce, origin) });
  await terminal.inbox.find((message) => message.type === 'visit');
  return terminal;
}

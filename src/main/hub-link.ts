/**
 * The terminal's one outbound connection. It proves who it is, comes back by itself after any cut, and keeps what the
 * hub has not heard yet: the latest report, the latest status of each order, the latest wipe report, the latest self-test.
 */

import { WebSocket } from 'ws';
import { type DocumentFrame, decodeDocumentFrame, encodeDocumentFrame } from '#shared/document-frame.ts';
import type { DocumentToConsole } from '#shared/protocol/documents.ts';
import {
  type HubToTerminal,
  hubToTerminal,
  PROTOCOL_VERSION,
  type TerminalToHub,
} from '#shared/protocol/messages.ts';
import type { Identity } from './identity.ts';
import type { Log } from './log.ts';
import { parseJson } from './parse-json.ts';
import { measureRoundTrip, type RoundTrip } from './round-trip.ts';

/** ms. A silent line is found dead after two of these. */
const HEARTBEAT = 5_000;
const FIRST_RETRY = 200;
const LAST_RETRY = 5_000;

export interface HubLinkEvents {
  /** Proved and listening. */
  readonly onLinked: () => void;
  readonly onLost: () => void;
  readonly onMessage: (message: HubToTerminal) => void;
  readonly onFrame: (frame: DocumentFrame) => void;
}

export interface HubLink {
  /** Sent now, or kept until the hub is there: a newer message about the same thing replaces the older. */
  readonly tell: (
    message: Extract<TerminalToHub, { type: 'report' | 'wipe' | 'selfTest' | 'order.status' | 'visit.end' }>,
  ) => void;
  /** Sent now or not at all: whoever waits for it asks again. */
  readonly say: (
    message: DocumentToConsole | Extract<TerminalToHub, { type: 'room.trouble' | 'room.drift' }>,
  ) => void;
  readonly sendFrame: (frame: DocumentFrame) => void;
  /** The line that was open is dead, whatever it says: after the machine slept. */
  readonly connectAgain: () => void;
  /** ms that the hub takes to answer just now (round-trip.ts); null: not known, or not linked. */
  readonly roundTrip: () => number | null;
  readonly close: () => void;
}

export function connectToHub(
  hubOrigin: string,
  identity: Identity,
  log: Log,
  events: HubLinkEvents,
): HubLink {
  const address = `${hubOrigin.replace(/^http/, 'ws')}/ws/terminal`;
  const unsaid = new Map<string, TerminalToHub>();
  let socket: WebSocket | null = null;
  let trip: RoundTrip | null = null;
  let linked = false;
  let closed = false;
  let retry = FIRST_RETRY;
  let retryTimer: NodeJS.Timeout | undefined;

  function send(message: TerminalToHub): void {
    socket?.send(JSON.stringify(message));
  }

  function open(): void {
    const opened = new WebSocket(address, {
      perMessageDeflate: false,
      maxPayload: 1024 * 1024,
      handshakeTimeout: 10_000,
    });
    socket = opened;
    const measured = measureRoundTrip(opened);
    trip = measured;
    let heard = true;
    const heartbeat = setInterval(() => {
      if (!heard) return opened.terminate();
      heard = false;
      if (opened.readyState === WebSocket.OPEN) opened.ping();
    }, HEARTBEAT);
    opened.on('pong', () => {
      heard = true;
    });
    opened.on('open', () =>
      send({ type: 'hello', protocol: PROTOCOL_VERSION, terminalId: identity.terminalId }),
    );
    opened.on('message', (data: Buffer, isBinary: boolean) => {
      heard = true;
      if (isBinary) receiveFrame(data);
      else receive(data);
    });
    // The close event follows every error and is where the next try is planned.
    opened.on('error', (error) => log.warn({ event: 'hub.connection-error', error }));
    opened.on('close', () => {
      clearInterval(heartbeat);
      measured.close();
      const wasLinked = linked;
      linked = false;
      if (closed) return;
      if (wasLinked) events.onLost();
      // Jitter: a hundred terminals must not come back in the same instant.
      retryTimer = setTimeout(open, retry * (0.75 + Math.random() / 2));
      retry = Math.min(retry * 2, LAST_RETRY);
    });
  }

  function receive(data: Buffer): void {
    const parsed = hubToTerminal.safeParse(parseJson(data));
    if (!parsed.success) {
      log.warn({ event: 'hub.message-refused' });
      return;
    }
    const message = parsed.data;
    if (message.type === 'challenge') {
      send({ type: 'proof', signature: identity.prove(message.nonce, hubOrigin) });
      return;
    }
    if (message.type === 'refused') {
      log.error({ event: 'hub.refused', code: message.code });
      return;
    }
    // The first view is the hub's word that the proof was right.
    if (!linked && message.type === 'visit') {
      linked = true;
      retry = FIRST_RETRY;
      events.onLinked();
      for (const kept of unsaid.values()) send(kept);
      unsaid.clear();
    }
    events.onMessage(message);
  }

  function receiveFrame(data: Buffer): void {
    const frame = decodeDocumentFrame(data);
    if (frame) events.onFrame(frame);
    else log.warn({ event: 'hub.frame-refused' });
  }

  open();
  return {
    tell(message) {
      if (linked) send(message);
      else unsaid.set(subjectOf(message), message);
    },
    say(message) {
      if (linked) send(message);
    },
    sendFrame(frame) {
      if (linked) socket?.send(encodeDocumentFrame(frame));
    },
    roundTrip: () => (linked ? (trip?.look() ?? null) : null),
    connectAgain() {
      if (closed) return;
      retry = FIRST_RETRY;
      // Its close event opens the next one.
      if (socket && socket.readyState !== WebSocket.CLOSED) socket.terminate();
      else {
        clearTimeout(retryTimer);
        open();
      }
    },
    close() {
      closed = true;
      clearTimeout(retryTimer);
      socket?.terminate();
    },
  };
}

function subjectOf(message: TerminalToHub): string {
  if (message.type === 'order.status') return `order ${message.orderId}`;
  if (message.type === 'visit.end') return `end ${message.visitId}`;
  return message.type;
}

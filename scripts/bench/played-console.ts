/** A console without a browser: an account's own connection to the hub, spoken to directly. */
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { HubProcess } from '#rig/hub-process.ts';
import { createConsoleSeal } from '#sealing/console-seal.ts';
import { encodeDocumentFrame } from '#shared/document-frame.ts';
import type { DocumentToConsole } from '#shared/protocol/documents.ts';
import { type ConsoleToHub, type HubToConsole, hubToConsole } from '#shared/protocol/messages.ts';
import type { OrderRequest } from '#shared/protocol/orders.ts';
import type { ConsoleView } from '#shared/protocol/views.ts';

import { createOpenedDocuments } from '../../src/console/documents.ts';
import { terminalOf } from '../../src/console/visit-papers.ts';

type Request = Extract<ConsoleToHub, { requestId: string }>;
type WithoutId<T> = T extends Request ? Omit<T, 'requestId'> : never;

export interface PlayedConsole {
  /** Resolves once the hub has done it. @throws where the hub refuses it. */
  readonly ask: (request: WithoutId<Request>) => Promise<void>;
  /** The first view, from the latest one on, for which `look` gives something. */
  readonly until: <T>(what: string, look: (view: ConsoleView) => T | null | undefined | false) => Promise<T>;
  /** Holds the document and answers for it; the order that makes the visit's terminal take it. */
  readonly offer: (bytes: Uint8Array<ArrayBuffer>) => Promise<OrderRequest & { readonly documentId: string }>;
  readonly forget: (documentId: string) => void;
  readonly close: () => Promise<void>;
}

const PATIENCE = 30_000;

/** @param email of one of hub.demo.accounts. */
export async function openPlayedConsole(hub: HubProcess, email: string): Promise<PlayedConsole> {
  const cookie = await logIn(hub, email);
  const socket = new WebSocket(`${hub.origin.replace(/^http/, 'ws')}/ws/console`, {
    headers: { origin: hub.origin, cookie },
  });
  const answers = new Map<string, (answer: Extract<HubToConsole, { type: 'answer' }>) => void>();
  const lookers = new Set<(view: ConsoleView) => void>();
  const listeners = new Set<(message: DocumentToConsole) => void>();
  let latest: ConsoleView | null = null;

  function receive(message: HubToConsole): void {
    switch (message.type) {
      case 'view':
        latest = message.view;
        for (const look of [...lookers]) look(message.view);
        void seal.follow(terminalOf(message.view));
        break;
      case 'answer':
        answers.get(message.requestId)?.(message);
        break;
      case 'refused':
        throw new Error(`The hub refused ${email}: ${message.code}.`);
      case 'beat':
        break;
      default:
        void seal.receive(message);
        for (const listener of listeners) listener(message);
    }
  }

  const say = (message: ConsoleToHub): boolean => {
    socket.send(JSON.stringify(message));
    return true;
  };
  const seal = createConsoleSeal({ say, onChange: () => undefined });
  const documents = createOpenedDocuments(
    {
      sendDocumentMessage: say,
      sendFrame: (frame) => {
        socket.send(encodeDocumentFrame(frame));
        return true;
      },
      onDocumentMessage: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    seal,
  );

  const until: PlayedConsole['until'] = (what, look) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        lookers.delete(seen);
        reject(new Error(`${email} waited ${PATIENCE} ms in vain: ${what}.`));
      }, PATIENCE);
      const seen = (view: ConsoleView) => {
        const found = look(view);
        if (found === null || found === undefined || found === false) return;
        clearTimeout(late);
        lookers.delete(seen);
        resolve(found);
      };
      lookers.add(seen);
      if (latest) seen(latest);
    });

  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) receive(hubToConsole.parse(JSON.parse(data.toString())));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  await until('a first view', () => true);
  return {
    until,
    ask: (request) =>
      new Promise((resolve, reject) => {
        const requestId = randomUUID();
        const late = setTimeout(() => reject(new Error(`No answer to ${request.type}.`)), PATIENCE);
        answers.set(requestId, ({ ok, code }) => {
          clearTimeout(late);
          answers.delete(requestId);
          if (ok) resolve();
          else reject(new Error(`The hub refused ${request.type}: ${code}.`));
        });
        socket.send(JSON.stringify({ ...request, requestId }));
      }),
    async offer(bytes) {
      const { documentId } = await documents.add('bench.pdf', new Blob([bytes]));
      const request = await documents.takeRequest(documentId);
      if (request?.kind !== 'take') throw new Error('The visit is over.');
      return request;
    },
    forget: documents.remove,
    close: () =>
      new Promise((resolve) => {
        seal.close();
        socket.once('close', () => resolve());
        socket.close();
      }),
  };
}

async function logIn({ origin, demo }: HubProcess, email: string): Promise<string> {
  const account = demo.accounts.find((one) => one.email === email);
  if (!account) throw new Error(`No account ${email} in the demo.`);
  const answer = await fetch(`${origin}/api/log-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email, password: account.password }),
  });
  if (!answer.ok) throw new Error(`The hub refused the log-in (${answer.status}).`);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

/**
 * A hub that plays a script: it serves the built console under the hub's own policy, speaks the protocol, and does what
 * the test says. The room on its second origin is a page with a drawing in place of a face.
 */

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import sharp from 'sharp';
import { type WebSocket, WebSocketServer } from 'ws';
import { sealedSize } from '#sealing/sealed-document.ts';
import { type DocumentFrame, decodeDocumentFrame, encodeDocumentFrame } from '#shared/document-frame.ts';
import { DOCUMENT_RANGE_BYTES, type DocumentToTerminal } from '#shared/protocol/documents.ts';
import {
  type ConsoleToHub,
  consoleToHub,
  type HubToConsole,
  hubToConsole,
} from '#shared/protocol/messages.ts';
import type { OrderRequest } from '#shared/protocol/orders.ts';
import type { ConsoleView } from '#shared/protocol/views.ts';

import { createScriptedSeal } from './scripted-seal.ts';

type Request = Extract<ConsoleToHub, { requestId: string }>;
type Answer = Omit<Extract<HubToConsole, { type: 'answer' }>, 'type' | 'requestId'>;

export interface ScriptedHub {
  readonly origin: string;
  readonly roomOrigin: string;
  /** Null: nobody is logged in. */
  view: ConsoleView | null;
  /** What the log-in gives; other passwords than this are wrong. */
  readonly password: string;
  viewAfterLogIn: ConsoleView;
  form: Uint8Array;
  onRequest: (request: Request) => Answer | Promise<Answer>;
  /** What a path under /api answers: by method and address, "GET /api/sheets/search?words=a", or without its query. Null: done. */
  readonly answers: Map<string, unknown>;
  /** What was sent to such a path. */
  readonly sent: { readonly to: string; readonly content: unknown }[];
  /** Requests in the order of their arrival. */
  readonly requests: Request[];
  readonly show: (view: ConsoleView) => void;
  /** Bytes that the terminal "scanned", by document id. */
  readonly scans: Map<string, Uint8Array>;
  /** Pictures of pages (PNG), by document id and page: "…/1". */
  readonly pages: Map<string, Uint8Array>;
  /** Pulls a document from the console and opens it as a terminal would; null: it is not what was sealed. */
  readonly pull: (request: Extract<OrderRequest, { kind: 'take' }>) => Promise<Uint8Array | null>;
  /** Every connection breaks and none is accepted until `mend`. */
  readonly cut: () => void;
  readonly mend: () => void;
  readonly stop: () => Promise<void>;
}

export const accepted: Answer = { ok: true, code: null, by: null };

const MEDIA: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
};

export async function startScriptedHub(pages: string, first: ConsoleView): Promise<ScriptedHub> {
  const room = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(ROOM_PAGE);
  });
  const roomPort = await listen(room);
  const roomOrigin = `http://localhost:${roomPort}`;
  let refusing = false;
  const sockets = new Set<WebSocket>();
  const sealing = await createScriptedSeal({ say: (message) => send(message), onCode: () => undefined });
  const frames = new Set<(frame: DocumentFrame) => void>();

  const server = createServer((request, response) => {
    if (refusing) {
      request.socket.destroy();
      return;
    }
    serve(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  const port = await listen(server);
  const origin = `http://localhost:${port}`;
  const headers = {
    'content-security-policy': [
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob: data:",
      `connect-src 'self' ws://localhost:${port}; frame-src ${roomOrigin}; worker-src 'self'; manifest-src 'self'`,
      "form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    ].join('; '),
    'cache-control': 'no-store',
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', origin);
    const json = (status: number, content: unknown) =>
      response
        .writeHead(status, { ...headers, 'content-type': 'application/json' })
        .end(JSON.stringify(content));
    if (pathname === '/api/settings') return void json(200, { roomOrigin });
    if (pathname === '/api/me') {
      return void (hub.view ? json(200, hub.view.me) : json(401, { code: 'sessionExpired' }));
    }
    if (pathname === '/api/log-in') {
      const given = JSON.parse(await textOf(request)) as { password: string };
      if (given.password !== hub.password) return void json(401, { code: 'wrongCredentials' });
      hub.view = hub.viewAfterLogIn;
      return void json(200, hub.view.me);
    }
    if (pathname === '/api/log-out') {
      hub.view = null;
      for (const socket of sockets) socket.terminate();
      return void response.writeHead(204, headers).end();
    }
    if (pathname === '/api/enrolment-codes') {
      return void json(200, { code: 'K7RM-2QXA-9TBD', expiresAt: Date.now() + 3_600_000 });
    }
    if (pathname.startsWith('/api/forms/')) {
      return void response
        .writeHead(200, { ...headers, 'content-type': 'application/pdf' })
        .end(Buffer.from(hub.form));
    }
    const asked = `${request.method} ${request.url}`;
    const given = hub.answers.get(asked) ?? hub.answers.get(`${request.method} ${pathname}`);
    if (given !== undefined || hub.answers.has(asked)) {
      if (request.method !== 'GET') {
        hub.sent.push({ to: asked, content: JSON.parse((await textOf(request)) || 'null') });
      }
      if (given === null || given === undefined) return void response.writeHead(204, headers).end();
      const refused = typeof given === 'object' && 'code' in given;
      return void json(refused ? 409 : 200, given);
    }
    const file = path.join(pages, pathname === '/' ? 'index.html' : pathname);
    const type = MEDIA[path.extname(file)];
    if (!type || !file.startsWith(pages)) return void json(404, { code: 'notFound' });
    response.writeHead(200, { ...headers, 'content-type': type }).end(await readFile(file));
  }

  const webSockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (refusing || !hub.view) {
      socket.destroy();
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      sockets.add(webSocket);
      webSocket.on('close', () => sockets.delete(webSocket));
      webSocket.on('message', (data, binary) => void receive(webSocket, data as Buffer, binary));
      if (hub.view) sendView(hub.view);
    });
  });

  async function receive(socket: WebSocket, data: Buffer, binary: boolean): Promise<void> {
    if (binary) {
      const frame = decodeDocumentFrame(new Uint8Array(data));
      if (frame) for (const listener of frames) listener(frame);
      return;
    }
    // The console's own messages are held to the protocol here.
    const message = consoleToHub.parse(JSON.parse(String(data)));
    if (!('requestId' in message)) return answerDocument(socket, message);
    hub.requests.push(message);
    const answer = await hub.onRequest(message);
    send({ type: 'answer', requestId: message.requestId, ...answer });
  }

  async function answerDocument(socket: WebSocket, message: DocumentToTerminal): Promise<void> {
    switch (message.type) {
      case 'document.want': {
        const { documentId, offset } = message;
        const bytes = hub.scans.get(documentId);
        const payload = bytes ? await sealing.range(documentId, bytes, offset) : null;
        if (payload) socket.send(encodeDocumentFrame({ documentId, offset, payload }));
        else send({ type: 'document.gone', documentId });
        return;
      }
      case 'seal.commit':
      case 'seal.reveal':
        return sealing.seal.receive(message);
      case 'documentKey.want': {
        const { documentId, consoleId } = message;
        const bytes = hub.scans.get(documentId);
        const key = bytes && (await keyFor(consoleId, documentId, bytes));
        send(
          key ? { type: 'documentKey', consoleId, documentId, key } : { type: 'document.gone', documentId },
        );
        return;
      }
      case 'page.want': {
        const { consoleId, documentId, page } = message;
        const about = { consoleId, documentId, page };
        const bytes = hub.pages.get(`${documentId}/${page}`);
        const pictureId = randomUUID();
        const key = bytes && (await keyFor(consoleId, pictureId, bytes));
        if (!bytes || !key) return send({ type: 'page.failed', ...about, code: 'documentBroken' });
        hub.scans.set(pictureId, bytes);
        const { width, height } = await sharp(bytes).metadata();
        const size = sealedSize(bytes.length);
        const picture = { documentId: pictureId, size, type: 'image/png', width, height, key } as const;
        send({ type: 'page.drawn', ...about, picture });
        return;
      }
      default:
        return;
    }
  }

  async function keyFor(consoleId: string, documentId: string, bytes: Uint8Array) {
    return sealing.seal.keyFor(consoleId, documentId, await sealing.seal.sealOf(documentId, bytes.length));
  }

  function sendView(view: ConsoleView): void {
    send({ type: 'view', view: sealing.certified({ ...view, now: Date.now() }) });
  }

  function send(message: HubToConsole): void {
    const text = JSON.stringify(hubToConsole.parse(message));
    for (const socket of sockets) socket.send(text);
  }

  const hub: ScriptedHub = {
    origin,
    roomOrigin,
    view: first,
    password: 'bon mot de passe',
    viewAfterLogIn: first,
    form: new Uint8Array(),
    onRequest: () => accepted,
    // A console asks for these by itself.
    answers: new Map<string, unknown>([
      ['GET /api/sheets/own', { sheets: [] }],
      ['GET /api/counting/words', { visits: [] }],
      ['GET /api/provider', { offered: false, ask: false }],
      ['POST /api/provider/log-out', { address: null }],
      ['GET /api/questions/waiting', { waiting: null }],
      ['GET /api/kept', { purges: [], auditWhole: true, kept: [] }],
      ['GET /api/questions', { questions: [], mairies: [], bodies: [] }],
    ]),
    sent: [],
    requests: [],
    scans: new Map(),
    pages: new Map(),
    show: (view) => {
      hub.view = view;
      sendView(view);
    },
    pull: async (request) => {
      const { documentId, size } = request;
      const bytes = new Uint8Array(size);
      for (let offset = 0; offset < size; offset += DOCUMENT_RANGE_BYTES) {
        const length = Math.min(DOCUMENT_RANGE_BYTES, size - offset);
        const frame = await new Promise<DocumentFrame>((resolve) => {
          const listener = (got: DocumentFrame) => {
            if (got.documentId !== documentId || got.offset !== offset) return;
            frames.delete(listener);
            resolve(got);
          };
          frames.add(listener);
          send({ type: 'document.want', documentId, offset, length });
        });
        bytes.set(frame.payload, offset);
      }
      return sealing.open(request, bytes);
    },
    cut: () => {
      refusing = true;
      for (const socket of sockets) socket.terminate();
    },
    mend: () => {
      refusing = false;
    },
    stop: async () => {
      for (const socket of sockets) socket.terminate();
      await Promise.all([close(server), close(room)]);
    },
  };
  return hub;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, 'localhost', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
}

const ROOM_PAGE = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Salon</title>
<style>html,body{margin:0;height:100%;background:#2b3a42}svg{width:100%;height:100%;display:block}</style>
<svg viewBox="0 0 640 480" preserveAspectRatio="xMidYMid slice" aria-label="Visage dessiné" role="img">
<rect width="640" height="480" fill="#8a9a8c"/><rect x="40" y="40" width="150" height="190" fill="#c9d6cf"/>
<ellipse cx="330" cy="470" rx="210" ry="150" fill="#5a6b8c"/><rect x="295" y="290" width="70" height="70" fill="#d9ab88"/>
<ellipse cx="330" cy="220" rx="95" ry="115" fill="#e5bb98"/><path d="M235 200q0-120 95-120t95 120q-20-60-95-60t-95 60z" fill="#d8d8d4"/>
<circle cx="295" cy="215" r="8" fill="#333"/><circle cx="365" cy="215" r="8" fill="#333"/><path d="M295 275q35 25 70 0" stroke="#8a4a3a" stroke-width="5" fill="none"/></svg>
<script>
  const tell = (message) => parent.postMessage(message, '*');
  let muted = { audio: false, video: false };
  addEventListener('message', ({ data }) => {
    if (data.type === 'join') { tell({ type: 'joined' }); if (data.displayName !== 'Personne') tell({ type: 'live' }); }
    if (data.type === 'toggleMicrophone') { muted.audio = !muted.audio; tell({ type: 'muted', ...muted }); }
    if (data.type === 'toggleCamera') { muted.video = !muted.video; tell({ type: 'muted', ...muted }); }
  });
  tell({ type: 'ready' });
</script></html>`;

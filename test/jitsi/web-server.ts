/** The web server of the deployment: Jitsi's scripts, the room page under every other name, and the way to Prosody. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Certificate } from './certificate.ts';
import type { XmppProxy } from './xmpp-proxy.ts';

/** What is wrong with the deployment. */
export type Trouble =
  | 'none'
  /** 404 for everything. */
  | 'notFound'
  /** Takes connections and never answers. */
  | 'hangs'
  /** The room page is there and joins nothing. */
  | 'neverJoins'
  /** One that nobody was told to trust. */
  | 'wrongCertificate'
  /** In place of external_api.js. */
  | { readonly script: string }
  /** HTML in place of the room page. */
  | { readonly roomPage: string };

export interface WebServer {
  readonly setTrouble: (trouble: Trouble) => void;
  readonly close: () => Promise<void>;
}

export interface WebServerOptions {
  readonly host: string;
  readonly port: number;
  readonly certificate: Certificate;
  readonly otherCertificate: Certificate;
  /** By path, with the slash. */
  readonly scripts: ReadonlyMap<string, Buffer>;
  readonly roomPage: string;
  readonly xmpp: XmppProxy;
}

export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { host, port, certificate, otherCertificate, scripts, roomPage, xmpp } = options;
  let trouble: Trouble = 'none';
  const server = createServer({ key: certificate.key, cert: certificate.cert });

  function answer(asked: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(asked.url ?? '/', 'https://localhost');
    if (trouble === 'hangs') return;
    if (pathname === '/http-bind' && trouble !== 'notFound') {
      xmpp.handle(asked, response).catch(() => response.destroy());
      return;
    }
    const file = fileFor(pathname);
    response.writeHead(file ? 200 : 404, {
      'content-type': file?.type ?? 'text/plain',
      'cache-control': 'no-store',
    });
    response.end(file?.body ?? 'Not Found');
  }

  function fileFor(pathname: string): { readonly type: string; readonly body: Buffer | string } | null {
    if (trouble === 'notFound') return null;
    const planted = typeof trouble === 'object' && 'script' in trouble ? trouble.script : undefined;
    const script = (pathname === '/external_api.js' && planted) || scripts.get(pathname);
    if (script !== undefined) return { type: 'text/javascript', body: script };
    if (!/^\/[^/.]+$/.test(pathname)) return null;
    return { type: 'text/html; charset=utf-8', body: pageFor(trouble) };
  }

  function pageFor(now: Trouble): string {
    if (now === 'neverJoins') return '<!doctype html><title>Jitsi</title><p>Chargement…</p>';
    return typeof now === 'object' && 'roomPage' in now ? now.roomPage : roomPage;
  }

  server.on('request', answer);
  server.on('upgrade', (asked: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (trouble === 'hangs') return;
    if (trouble === 'notFound' || !asked.url?.startsWith('/xmpp-websocket')) socket.destroy();
    else xmpp.upgrade(asked, socket, head).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });
  return {
    setTrouble(next) {
      const before = trouble;
      trouble = next;
      const shown = next === 'wrongCertificate' ? otherCertificate : certificate;
      server.setSecureContext({ key: shown.key, cert: shown.cert });
      // A connection that is open would go on with the certificate that it has seen; one that hangs would hang for ever.
      if (before === 'hangs' || next === 'wrongCertificate') server.closeAllConnections();
      else server.closeIdleConnections();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

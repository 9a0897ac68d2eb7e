/**
 * Serves the terminal's own pages on their privileged scheme, each host its own folder of the build and its own
 * policy: app://face/, app://desk/, app://room/. Nothing else is reachable on the scheme, and file: is never used.
 */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { APP_SCHEME, SCREEN_HOSTS } from '#shared/screen-places.ts';

export type PageHost = 'face' | 'desk' | 'room';

/** A page's picture for app://desk/page/<documentId>/<page>; null where there is none (any more). */
export type PagePicture = (
  documentId: string,
  page: number,
) => { bytes: Uint8Array<ArrayBuffer>; type: string } | null;

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

const ownOnly =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'";
const closed = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

/** Must run before the app is ready. `stream` and `cors` stay off: pages fetch nothing. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** The policy of a face or desk page: itself and nothing else. */
export function ownPagePolicy(): string {
  return `${ownOnly}; ${closed}`;
}

/** The policy of a room page: itself, and the one deployment that this visit's ticket names. */
export function roomPagePolicy(deploymentOrigin: string): string {
  const scripts = ownOnly.replace("script-src 'self'", `script-src 'self' ${deploymentOrigin}`);
  // To feel whether its signalling server answers.
  const socket = deploymentOrigin.replace(/^http/, 'ws');
  // No dialog, no printing, no window, no download, here or in any frame within.
  const sandbox = 'sandbox allow-scripts allow-same-origin';
  return `${scripts}; frame-src ${deploymentOrigin}; connect-src ${socket}; ${closed}; ${sandbox}`;
}

/** Serves one host's pages in one session. @param root folder of the built pages (dist/renderer). */
export function serveAppPages(
  session: Session,
  host: PageHost,
  root: string,
  policy: string,
  picture: PagePicture = () => null,
): void {
  const hosts: readonly string[] = host === 'room' ? [host] : SCREEN_HOSTS[host];
  // A session that serves one visit after the other: each its own policy.
  if (session.protocol.isProtocolHandled(APP_SCHEME)) session.protocol.unhandle(APP_SCHEME);
  session.protocol.handle(APP_SCHEME, async (request) => {
    const url = new URL(request.url);
    if (request.method !== 'GET' || !hosts.includes(url.host)) return refused();
    const page = host === 'desk' ? /^\/page\/([0-9a-f-]{36})\/(\d{1,4})$/.exec(url.pathname) : null;
    if (page) {
      const found = picture(page[1] ?? '', Number(page[2]));
      return found ? answer(found.bytes, found.type, policy) : refused();
    }
    const path = safePath(url.pathname);
    const type = path && types[extname(path)];
    if (!path || !type) return refused();
    const file = path.startsWith(`assets${sep}`) ? join(root, path) : join(root, host, path);
    try {
      return answer(new Uint8Array(await readFile(file)), type, policy);
    } catch (error) {
      if (isMissing(error)) return refused();
      throw error;
    }
  });
}

function safePath(pathname: string): string | null {
  const path = normalize(decodeURIComponent(pathname)).replace(/^[/\\]+/, '');
  return path.startsWith('..') || path.includes('\0') ? null : path;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR');
}

function answer(body: Uint8Array<ArrayBuffer>, type: string, policy: string): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}

function refused(): Response {
  return new Response(null, { status: 404 });
}

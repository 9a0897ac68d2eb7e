/** The room's built pages, each answered with the headers that say who may frame it and what it may use. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type InlinePage, inlinePage } from './inline-page.ts';

export interface PagesDeps {
  /** dist, with room/ (the room page, external_api.js) and console-room/ (the counsellor's room view) in it. */
  readonly folder: string;
  readonly domain: () => string;
  /** Origins of the console's pages. */
  readonly consoleOrigins: () => readonly string[];
  /** Other Jitsi Meet deployments that the counsellor's room view may call in. */
  readonly otherDomains: readonly string[];
}

const ROOM_NAME = /^\/[A-Za-z0-9_-]{22,100}$/;

export function servePages(app: FastifyInstance, deps: PagesDeps): void {
  /** Read once: a hub that is updated is started again. */
  const page = once((name) => inlinePage(join(deps.folder, name)));
  const script = once((name) => readFile(join(deps.folder, name), 'utf8'));

  app.get('/external_api.js', async (_request, reply) =>
    reply
      .headers({ ...common, 'cross-origin-resource-policy': 'cross-origin', 'cache-control': 'no-cache' })
      .type('text/javascript; charset=utf-8')
      .send(await script('room/external_api.js')),
  );
  // One deployment a page: the script of one must not meet the next.
  app.get<{ Querystring: { deployment?: string } }>('/view', async (request, reply) => {
    const { deployment } = request.query;
    const known = deps.otherDomains.map((domain) => `https://${domain}`);
    if (deployment !== undefined && !known.includes(deployment)) return reply.callNotFound();
    const source = deployment ?? "'self'";
    return answer(reply, await page('console-room/index.html'), {
      frameAncestors: deps.consoleOrigins(),
      scripts: [source],
      frames: [source],
      connects: [],
      features: deployment === undefined ? [] : [deployment],
    });
  });
  // Whoever reads the log must not learn which rooms there were.
  app.get('/:room', { logLevel: 'warn' }, async (request, reply) => {
    if (!ROOM_NAME.test(new URL(request.url, 'http://localhost').pathname)) return reply.callNotFound();
    return answer(reply, await page('room/index.html'), {
      // A page at app:// is the terminal's own; the room view of this very origin stands in the console's page.
      frameAncestors: ["'self'", 'app:', ...deps.consoleOrigins()],
      scripts: [],
      frames: [],
      connects: [`ws://${deps.domain()}`, `wss://${deps.domain()}`],
      features: [],
    });
  });
}

interface PageRights {
  readonly frameAncestors: readonly string[];
  readonly scripts: readonly string[];
  readonly frames: readonly string[];
  readonly connects: readonly string[];
  /** Origins that camera and microphone may be handed on to. */
  readonly features: readonly string[];
}

const common = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' } as const;

function answer(reply: FastifyReply, page: InlinePage, rights: PageRights): FastifyReply {
  const sources = (list: readonly string[]) => (list.length === 0 ? "'none'" : list.join(' '));
  const policy = [
    "default-src 'none'",
    `script-src ${sources([...page.scripts, ...rights.scripts])}`,
    `style-src ${sources(page.styles)}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${sources(rights.connects)}`,
    `frame-src ${sources(rights.frames)}`,
    `frame-ancestors ${sources(rights.frameAncestors)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const allowed = ['self', ...rights.features.map((origin) => `"${origin}"`)].join(' ');
  const features = ['camera', 'microphone', 'autoplay', 'display-capture'].map(
    (feature) => `${feature}=(${allowed})`,
  );
  const denied = ['geolocation', 'usb', 'hid', 'serial', 'payment', 'midi'].map((feature) => `${feature}=()`);
  return reply
    .headers({
      ...common,
      'content-security-policy': policy.join('; '),
      'permissions-policy': [...features, ...denied].join(', '),
      'cache-control': 'no-cache',
    })
    .type('text/html; charset=utf-8')
    .send(page.html);
}

/** Remembers what was read; what could not be read is tried again the next time. */
function once<T>(read: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const known = new Map<string, T>();
  return async (name) => {
    const value = known.get(name) ?? (await read(name));
    known.set(name, value);
    return value;
  };
}

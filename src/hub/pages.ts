/** The console's built pages and the headers that keep them to themselves. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyHelmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Hub } from './hub.ts';

/**
 * The room's frame, and nobody else, may use the camera and the rest on the console's behalf. The console itself must
 * be on the list, because a page cannot hand on what it was not given (Permissions Policy, inherited policy).
 */
const HANDED_TO_ROOM = ['camera', 'microphone', 'autoplay', 'display-capture', 'speaker-selection'];
const DENIED = ['geolocation', 'usb', 'hid', 'serial', 'bluetooth', 'payment', 'midi'];

export async function protectPages(app: FastifyInstance, hub: Hub, https: boolean): Promise<void> {
  const { origins } = hub;
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        // 'self' covers the WebSocket in current browsers; older ones want it by name.
        connectSrc: ["'self'", () => origins().hub.replace(/^http/, 'ws')],
        frameSrc: [() => origins().room],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.addHook('onSend', async (_request, reply) => {
    const handed = HANDED_TO_ROOM.map((feature) => `${feature}=(self "${origins().room}")`);
    reply.header('permissions-policy', [...handed, ...DENIED.map((feature) => `${feature}=()`)].join(', '));
  });
}

/** Before the first build there is nothing to serve: the API works, and a page says what to do. */
export async function serveConsole(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    app.get('/', async (_request, reply) =>
      reply.code(503).type('text/plain; charset=utf-8').send('The console is not built: npm run build\n'),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: folder,
    cacheControl: false,
    setHeaders(reply, path) {
      // Built files carry their hash in their name; pages do not.
      const hashed = path.startsWith(join(folder, 'assets'));
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

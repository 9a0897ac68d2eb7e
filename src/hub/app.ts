/** The hub as two Fastify applications on two origins: the console with its API and sockets, and the room. */
import { join } from 'node:path';
import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import fastifyWebsocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { z } from 'zod';
import { DOCUMENT_RANGE_BYTES } from '#shared/protocol/documents.ts';
import { consoleSettings } from '#shared/protocol/http-bodies.ts';
import { sessionCookie } from './accounts/guard.ts';
import { guardOrigin } from './accounts/origin-guard.ts';
import { accountRoutes } from './accounts/routes.ts';
import { createSessionStore } from './accounts/session-store.ts';
import { calendarRoutes } from './appointments/calendar-routes.ts';
import { feedRoutes } from './appointments/feed-routes.ts';
import { appointmentRoutes } from './appointments/routes.ts';
import { consoleRoutes } from './consoles/routes.ts';
import { type Database, isDatabaseFull } from './database/database.ts';
import { allDomains, builtInOnly, type JitsiSettings } from './deployments/configuration.ts';
import { enrolmentRoutes } from './enrolment/routes.ts';
import { formRoutes } from './forms/routes.ts';
import { createHub, type Hub, type Origins, type Timings } from './hub.ts';
import { closeCodes } from './live/line.ts';
import { protectPages, serveConsole } from './pages.ts';
import { createRoom } from './room/room-plugin.ts';
import { deriveKey } from './secret.ts';
import { sheetRoutes } from './sheets/routes.ts';
import { terminalRoutes } from './terminals/routes.ts';

export interface AppDeps {
  readonly database: Database;
  readonly secret: Uint8Array;
  readonly origins: () => Origins;
  /** True where browsers reach the hub over https: cookies are then `__Host-` and Secure. */
  readonly https: boolean;
  /** Addresses of the reverse proxy, whose X-Forwarded headers are believed; nobody else's are. */
  readonly trustProxy?: readonly string[] | false;
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | null;
  /** Folder of the built pages: console/, room/ and console-room/ in it. */
  readonly pagesFolder: string;
  readonly jitsi?: JitsiSettings;
  readonly logger?: FastifyServerOptions['logger'];
  readonly clock?: () => number;
  readonly timings?: Partial<Timings>;
}

export interface HubApp {
  readonly app: FastifyInstance;
  readonly roomApp: FastifyInstance;
  readonly hub: Hub;
  /** Takes up what the database holds, once both applications listen and their origins are known. */
  readonly start: () => Promise<void>;
  /** Ends every connection, and waits for what was under way; the database stays open. */
  readonly close: () => Promise<void>;
}

/** Bytes: a document frame with its header, and any message of the protocol. */
const MAX_MESSAGE = DOCUMENT_RANGE_BYTES + 4096;

export async function buildApp(deps: AppDeps): Promise<HubApp> {
  const options = {
    trustProxy: deps.trustProxy ? [...deps.trustProxy] : false,
    logger: deps.logger ?? false,
    // Addresses and paths of requests are nobody's business afterwards.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 16 * 1024,
    ...(deps.tls
      ? { https: { cert: deps.tls.cert, key: deps.tls.key, minVersion: 'TLSv1.2' as const } }
      : {}),
  };
  const app: FastifyInstance = Fastify(options);
  const roomApp: FastifyInstance = Fastify(options);

  const room = createRoom({
    secret: deriveKey(deps.secret, 'room'),
    domain: () => new URL(deps.origins().room).host,
    roomOpen: (name) => hub.switchboard.snapshot()?.visits.some(({ call }) => call?.room === name) ?? false,
    consoleOrigins: () => [deps.origins().hub],
    distFolder: deps.pagesFolder,
    otherDomains: allDomains(deps.jitsi ?? builtInOnly),
  });
  const hub = createHub({
    database: deps.database,
    secret: deps.secret,
    origins: deps.origins,
    log: app.log,
    onRoomOver: room.closeRoom,
    ...(deps.jitsi ? { jitsi: deps.jitsi } : {}),
    ...(deps.clock ? { clock: deps.clock } : {}),
    ...(deps.timings ? { timings: deps.timings } : {}),
  });

  for (const each of [app, roomApp]) answerBugsCalmly(each);
  await roomApp.register(room.plugin);
  await protectPages(app, hub, deps.https);
  await app.register(fastifyCookie);
  await app.register(fastifySession, {
    secret: Buffer.from(hub.sessionKey).toString('base64url'),
    cookieName: sessionCookie(deps.https),
    // Strict: the console's page needs no session to load, and asks for everything from its own origin afterwards.
    cookie: { path: '/', httpOnly: true, secure: deps.https, sameSite: 'strict' },
    store: createSessionStore(deps.database, hub.clock),
    saveUninitialized: false,
    rolling: false,
  });
  app.decorateRequest('account', null);
  await app.register(fastifyWebsocket, { options: { maxPayload: MAX_MESSAGE, perMessageDeflate: false } });
  guardOrigin(app, hub);

  app.get('/healthz', async (_request, reply) => {
    const [alive] = await hub.database.rows(z.object({ one: z.number() }), 'select 1 as one');
    return reply.header('cache-control', 'no-store').send({ ok: alive?.one === 1 });
  });
  app.get('/api/settings', async () => consoleSettings.parse({ roomOrigin: hub.origins().room }));
  // In a plugin of their own: routes must be declared after @fastify/websocket and @fastify/session are ready.
  await app.register(async (routes) => {
    accountRoutes(routes, hub);
    enrolmentRoutes(routes, hub);
    appointmentRoutes(routes, hub);
    calendarRoutes(routes, hub);
    feedRoutes(routes, hub);
    formRoutes(routes, hub);
    sheetRoutes(routes, hub);
    terminalRoutes(routes, hub);
    consoleRoutes(routes, hub);
  });
  await serveConsole(app, join(deps.pagesFolder, 'console'));

  return {
    app,
    roomApp,
    hub,
    async start() {
      // Before anyone is told of it.
      await hub.visitLimits.endOverdue();
      await hub.switchboard.refresh();
      hub.deadlines.check();
      hub.watchAlarm.check();
    },
    async close() {
      hub.deadlines.stop();
      hub.unkeptAlarm.stop();
      hub.watchAlarm.stop();
      hub.switchboard.closeAll(closeCodes.goingAway, 'the hub stops');
      await Promise.all([app.close(), roomApp.close()]);
      await hub.background.settled();
    },
  };
}

/** A bug is logged without what the request carried, and answered without what went wrong. */
function answerBugsCalmly(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    if (isDatabaseFull(error)) {
      request.log.error({ route: request.routeOptions.url }, 'request: the database is full');
      return reply.code(507).send({ code: 'hubNoRoom' });
    }
    const status = statusOf(error);
    if (status >= 500) request.log.error({ err: error, route: request.routeOptions.url }, 'request: bug');
    return reply.code(status).send({ code: status >= 500 ? 'unexpected' : 'invalidMessage' });
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 'notFound' }));
}

/** Fastify's own refusals (a body too long, no JSON) carry a status below 500. */
function statusOf(error: unknown): number {
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  return typeof status === 'number' && status >= 400 ? status : 500;
}

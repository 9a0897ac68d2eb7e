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
import { createProvider } from './accounts/oidc/provider.ts';
import { providerRoutes } from './accounts/oidc/routes.ts';
import type { ProviderSettings } from './accounts/oidc/settings.ts';
import { guardOrigin } from './accounts/origin-guard.ts';
import { ownAccountRoutes } from './accounts/own-routes.ts';
import { passkeyLogInRoutes } from './accounts/passkeys/log-in-routes.ts';
import { ownPasskeyRoutes } from './accounts/passkeys/own-routes.ts';
import { accountRoutes } from './accounts/routes.ts';
import { createSessionStore } from './accounts/session-store.ts';
import { welcomeRoutes } from './accounts/welcome-routes.ts';
import { calendarRoutes } from './appointments/calendar-routes.ts';
import { feedRoutes } from './appointments/feed-routes.ts';
import { residentRoutes } from './appointments/resident-routes.ts';
import { appointmentRoutes } from './appointments/routes.ts';
import { consoleRoutes } from './consoles/routes.ts';
import { countingRoutes } from './counting/routes.ts';
import { type Database, isDatabaseFull } from './database/database.ts';
import { allDomains, builtInOnly, type JitsiSettings } from './deployments/configuration.ts';
import { enrolmentRoutes } from './enrolment/routes.ts';
import { formRoutes } from './forms/routes.ts';
import { createHub, type Hub, type Origins, type Timings } from './hub.ts';
import { invitedRoutes } from './invited/routes.ts';
import { closeCodes } from './live/line.ts';
import type { MailSettings } from './mail/settings.ts';
import { hearNeighbours } from './neighbours/hear.ts';
import type { PeerSettings } from './neighbours/neighbours.ts';
import { createSharedRooms } from './neighbours/shared-rooms.ts';
import { protectPages, serveConsole } from './pages.ts';
import { peopleRoutes } from './people/people-routes.ts';
import { placeRoutes } from './people/place-routes.ts';
import { personRoutes } from './persons/routes.ts';
import { questionRoutes } from './questions/routes.ts';
import { retentionRoutes } from './retention/routes.ts';
import { createRoom } from './room/room-plugin.ts';
import { deriveKey } from './secret.ts';
import { sheetRoutes } from './sheets/routes.ts';
import { terminalRoutes } from './terminals/routes.ts';

export interface AppDeps {
  readonly database: Database;
  readonly secret: Uint8Array;
  readonly formerSecrets?: readonly Uint8Array[];
  /** Where the newest link of the audit trail is noted, outside of the database. */
  readonly auditAnchor?: string;
  /** ms that what the clerk announced is kept after the visit. Default: 0. */
  readonly keepAnnouncement?: number;
  readonly origins: () => Origins;
  /** True where browsers reach the hub over https: cookies are then `__Host-` and Secure. */
  readonly https: boolean;
  /** Addresses of the reverse proxy, whose X-Forwarded headers are believed; nobody else's are. */
  readonly trustProxy?: readonly string[] | false;
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | null;
  /** Folder of the built pages: console/, room/ and console-room/ in it. */
  readonly pagesFolder: string;
  readonly jitsi?: JitsiSettings;
  /** Whom people may log in with beside passwords; null or absent: nobody. */
  readonly provider?: ProviderSettings | null;
  /** Where other hubs on the same database reach this one. */
  readonly peer?: PeerSettings | null;
  readonly mail?: MailSettings | null;
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
    sit: (guest) => sharedRooms.sit(guest),
    roomOpen: async (name) => {
      const isOpen = () =>
        hub.switchboard.snapshot()?.visits.some(({ call }) => call?.room === name) ?? false;
      if (isOpen()) return true;
      // Picked up at another hub a moment ago: its announcement may be slower than the page.
      await hub.switchboard.refreshHere();
      return isOpen();
    },
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
    ...(deps.formerSecrets ? { formerSecrets: deps.formerSecrets } : {}),
    ...(deps.auditAnchor ? { auditAnchor: deps.auditAnchor } : {}),
    ...(deps.keepAnnouncement ? { keepAnnouncement: deps.keepAnnouncement } : {}),
    peer: deps.peer ?? null,
    ...(deps.jitsi ? { jitsi: deps.jitsi } : {}),
    mail: deps.mail ?? null,
    ...(deps.clock ? { clock: deps.clock } : {}),
    ...(deps.timings ? { timings: deps.timings } : {}),
  });

  const sharedRooms = createSharedRooms(room.rooms, hub.neighbours);

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
  const provider = deps.provider
    ? createProvider({
        settings: deps.provider,
        patience: hub.timings.provider,
        clock: hub.clock,
        log: hub.log,
      })
    : null;
  // In a plugin of their own: routes must be declared after @fastify/websocket and @fastify/session are ready.
  await app.register(async (routes) => {
    accountRoutes(routes, hub);
    providerRoutes(routes, hub, { provider, key: deriveKey(deps.secret, 'provider'), https: deps.https });
    passkeyLogInRoutes(routes, hub, deps.https);
    welcomeRoutes(routes, hub);
    ownAccountRoutes(routes, hub);
    ownPasskeyRoutes(routes, hub);
    peopleRoutes(routes, hub);
    placeRoutes(routes, hub);
    enrolmentRoutes(routes, hub);
    appointmentRoutes(routes, hub);
    calendarRoutes(routes, hub);
    feedRoutes(routes, hub);
    formRoutes(routes, hub);
    sheetRoutes(routes, hub);
    questionRoutes(routes, hub);
    countingRoutes(routes, hub);
    retentionRoutes(routes, hub);
    personRoutes(routes, hub);
    terminalRoutes(routes, hub);
    consoleRoutes(routes, hub);
    invitedRoutes(routes, hub);
  });
  await app.register((routes: FastifyInstance) => residentRoutes(routes, hub));
  await serveConsole(app, join(deps.pagesFolder, 'console'));

  return {
    app,
    roomApp,
    hub,
    async start() {
      await hub.neighbours.start(hearNeighbours(hub, hub.pagesElsewhere, sharedRooms));
      // Before anyone is told of it.
      await hub.visitLimits.endOverdue();
      await hub.switchboard.refresh();
      hub.deadlines.check();
      hub.watchAlarm.check();
      hub.jobsAlarm.check();
      hub.mailAlarm?.check();
    },
    async close() {
      hub.deadlines.stop();
      hub.agendaAlarm.stop();
      hub.unkeptAlarm.stop();
      hub.watchAlarm.stop();
      hub.jobsAlarm.stop();
      hub.mailAlarm?.stop();
      hub.switchboard.closeAll(closeCodes.goingAway, 'the hub stops');
      await Promise.all([app.close(), roomApp.close()]);
      await hub.background.settled();
      await hub.neighbours.stop();
      await hub.background.settled();
      hub.delivery?.close();
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

/** Log-in and log-out through the provider: the console asks where to go, the provider sends the person back here. */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FailureCode } from '#shared/failure.ts';
import { type ProviderOffer, providerAddress, providerLogInBody } from '#shared/protocol/provider-log-in.ts';
import type { Hub } from '../../hub.ts';
import { createSeal } from '../../visits/personal-seal.ts';
import { networkOf } from '../attempts.ts';
import { refuse } from '../guard.ts';
import { openSession } from '../open-session.ts';
import { findLinkedAccount, spendLogIn } from './linked-accounts.ts';
import type { Provider } from './provider.ts';
import { createRoundTripCookie } from './round-trip-cookie.ts';

declare module 'fastify' {
  interface Session {
    /** The provider's ID token, sealed: it says who somebody is, and only the provider is to hear it. */
    leaveWith?: string;
  }
}

/** As for passwords from one network (accounts/routes.ts): failures alone count. */
const LIMIT = { attempts: 40, window: 15 * 60_000 } as const;
/** Nobody's attempt to get in: an office that logs in while the provider is away must not lock itself out. */
const HARMLESS: ReadonlySet<FailureCode> = new Set(['providerAway', 'providerClock', 'logInCancelled']);

const logInTrip = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });
const logOutTrip = z.object({ state: z.string() });
const returnedQuery = z.object({ state: z.string().max(512) });

interface ProviderRoutesDeps {
  /** Null: none is configured. */
  readonly provider: Provider | null;
  readonly key: Uint8Array;
  readonly https: boolean;
}

export function providerRoutes(app: FastifyInstance, hub: Hub, deps: ProviderRoutesDeps): void {
  const { provider } = deps;
  app.get('/api/provider', async (_request, reply) => {
    const offer: ProviderOffer = {
      offered: provider !== null,
      ask: provider?.settings.alwaysShared === false,
    };
    return reply.header('cache-control', 'no-store').send(offer);
  });
  if (provider) offerProvider(app, hub, { ...deps, provider });
}

function offerProvider(
  app: FastifyInstance,
  hub: Hub,
  { provider, key, https }: ProviderRoutesDeps & { readonly provider: Provider },
): void {
  const { database, attempts, audit, clock } = hub;
  const common = { key, https, clock };
  const logInCookie = createRoundTripCookie({ ...common, name: 'log-in', schema: logInTrip });
  const logOutCookie = createRoundTripCookie({ ...common, name: 'log-out', schema: logOutTrip });
  const tokenSeal = createSeal(key, z.string());
  const at = (path: string) => `${hub.origins().hub}${path}`;

  app.post('/api/provider/log-in', async (request, reply) => {
    const parsed = providerLogInBody.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const begun = await provider.begin(at('/provider/return'), parsed.data.sharedDesk);
    if (!begun.ok) return refuse(reply, begun.failure.code);
    logInCookie.give(reply, begun.value.secrets);
    return providerAddress.parse({ address: begun.value.address });
  });

  // Not for HEAD, which some programs send ahead of a GET: the return would be spent.
  app.get('/provider/return', { exposeHeadRoute: false }, async (request, reply) => {
    const code = await comeBack(request, reply);
    return goTo(reply, code ? `/?refused=${code}` : '/');
  });

  /** Null where the person is logged in now. */
  async function comeBack(request: FastifyRequest, reply: FastifyReply): Promise<FailureCode | null> {
    const network = `provider log-in ${networkOf(request.ip)}`;
    const refused = async (outcome: FailureCode, subject: string | null = null) => {
      await hub.refuseStranger(request.ip, { action: 'providerLogIn', subject, outcome });
      return outcome;
    };
    const kept = logInCookie.take(request, reply);
    if (!(await attempts.take([[network, LIMIT]]))) return refused('tooManyAttempts');
    const query = returnedQuery.safeParse(request.query);
    if (!kept || !query.success || !isSame(query.data.state, kept.state)) return refused('logInStale');
    if (!(await spendLogIn(database, kept.state, clock()))) return refused('logInStale');

    // Not the address as the request has it: whoever sends the request chooses its Host.
    const finished = await provider.finish(new URL(at(request.url)), kept);
    if (!finished.ok) {
      const { code } = finished.failure;
      if (HARMLESS.has(code)) await attempts.giveBack(network);
      return refused(code);
    }
    const found = await findLinkedAccount(database, finished.value, clock());
    if (!found.ok) return refused(found.code, found.accountId);

    const { accountId } = found.account;
    await attempts.giveBack(network);
    // The browser did not even send the old one (see round-trip-cookie.ts).
    await openSession(request, hub, accountId);
    const sealed = tokenSeal.seal(accountId, finished.value.idToken);
    request.session.leaveWith = Buffer.from(sealed).toString('base64url');
    await audit({ actor: accountId, action: 'providerLogIn', outcome: 'ok' });
    return null;
  }

  /** Asked before the console logs out here: afterwards the hub knows no more who it was. Ends nothing by itself. */
  app.post('/api/provider/log-out', async (request, reply) => {
    const { accountId, leaveWith } = request.session;
    if (!accountId || !leaveWith) return providerAddress.parse({ address: null });
    const idToken = tokenSeal.open(accountId, Buffer.from(leaveWith, 'base64url'));
    const state = crypto.randomUUID();
    const address = await provider.leave(idToken, state, at('/provider/left'));
    if (address) logOutCookie.give(reply, { state });
    return providerAddress.parse({ address });
  });

  /** Nothing depends on it: who comes here without having left is shown the console like anybody else. */
  app.get('/provider/left', { exposeHeadRoute: false }, async (request, reply) => {
    const kept = logOutCookie.take(request, reply);
    const query = returnedQuery.safeParse(request.query);
    return goTo(reply, kept && query.success && isSame(query.data.state, kept.state) ? '/?left=1' : '/');
  });
}

/**
 * The console's page loads without its Strict cookie, which the browser still holds back on this way, and asks for everything
 * from its own origin then.
 */
function goTo(reply: FastifyReply, path: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(path, 303);
}

function isSame(given: string, kept: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(kept)];
  return left.length === right.length && timingSafeEqual(left, right);
}

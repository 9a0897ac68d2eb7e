/**
 * Log-in with a passkey: no address is typed, the device says whose it is. It knows who was there (a finger, a face, a
 * PIN), so that it stands for password and second factor together.
 *
 * Nobody has a session yet. What ties the answer to the browser that was asked is a cookie of its own, 256 random bits
 * of which the database has the hash: without it, who had somebody sign on his own computer could log a victim's browser
 * in as himself. Any hub may have asked.
 */
import { randomBytes } from 'node:crypto';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import type { FailureCode } from '#shared/failure.ts';
import { passkeyLogInBody } from '#shared/protocol/passkeys.ts';
import { meOf } from '../../consoles/view.ts';
import type { Hub } from '../../hub.ts';
import { networkOf } from '../attempts.ts';
import { refuse } from '../guard.ts';
import { countLogIn } from '../log-in-tries.ts';
import { openSession } from '../open-session.ts';
import { findAccount } from '../store.ts';
import { CHALLENGE_LIFE, keepChallenge, takeChallenge } from './challenges.ts';
import { countUse, findPasskey } from './passkey-store.ts';
import { askForPasskey, checkSignature } from './relying-party.ts';

/** Of one network: a whole office that comes in the morning, and nobody who fills the database. */
const BEGIN_LIMIT = { attempts: 200, window: 15 * 60_000 } as const;

export function passkeyLogInRoutes(app: FastifyInstance, hub: Hub, https: boolean): void {
  const { database, attempts, audit, clock } = hub;
  // Behind https its name binds it to this host (RFC 6265bis, 4.1.3.2).
  const cookie = https ? '__Host-passkey' : 'passkey';
  const options: CookieSerializeOptions = { path: '/', httpOnly: true, secure: https, sameSite: 'strict' };
  const beginSubject = (address: string) => `passkey ${networkOf(address)}`;

  app.post('/api/passkey/begin', async (request, reply) => {
    if (!(await attempts.take([[beginSubject(request.ip), BEGIN_LIMIT]]))) {
      await hub.refuseStranger(request.ip, { action: 'passkeyLogIn', outcome: 'tooManyAttempts' });
      return refuse(reply, 'tooManyAttempts');
    }
    const asked = await askForPasskey(hub.origins().hub);
    const holder = randomBytes(32).toString('base64url');
    await keepChallenge(database, { holder, accountId: null, now: clock() }, asked.challenge);
    reply.setCookie(cookie, holder, { ...options, maxAge: CHALLENGE_LIFE / 1000 });
    return reply.header('cache-control', 'no-store').send(asked);
  });

  app.post('/api/passkey/log-in', async (request, reply) => {
    const parsed = passkeyLogInBody.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const passkey = await findPasskey(database, parsed.data.id);
    const subject = passkey?.accountId ?? null;
    const refused = async (outcome: FailureCode) => {
      await hub.refuseStranger(request.ip, { action: 'passkeyLogIn', subject, outcome });
      return refuse(reply, outcome);
    };
    const noFailure = await countLogIn(hub, request.ip, passkey?.email ?? null);
    if (!noFailure) return refused('tooManyAttempts');

    const now = clock();
    const holder = request.cookies[cookie];
    reply.clearCookie(cookie, options);
    const challenge = holder ? await takeChallenge(database, { holder, accountId: null, now }) : null;
    if (challenge === null) return refused('passkeyStale');
    if (!passkey) return refused('passkeyUnknown');
    const counter = await checkSignature(hub.origins().hub, challenge, passkey, parsed.data);
    if (counter === null) return refused('passkeyUnverified');
    const account = await findAccount(database, passkey.accountId);
    if (!account) return refused('passkeyUnknown');
    if (!(await countUse(database, passkey.passkeyId, counter, now))) {
      // Whoever signs this is no stranger: it is in the audit trail each time.
      await audit({ actor: null, action: 'passkeyLogIn', subject, outcome: 'passkeyCounter' });
      return refuse(reply, 'passkeyCounter');
    }

    await noFailure();
    await attempts.giveBack(beginSubject(request.ip));
    await openSession(request, hub, account.accountId);
    await audit({ actor: account.accountId, action: 'passkeyLogIn', outcome: 'ok' });
    return meOf(account);
  });
}

/** Log-in, log-out, who am I. Unknown e-mail and wrong password have one answer, and take as long. */
import type { FastifyInstance } from 'fastify';
import { logInBody } from '#shared/protocol/http-bodies.ts';
import { meOf } from '../consoles/view.ts';
import type { Hub } from '../hub.ts';
import { LONGEST_WINDOW, networkOf } from './attempts.ts';
import { endSession } from './end-session.ts';
import { refuse, requireAccount } from './guard.ts';
import { checkSecondFactor } from './own-attempts.ts';
import { isPassword } from './password.ts';
import { hashSessionId } from './session-store.ts';
import { findAccountByEmail } from './store.ts';

const MINUTE = 60_000;
/**
 * Failures alone count. Few for one account from one network, so that a guesser is stopped and the owner, elsewhere,
 * is not; more for one network (a whole office behind one address); and a ceiling for one account, against many
 * networks at once: asked last, so that no single network can close an account to its owner.
 */
const LIMITS = {
  accountAndNetwork: { attempts: 5, window: 15 * MINUTE },
  network: { attempts: 40, window: 15 * MINUTE },
  account: { attempts: 60, window: LONGEST_WINDOW },
} as const;

export function accountRoutes(app: FastifyInstance, hub: Hub): void {
  const { database, attempts, audit, clock } = hub;

  app.post('/api/log-in', async (request, reply) => {
    const parsed = logInBody.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const email = parsed.data.email.toLowerCase();
    const network = networkOf(request.ip);
    const here = `log-in ${email} ${network}`;
    const [fromNetwork, ofAccount] = [`log-in ${network}`, `log-in ${email}`];
    const allowed = await attempts.take([
      [here, LIMITS.accountAndNetwork],
      [fromNetwork, LIMITS.network],
      [ofAccount, LIMITS.account],
    ]);
    if (!allowed) {
      await hub.refuseStranger(request.ip, { action: 'logIn', outcome: 'tooManyAttempts' });
      return refuse(reply, 'tooManyAttempts');
    }
    const found = await findAccountByEmail(database, email);
    const right = await isPassword(found?.passwordHash ?? null, parsed.data.password);
    if (!found || !right) {
      await hub.refuseStranger(request.ip, {
        action: 'logIn',
        subject: found?.account.accountId ?? null,
        outcome: 'wrongCredentials',
      });
      return refuse(reply, 'wrongCredentials');
    }
    const wrong = await checkSecondFactor(hub, {
      ...{ accountId: found.account.accountId, address: request.ip, code: parsed.data.code },
    });
    if (wrong && wrong !== 'secondFactorNeeded') {
      await hub.refuseStranger(request.ip, {
        ...{ action: 'logIn', subject: found.account.accountId, outcome: wrong },
      });
      return refuse(reply, wrong);
    }
    await attempts.forget(here);
    for (const subject of [fromNetwork, ofAccount]) await attempts.giveBack(subject);
    if (wrong) return refuse(reply, wrong);
    // A new id: one that somebody planted or saw before the log-in is worth nothing after it.
    await request.session.regenerate();
    request.session.accountId = found.account.accountId;
    request.session.expiresAt = clock() + hub.timings.session;
    await audit({ actor: found.account.accountId, action: 'logIn', outcome: 'ok' });
    return meOf(found.account);
  });

  app.post('/api/log-out', async (request, reply) => {
    const { sessionId, accountId } = request.session;
    await request.session.destroy();
    if (accountId) await audit({ actor: accountId, action: 'logOut', outcome: 'ok' });
    await endSession(hub, hashSessionId(sessionId));
    return reply.code(204).send();
  });

  app.get('/api/me', { preValidation: requireAccount(hub) }, async ({ account }, reply) =>
    account ? meOf(account) : refuse(reply, 'sessionExpired'),
  );
}

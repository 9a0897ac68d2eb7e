/** Log-in, log-out, who am I. Unknown e-mail and wrong password have one answer, and take as long. */
import type { FastifyInstance } from 'fastify';
import { logInBody } from '#shared/protocol/http-bodies.ts';
import { meOf } from '../consoles/view.ts';
import type { Hub } from '../hub.ts';
import { endSession } from './end-session.ts';
import { refuse, requireAccount } from './guard.ts';
import { countLogIn } from './log-in-tries.ts';
import { openSession } from './open-session.ts';
import { checkSecondFactor } from './own-attempts.ts';
import { isPassword } from './password.ts';
import { hashSessionId } from './session-store.ts';
import { findAccountByEmail } from './store.ts';

export function accountRoutes(app: FastifyInstance, hub: Hub): void {
  const { database, audit } = hub;

  app.post('/api/log-in', async (request, reply) => {
    const parsed = logInBody.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const email = parsed.data.email.toLowerCase();
    const noFailure = await countLogIn(hub, request.ip, email);
    if (!noFailure) {
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
    await noFailure();
    if (wrong) return refuse(reply, wrong);
    await openSession(request, hub, found.account.accountId);
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

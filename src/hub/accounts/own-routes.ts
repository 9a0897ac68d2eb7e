/** One's own account: password, second factor, open sessions. Whoever is logged in, and only for himself. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { FailureCode } from '#shared/failure.ts';
import {
  confirmBody,
  ownAccountAnswer,
  ownPasswordBody,
  ownSecretBody,
  recoveryCodesAnswer,
  secondFactorAnswer,
} from '#shared/protocol/own-account.ts';
import type { AuditAction } from '../audit/store.ts';
import type { Hub } from '../hub.ts';
import { endSession, endSessionsOf, removeSessions } from './end-session.ts';
import { refuse, requireAccount } from './guard.ts';
import { checkOwnPassword } from './own-attempts.ts';
import { hashPassword } from './password.ts';
import { hashSessionId, sessionsOf } from './session-store.ts';
import { emailOf, setPassword } from './store.ts';

/** Codes tried at the confirmation, of a secret that is shown on the same page. */
const CONFIRM_LIMIT = { attempts: 20, window: 15 * 60_000 } as const;

export function ownAccountRoutes(app: FastifyInstance, hub: Hub): void {
  const { database, audit, clock, secondFactors } = hub;
  const guarded = { preValidation: requireAccount(hub) };

  async function refused(reply: FastifyReply, actor: string, action: AuditAction, outcome: FailureCode) {
    await audit({ actor, action, outcome });
    return refuse(reply, outcome);
  }

  app.get('/api/account', guarded, async ({ account, session }, reply) => {
    if (!account) return refuse(reply, 'sessionExpired');
    const { accountId } = account;
    const own = hashSessionId(session.sessionId);
    const sessions = await sessionsOf(database, accountId, clock);
    return reply.header('cache-control', 'private, no-store').send(
      ownAccountAnswer.parse({
        accountId,
        email: await emailOf(database, accountId),
        secondFactor: await secondFactors.of(accountId),
        sessions: sessions.map(({ sessionKey, expiresAt }) => ({
          sessionKey,
          startedAt: Math.max(0, expiresAt - hub.timings.session),
          own: sessionKey === own,
        })),
      }),
    );
  });

  app.put('/api/account/password', guarded, async ({ account, session, body }, reply) => {
    if (!account) return refuse(reply, 'sessionExpired');
    const parsed = ownPasswordBody.safeParse(body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const { accountId } = account;
    const wrong = await checkOwnPassword(hub, accountId, parsed.data.current);
    if (wrong) return refused(reply, accountId, 'account.password', wrong);
    const passwordHash = await hashPassword(parsed.data.password);
    const own = hashSessionId(session.sessionId);
    await database.transaction(async (queries) => {
      await setPassword(queries, accountId, passwordHash);
      await removeSessions(queries, accountId, own);
    });
    await endSessionsOf(hub, accountId, own);
    await audit({ actor: accountId, action: 'account.password', outcome: 'ok' });
    return reply.code(204).send();
  });

  app.post('/api/account/second-factor', guarded, async ({ account, body }, reply) => {
    if (!account) return refuse(reply, 'sessionExpired');
    const parsed = ownSecretBody.safeParse(body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const { accountId } = account;
    const wrong = await checkOwnPassword(hub, accountId, parsed.data.password);
    if (wrong) return refused(reply, accountId, 'account.secondFactor', wrong);
    const begun = await secondFactors.begin(accountId, await emailOf(database, accountId));
    if (!begun) return refused(reply, accountId, 'account.secondFactor', 'secondFactorThere');
    return reply.header('cache-control', 'no-store').send(secondFactorAnswer.parse(begun));
  });

  app.post('/api/account/second-factor/confirm', guarded, async ({ account, body }, reply) => {
    if (!account) return refuse(reply, 'sessionExpired');
    const parsed = confirmBody.safeParse(body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const { accountId } = account;
    const subject = `confirm ${accountId}`;
    if (!(await hub.attempts.take([[subject, CONFIRM_LIMIT]]))) {
      return refused(reply, accountId, 'account.secondFactor', 'tooManyAttempts');
    }
    const codes = await secondFactors.confirm(accountId, parsed.data.code);
    if (!codes) return refused(reply, accountId, 'account.secondFactor', 'wrongSecondFactor');
    await hub.attempts.forget(subject);
    await audit({ actor: accountId, action: 'account.secondFactor', outcome: 'ok' });
    return reply.header('cache-control', 'no-store').send(recoveryCodesAnswer.parse({ codes }));
  });

  app.delete('/api/account/second-factor', guarded, async ({ account, body }, reply) => {
    if (!account) return refuse(reply, 'sessionExpired');
    const parsed = ownSecretBody.safeParse(body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const { accountId } = account;
    const wrong = await checkOwnPassword(hub, accountId, parsed.data.password);
    if (wrong) return refused(reply, accountId, 'account.secondFactor', wrong);
    if (!(await secondFactors.remove(accountId))) {
      return refused(reply, accountId, 'account.secondFactor', 'notFound');
    }
    await audit({ actor: accountId, action: 'account.secondFactor', subject: accountId, outcome: 'ok' });
    return reply.code(204).send();
  });

  app.delete<{ Params: { sessionKey: string } }>(
    '/api/account/sessions/:sessionKey',
    guarded,
    async ({ account, params: { sessionKey } }, reply) => {
      if (!account) return refuse(reply, 'sessionExpired');
      const { accountId } = account;
      const ended = await database.run('delete from sessions where id_hash = $1 and account_id = $2', [
        sessionKey,
        accountId,
      ]);
      if (ended === 0) return refused(reply, accountId, 'account.session', 'notFound');
      await endSession(hub, sessionKey);
      await audit({ actor: accountId, action: 'account.session', outcome: 'ok' });
      return reply.code(204).send();
    },
  );
}

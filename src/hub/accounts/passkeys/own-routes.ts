/** One's own passkeys: seen, added and removed with the password, renamed. Whoever is logged in, and only for himself. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { FailureCode } from '#shared/failure.ts';
import { id } from '#shared/protocol/fields.ts';
import {
  addPasskeyBody,
  beginPasskeyBody,
  namePasskeyBody,
  passkeysAnswer,
  removePasskeyBody,
} from '#shared/protocol/passkeys.ts';
import type { AuditAction } from '../../audit/store.ts';
import type { Hub } from '../../hub.ts';
import { refuse, requireAccount } from '../guard.ts';
import { checkOwnPassword } from '../own-attempts.ts';
import { emailOf } from '../store.ts';
import { keepChallenge, takeChallenge } from './challenges.ts';
import { addPasskey, credentialsOf, namePasskey, passkeysOf, removePasskey } from './passkey-store.ts';
import { askForNewPasskey, checkNewPasskey } from './relying-party.ts';

type ById = { Params: { passkeyId: string } };

export function ownPasskeyRoutes(app: FastifyInstance, hub: Hub): void {
  const { database, audit, clock } = hub;
  const guarded = { preValidation: requireAccount(hub) };

  async function refused(reply: FastifyReply, actor: string, action: AuditAction, outcome: FailureCode) {
    await audit({ actor, action, outcome });
    return refuse(reply, outcome);
  }

  app.get('/api/account/passkeys', guarded, async ({ account }, reply) => {
    if (!account) return refuse(reply, 'sessionExpired');
    const passkeys = await passkeysOf(database, account.accountId);
    return reply.header('cache-control', 'private, no-store').send(passkeysAnswer.parse({ passkeys }));
  });

  app.post('/api/account/passkeys/begin', guarded, async ({ account, session, body }, reply) => {
    if (!account) return refuse(reply, 'sessionExpired');
    const parsed = beginPasskeyBody.safeParse(body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const { accountId, name } = account;
    const wrong = await checkOwnPassword(hub, accountId, parsed.data.password);
    if (wrong) return refused(reply, accountId, 'account.passkeyAdd', wrong);
    const owner = { accountId, name, email: await emailOf(database, accountId) };
    const asked = await askForNewPasskey(hub.origins().hub, owner, await credentialsOf(database, accountId));
    await keepChallenge(database, { holder: session.sessionId, accountId, now: clock() }, asked.challenge);
    return reply.header('cache-control', 'no-store').send(asked);
  });

  // The password was right a moment ago: the challenge says so.
  app.post('/api/account/passkeys', guarded, async ({ account, session, body }, reply) => {
    if (!account) return refuse(reply, 'sessionExpired');
    const parsed = addPasskeyBody.safeParse(body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const { accountId } = account;
    const { label, made } = parsed.data;
    const now = clock();
    const challenge = await takeChallenge(database, { holder: session.sessionId, accountId, now });
    if (challenge === null) return refused(reply, accountId, 'account.passkeyAdd', 'passkeyStale');
    const checked = await checkNewPasskey(hub.origins().hub, challenge, made);
    if (!checked) return refused(reply, accountId, 'account.passkeyAdd', 'passkeyUnverified');
    const added = await database.transaction((queries) =>
      addPasskey(queries, accountId, checked, { label, now }),
    );
    if (typeof added === 'string') return refused(reply, accountId, 'account.passkeyAdd', added);
    await audit({
      ...{ actor: accountId, action: 'account.passkeyAdd', subject: added.passkeyId, outcome: 'ok' },
    });
    return reply.code(204).send();
  });

  app.put<ById>('/api/account/passkeys/:passkeyId', guarded, async ({ account, params, body }, reply) => {
    if (!account) return refuse(reply, 'sessionExpired');
    const parsed = namePasskeyBody.safeParse(body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const { accountId } = account;
    const passkeyId = id.safeParse(params.passkeyId).data;
    if (!passkeyId || !(await namePasskey(database, accountId, passkeyId, parsed.data.label))) {
      return refused(reply, accountId, 'account.passkeyName', 'notFound');
    }
    await audit({ actor: accountId, action: 'account.passkeyName', subject: passkeyId, outcome: 'ok' });
    return reply.code(204).send();
  });

  // Whoever knows the password still has a way in without this passkey: the last one cannot be removed by mistake.
  app.delete<ById>('/api/account/passkeys/:passkeyId', guarded, async ({ account, params, body }, reply) => {
    if (!account) return refuse(reply, 'sessionExpired');
    const parsed = removePasskeyBody.safeParse(body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const { accountId } = account;
    const wrong = await checkOwnPassword(hub, accountId, parsed.data.password);
    if (wrong) return refused(reply, accountId, 'account.passkeyRemove', wrong);
    const passkeyId = id.safeParse(params.passkeyId).data;
    if (!passkeyId || !(await removePasskey(database, accountId, passkeyId))) {
      return refused(reply, accountId, 'account.passkeyRemove', 'notFound');
    }
    await audit({ actor: accountId, action: 'account.passkeyRemove', subject: passkeyId, outcome: 'ok' });
    return reply.code(204).send();
  });
}

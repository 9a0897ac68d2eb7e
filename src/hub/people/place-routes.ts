/** Groups of communes, mairies and bodies: added and changed. An operator: the mairies of his group only. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { FailureCode } from '#shared/failure.ts';
import { id } from '#shared/protocol/fields.ts';
import { bodyBody, groupBody, mairieBody, newMairieBody, placeAnswer } from '#shared/protocol/people.ts';
import { refuse, requireAccount } from '../accounts/guard.ts';
import type { Account } from '../accounts/store.ts';
import type { AuditAction } from '../audit/store.ts';
import type { Hub } from '../hub.ts';
import { addBody, addGroup, addMairie, changeBody, changeGroup, changeMairie } from './place-store.ts';
import { groupOf, isKeeper } from './scope.ts';

/** Bytes: forty motives of 120 signs. */
const BODY_LIMIT = 32 * 1024;

type ById = { Params: { placeId: string } };

export function placeRoutes(app: FastifyInstance, hub: Hub): void {
  const { database } = hub;
  const guarded = { preValidation: requireAccount(hub), bodyLimit: BODY_LIMIT };

  async function refused(
    reply: FastifyReply,
    account: Account | null,
    action: AuditAction,
    outcome: FailureCode,
    subject: string | null = null,
  ) {
    await hub.audit({ actor: account?.accountId ?? null, action, subject, outcome });
    return refuse(reply, outcome);
  }
  /** Shown everywhere at once. */
  async function done(account: Account, action: AuditAction, placeId: string) {
    await hub.audit({ actor: account.accountId, action, subject: placeId, outcome: 'ok' });
    await hub.switchboard.refresh();
    return placeAnswer.parse({ placeId });
  }

  app.post('/api/people/groups', guarded, async ({ account, body }, reply) => {
    if (account?.role !== 'administrator') return refused(reply, account, 'place.group', 'forbidden');
    const group = groupBody.safeParse(body);
    if (!group.success) return refuse(reply, 'invalidMessage');
    return done(account, 'place.group', await addGroup(database, group.data));
  });

  app.put<ById>('/api/people/groups/:placeId', guarded, async ({ account, params, body }, reply) => {
    const groupId = idOf(params);
    if (account?.role !== 'administrator') {
      return refused(reply, account, 'place.group', 'forbidden', groupId);
    }
    const group = groupBody.safeParse(body);
    if (!group.success) return refuse(reply, 'invalidMessage');
    return groupId && (await changeGroup(database, groupId, group.data))
      ? done(account, 'place.group', groupId)
      : refused(reply, account, 'place.group', 'notFound', groupId);
  });

  app.post('/api/people/mairies', guarded, async ({ account, body }, reply) => {
    if (!isKeeper(account)) return refused(reply, account, 'place.mairie', 'forbidden');
    const mairie = newMairieBody.safeParse(body);
    if (!mairie.success) return refuse(reply, 'invalidMessage');
    const { groupId } = mairie.data;
    const own = groupOf(account);
    const mairieId = own === null || own === groupId ? await addMairie(database, mairie.data) : null;
    return mairieId
      ? done(account, 'place.mairie', mairieId)
      : refused(reply, account, 'place.mairie', 'notFound', groupId);
  });

  app.put<ById>('/api/people/mairies/:placeId', guarded, async ({ account, params, body }, reply) => {
    const mairieId = idOf(params);
    if (!isKeeper(account)) return refused(reply, account, 'place.mairie', 'forbidden', mairieId);
    const mairie = mairieBody.safeParse(body);
    if (!mairie.success) return refuse(reply, 'invalidMessage');
    return mairieId && (await changeMairie(database, mairieId, mairie.data, groupOf(account)))
      ? done(account, 'place.mairie', mairieId)
      : refused(reply, account, 'place.mairie', 'notFound', mairieId);
  });

  app.post('/api/people/bodies', guarded, async ({ account, body }, reply) => {
    if (account?.role !== 'administrator') return refused(reply, account, 'place.body', 'forbidden');
    const written = bodyBody.safeParse(body);
    if (!written.success) return refuse(reply, 'invalidMessage');
    return done(account, 'place.body', await addBody(database, written.data));
  });

  app.put<ById>('/api/people/bodies/:placeId', guarded, async ({ account, params, body }, reply) => {
    const bodyId = idOf(params);
    if (account?.role !== 'administrator') return refused(reply, account, 'place.body', 'forbidden', bodyId);
    const written = bodyBody.safeParse(body);
    if (!written.success) return refuse(reply, 'invalidMessage');
    return bodyId && (await changeBody(database, bodyId, written.data))
      ? done(account, 'place.body', bodyId)
      : refused(reply, account, 'place.body', 'notFound', bodyId);
  });
}

/** Null: no id at all, which is answered like one that nothing has. */
function idOf({ placeId }: ById['Params']): string | null {
  return id.safeParse(placeId).data ?? null;
}

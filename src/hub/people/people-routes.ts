/** People: listed, invited, changed, locked, removed; by an administrator, or by an operator in his group's mairies. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type FailureCode, fail, type Result, succeed } from '#shared/failure.ts';
import { id } from '#shared/protocol/fields.ts';
import { inviteBody, linkAnswer, lockBody, peopleAnswer, personBody } from '#shared/protocol/people.ts';
import { endSessionsOf, reconnectPagesOf, removeSessions } from '../accounts/end-session.ts';
import { refuse, requireAccount } from '../accounts/guard.ts';
import { linkMail } from '../accounts/link-mail.ts';
import { LINK_LIFE, linkAddress, makeLink } from '../accounts/links.ts';
import { hashPassword } from '../accounts/password.ts';
import type { Account } from '../accounts/store.ts';
import type { AuditAction } from '../audit/store.ts';
import type { Queries } from '../database/database.ts';
import type { Hub } from '../hub.ts';
import { listPeople } from './people-list.ts';
import {
  addPerson,
  areMairies,
  changePerson,
  EMPLOYED_ELSEWHERE,
  findPerson,
  isLastAdministrator,
  keepsPerson,
  mayPlace,
  removePerson,
  setLocked,
} from './person-store.ts';
import { groupOf, isKeeper, type Keeper } from './scope.ts';

type ById = { Params: { accountId: string } };
type Found = NonNullable<Awaited<ReturnType<typeof findPerson>>>;

export function peopleRoutes(app: FastifyInstance, hub: Hub): void {
  const { database, audit, clock, mailbox } = hub;
  const guarded = { preValidation: requireAccount(hub) };

  async function refused(
    reply: FastifyReply,
    account: Account | null,
    action: AuditAction,
    outcome: FailureCode,
    subject: string | null = null,
  ) {
    await audit({ actor: account?.accountId ?? null, action, subject, outcome });
    return refuse(reply, outcome);
  }

  /** Does it to somebody within the keeper's scope, in one transaction, and audits it either way. */
  async function toPerson<T>(
    keeper: Keeper,
    params: ById['Params'],
    action: AuditAction,
    work: (queries: Queries, accountId: string, person: Found) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const accountId = id.safeParse(params.accountId).data ?? null;
    const done = accountId
      ? await database.transaction(async (queries): Promise<Result<T>> => {
          const person = await findPerson(queries, accountId, groupOf(keeper));
          return person ? work(queries, accountId, person) : fail('notFound');
        })
      : fail('notFound');
    const outcome = done.ok ? 'ok' : done.failure.code;
    await audit({ actor: keeper.accountId, action, subject: accountId, outcome });
    return done;
  }

  /** In the transaction that decided it. @returns the link, where no mail takes it to the person. */
  async function sendLink(
    queries: Queries,
    accountId: string,
    email: string,
    occasion: 'invitation' | 'forgotten',
  ): Promise<string | null> {
    const token = await makeLink(queries, accountId, clock() + LINK_LIFE[occasion]);
    const link = linkAddress(hub.origins().hub, token);
    await mailbox.withdraw(queries, accountId);
    await mailbox.post(queries, linkMail(occasion, email, link), accountId);
    return mailbox.available ? null : link;
  }

  app.get('/api/people', guarded, async ({ account }, reply) => {
    if (!isKeeper(account)) return refused(reply, account, 'people', 'forbidden');
    const people = await listPeople(database, mailbox, groupOf(account));
    return reply.header('cache-control', 'private, no-store').send(peopleAnswer.parse(people));
  });

  app.post('/api/people/accounts', guarded, async ({ account, body }, reply) => {
    if (!isKeeper(account)) return refused(reply, account, 'person.invite', 'forbidden');
    const invited = inviteBody.safeParse(body);
    if (!invited.success) return refuse(reply, 'invalidMessage');
    const { email, scope } = invited.data;
    const passwordHash = await hashPassword(randomUUID());
    const done = await database.transaction(async (queries) => {
      if (!(await mayPlace(queries, scope, groupOf(account)))) return fail('notFound');
      const added = await addPerson(queries, invited.data, passwordHash);
      if (!added.ok) return added;
      const link = await sendLink(queries, added.value, email, 'invitation');
      return succeed({ accountId: added.value, link });
    });
    if (!done.ok) return refused(reply, account, 'person.invite', done.failure.code);
    mailbox.hurry();
    const { accountId, link } = done.value;
    await audit({ actor: account.accountId, action: 'person.invite', subject: accountId, outcome: 'ok' });
    return reply.header('cache-control', 'no-store').send(linkAnswer.parse({ link }));
  });

  app.put<ById>('/api/people/accounts/:accountId', guarded, async ({ account, params, body }, reply) => {
    if (!isKeeper(account)) return refused(reply, account, 'person.change', 'forbidden');
    const changed = personBody.safeParse(body);
    if (!changed.success) return refuse(reply, 'invalidMessage');
    const { mairieIds, skills, siret } = changed.data;
    const done = await toPerson(
      account,
      params,
      'person.change',
      async (queries, accountId, { role }): Promise<Result<string>> => {
        if (mairieIds && role !== 'agent') return fail('invalidMessage');
        if (skills && role !== 'counsellor') return fail('invalidMessage');
        if (siret && !EMPLOYED_ELSEWHERE.includes(role)) return fail('invalidMessage');
        if (mairieIds && !(await areMairies(queries, mairieIds, groupOf(account)))) return fail('notFound');
        await changePerson(queries, accountId, changed.data);
        return succeed(accountId);
      },
    );
    if (!done.ok) return refuse(reply, done.failure.code);
    await reconnectPagesOf(hub, done.value);
    return reply.code(204).send();
  });

  app.put<ById>('/api/people/accounts/:accountId/lock', guarded, async ({ account, params, body }, reply) => {
    if (!isKeeper(account)) return refused(reply, account, 'person.lock', 'forbidden');
    const parsed = lockBody.safeParse(body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const { locked } = parsed.data;
    const done = await toPerson(
      account,
      params,
      locked ? 'person.lock' : 'person.unlock',
      async (queries, accountId, { role, standing }): Promise<Result<string>> => {
        // Unlocking makes nobody active who never was: an invitation is sent again instead.
        if (!locked && standing !== 'locked') return succeed(accountId);
        if (locked && (await isLastAdministrator(queries, accountId, role))) {
          return fail('lastAdministrator');
        }
        await setLocked(queries, accountId, locked);
        if (locked) await removeSessions(queries, accountId);
        return succeed(accountId);
      },
    );
    if (!done.ok) return refuse(reply, done.failure.code);
    if (locked) await endSessionsOf(hub, done.value);
    return reply.code(204).send();
  });

  app.delete<ById>('/api/people/accounts/:accountId', guarded, async ({ account, params }, reply) => {
    if (!isKeeper(account)) return refused(reply, account, 'person.remove', 'forbidden');
    const done = await toPerson(
      account,
      params,
      'person.remove',
      async (queries, accountId, { role }): Promise<Result<string>> => {
        if (await isLastAdministrator(queries, accountId, role)) return fail('lastAdministrator');
        const kept = await keepsPerson(queries, accountId, clock());
        if (kept) return fail(kept);
        await removePerson(queries, accountId);
        await mailbox.withdraw(queries, accountId);
        return succeed(accountId);
      },
    );
    if (!done.ok) return refuse(reply, done.failure.code);
    await endSessionsOf(hub, done.value);
    await hub.switchboard.refresh();
    return reply.code(204).send();
  });

  app.post<ById>('/api/people/accounts/:accountId/link', guarded, async ({ account, params }, reply) => {
    if (!isKeeper(account)) return refused(reply, account, 'person.link', 'forbidden');
    const done = await toPerson(
      account,
      params,
      'person.link',
      async (queries, accountId, { email, standing }): Promise<Result<string | null>> => {
        if (standing === 'locked') return fail('notFound');
        const occasion = standing === 'invited' ? 'invitation' : 'forgotten';
        return succeed(await sendLink(queries, accountId, email, occasion));
      },
    );
    if (!done.ok) return refuse(reply, done.failure.code);
    mailbox.hurry();
    return reply.header('cache-control', 'no-store').send(linkAnswer.parse({ link: done.value }));
  });

  app.delete<ById>(
    '/api/people/accounts/:accountId/second-factor',
    guarded,
    async ({ account, params }, reply) => {
      if (!isKeeper(account)) return refused(reply, account, 'person.secondFactor', 'forbidden');
      const done = await toPerson(
        account,
        params,
        'person.secondFactor',
        async (queries, accountId): Promise<Result<null>> => {
          const removed = await queries.run('delete from second_factors where account_id = $1', [accountId]);
          return removed > 0 ? succeed(null) : fail('notFound');
        },
      );
      return done.ok ? reply.code(204).send() : refuse(reply, done.failure.code);
    },
  );
}

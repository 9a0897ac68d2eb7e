/** For whoever has a link: an invitation, or a password that was forgotten. Nobody is logged in here yet. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  forgottenBody,
  welcomeAnswer,
  welcomeBody,
  welcomeLookAnswer,
  welcomeLookBody,
} from '#shared/protocol/own-account.ts';
import type { AuditAction } from '../audit/store.ts';
import type { Hub } from '../hub.ts';
import { LONGEST_WINDOW, networkOf } from './attempts.ts';
import { countedLink } from './counted-link.ts';
import { endSessionsOf, removeSessions } from './end-session.ts';
import { refuse } from './guard.ts';
import { linkMail } from './link-mail.ts';
import { accountOfLink, LINK_LIFE, linkAddress, makeLink, spendLink } from './links.ts';
import { openSession } from './open-session.ts';
import { hashPassword } from './password.ts';
import { findAccountByEmail, setPassword } from './store.ts';

/** Nobody's mailbox is filled by somebody else. */
const FORGOTTEN_LIMITS = {
  network: { attempts: 20, window: LONGEST_WINDOW },
  account: { attempts: 3, window: LONGEST_WINDOW },
} as const;

export function welcomeRoutes(app: FastifyInstance, hub: Hub): void {
  const { database, attempts, audit, clock, mailbox } = hub;

  /** The account that the link belongs to; null once it is refused. */
  const linked = (request: FastifyRequest, reply: FastifyReply, token: string) =>
    countedLink(hub, request, reply, {
      kind: 'link',
      action: 'account.welcome',
      look: () => accountOfLink(database, token, clock()),
    });
  const strangerRefused = (
    { ip }: FastifyRequest,
    action: AuditAction,
    outcome: 'tooManyAttempts' | 'linkSpent',
  ) => hub.refuseStranger(ip, { action, outcome });

  app.post('/api/welcome/look', async (request, reply) => {
    const parsed = welcomeLookBody.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const account = await linked(request, reply, parsed.data.token);
    if (!account) return reply;
    return reply
      .header('cache-control', 'no-store')
      .send(welcomeLookAnswer.parse({ name: account.name, email: account.email }));
  });

  app.post('/api/welcome', async (request, reply) => {
    const parsed = welcomeBody.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const { token, password } = parsed.data;
    const account = await linked(request, reply, token);
    if (!account) return reply;
    const { accountId } = account;
    const passwordHash = await hashPassword(password);
    const set = await database.transaction(async (queries) => {
      // Between the look and now it may have been used, or its account locked.
      if (!(await accountOfLink(queries, token, clock())) || !(await spendLink(queries, token))) return false;
      await setPassword(queries, accountId, passwordHash);
      await removeSessions(queries, accountId);
      await mailbox.withdraw(queries, accountId);
      return true;
    });
    if (!set) {
      await strangerRefused(request, 'account.welcome', 'linkSpent');
      return refuse(reply, 'linkSpent');
    }
    await endSessionsOf(hub, accountId);
    await audit({ actor: accountId, action: 'account.welcome', outcome: 'ok' });
    // A link that came by mail is one factor: whoever has two is asked for the other.
    const loggedIn = (await hub.secondFactors.of(accountId)) === null;
    if (loggedIn) await openSession(request, hub, accountId);
    return welcomeAnswer.parse({ loggedIn });
  });

  app.post('/api/forgotten', async (request, reply) => {
    const parsed = forgottenBody.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const email = parsed.data.email.toLowerCase();
    const allowed = await attempts.take([
      [`forgotten ${networkOf(request.ip)}`, FORGOTTEN_LIMITS.network],
      [`forgotten ${email}`, FORGOTTEN_LIMITS.account],
    ]);
    if (!allowed) {
      await strangerRefused(request, 'account.forgotten', 'tooManyAttempts');
      return refuse(reply, 'tooManyAttempts');
    }
    // After the answer: how long it takes tells nobody whether the account exists.
    hub.background.run(sendNewLink(email));
    return reply.code(204).send();
  });

  async function sendNewLink(email: string): Promise<void> {
    const found = mailbox.available ? await findAccountByEmail(database, email) : null;
    if (!found) return;
    const { accountId } = found.account;
    await database.transaction(async (queries) => {
      const token = await makeLink(queries, accountId, clock() + LINK_LIFE.forgotten);
      await mailbox.withdraw(queries, accountId);
      await mailbox.post(
        queries,
        linkMail('forgotten', email, linkAddress(hub.origins().hub, token)),
        accountId,
      );
    });
    mailbox.hurry();
    await audit({ actor: accountId, action: 'account.forgotten', outcome: 'ok' });
  }
}

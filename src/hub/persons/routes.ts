/**
 * A person asks what is held of them, or that it goes: found, given out, erased, by whoever receives residents or looks
 * after the mairies' terminals, each within their mairies. What was searched for is written nowhere.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { FailureCode } from '#shared/failure.ts';
import { eraseBody, personAnswer, personBody } from '#shared/protocol/data-protection.ts';
import { refuse, requireAccount } from '../accounts/guard.ts';
import { type Account, isReceiver, mairiesOf } from '../accounts/store.ts';
import type { Queries } from '../database/database.ts';
import type { Hub } from '../hub.ts';
import { appointmentPersons } from './appointment-persons.ts';
import type { PersonDomain, PersonScope } from './person-domain.ts';
import { questionPersons } from './question-persons.ts';
import { pastVisitPersons, visitPersons } from './visit-persons.ts';

export function personRoutes(app: FastifyInstance, hub: Hub): void {
  const known = { preValidation: requireAccount(hub) };
  const domains: readonly PersonDomain[] = [
    visitPersons(hub.visits, hub.clock, hub.switchboard.refresh),
    pastVisitPersons(hub.visits),
    appointmentPersons(hub),
    questionPersons(hub),
  ];

  app.post('/api/persons/search', known, async ({ account, body }, reply) => {
    const scope = await scopeOf(hub.database, account);
    if (!scope) return deny(hub, reply, account, 'person.search', null, 'forbidden');
    const wanted = personBody.safeParse(body);
    if (!wanted.success) return refuse(reply, 'invalidMessage');
    const held = await Promise.all(domains.map(({ find }) => find(wanted.data, scope)));
    await hub.audit({ actor: account?.accountId ?? null, action: 'person.search', outcome: 'ok' });
    return reply
      .header('cache-control', 'no-store')
      .send(personAnswer.parse({ at: hub.clock(), held: held.flat() }));
  });

  app.post('/api/persons/erase', known, async ({ account, body }, reply) => {
    const scope = await scopeOf(hub.database, account);
    if (!scope) return deny(hub, reply, account, 'person.erase', null, 'forbidden');
    const wanted = eraseBody.safeParse(body);
    if (!wanted.success) return refuse(reply, 'invalidMessage');
    const { domain, id } = wanted.data;
    const outcome = (await domains.find(({ name }) => name === domain)?.erase(id, scope)) ?? 'notFound';
    if (outcome !== 'erased') {
      const code = outcome === 'busy' ? 'alreadyPickedUp' : 'notFound';
      return deny(hub, reply, account, 'person.erase', id, code);
    }
    await hub.audit({
      ...{ actor: account?.accountId ?? null, action: 'person.erase', subject: id, outcome: 'ok' },
    });
    return reply.code(204).send();
  });
}

/** Null where residents are none of this account's business. A counsellor knows those whom he receives, and no others. */
async function scopeOf(queries: Queries, account: Account | null): Promise<PersonScope | null> {
  if (isReceiver(account)) return { mairieIds: new Set(mairiesOf(account)) };
  if (account?.role !== 'operator') return null;
  const mairies = await queries.rows(
    z.object({ id: z.uuid() }),
    'select id from mairies where territory_id = $1',
    [account.territoryId],
  );
  return { mairieIds: new Set(mairies.map(({ id }) => id)) };
}

async function deny(
  hub: Hub,
  reply: FastifyReply,
  account: Account | null,
  action: 'person.search' | 'person.erase',
  subject: string | null,
  code: FailureCode,
): Promise<FastifyReply> {
  await hub.audit({ actor: account?.accountId ?? null, action, subject, outcome: code });
  return refuse(reply, code);
}

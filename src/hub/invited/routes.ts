/** For whoever was invited into a call: what it is about, and a ticket of its room. By a link nobody is logged in. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type InvitedBody, invitedAnswer, invitedBody } from '#shared/protocol/invited.ts';
import { countedLink } from '../accounts/counted-link.ts';
import { refuse } from '../accounts/guard.ts';
import { findAccount } from '../accounts/store.ts';
import type { Hub } from '../hub.ts';
import type { VisitRecord } from '../visits/store.ts';
import { noteTicket, visitOfToken } from './store.ts';

type Holder = { readonly token: string } | { readonly accountId: string };

interface InvitedTo {
  readonly visit: VisitRecord;
  readonly call: NonNullable<VisitRecord['call']>;
  readonly invited: NonNullable<VisitRecord['invited']>;
  readonly holder: Holder;
}

export function invitedRoutes(app: FastifyInstance, hub: Hub): void {
  const { database, audit, clock, visits, origins, tickets } = hub;

  /** The call to which it leads, and by what; null where it leads to none (any more). */
  async function invitedTo(request: FastifyRequest, by: InvitedBody['by']): Promise<InvitedTo | null> {
    const [visitId, holder] =
      by.kind === 'link' ? await byLink(by.token) : await byAccount(request, by.visitId);
    const visit = visitId && holder ? await visits.find(visitId) : null;
    if (!visit?.call || !visit.invited || !holder) return null;
    const { call, invited } = visit;
    const isTheirs = 'token' in holder || invited.accountId === holder.accountId;
    return isTheirs ? { visit, call, invited, holder } : null;
  }
  async function byLink(token: string): Promise<[string | null, Holder]> {
    return [await visitOfToken(database, token), { token }];
  }
  async function byAccount({ session }: FastifyRequest, visitId: string): Promise<[string, Holder | null]> {
    const account = session.accountId ? await findAccount(database, session.accountId) : null;
    return [visitId, account && { accountId: account.accountId }];
  }

  app.post('/api/invited', async (request, reply) => {
    const parsed = invitedBody.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'invalidMessage');
    const { by, enters } = parsed.data;
    const found = await countedLink(hub, request, reply, {
      kind: 'invited',
      action: 'enterInvited',
      look: () => invitedTo(request, by),
    });
    if (!found) return reply;
    const { visit, call, invited, holder } = found;
    const admitted = enters && visit.quiet.privateBy === null;
    if (admitted && !(await noteTicket(database, visit.visitId, holder, clock())))
      return refuse(reply, 'linkSpent');
    if (admitted && !invited.hasTicket) {
      const actor = 'accountId' in holder ? holder.accountId : null;
      await audit({ actor, action: 'enterInvited', subject: visit.visitId, outcome: 'ok' });
      await hub.switchboard.refresh();
    }
    const { name } = invited;
    return reply.header('cache-control', 'no-store').send(
      invitedAnswer.parse({
        name,
        counsellor: call.counsellor,
        body: visit.body,
        roomOrigin: origins().room,
        ticket: admitted ? await tickets.forInvited(visit, name) : null,
      }),
    );
  });
}

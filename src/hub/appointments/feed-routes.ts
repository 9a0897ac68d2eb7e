/** A calendar's address: made anew when somebody asks for it, and read by whichever program has it. */
import type { FastifyInstance } from 'fastify';
import { feedAnswer, feedBody } from '#shared/protocol/appointments.ts';
import { refuse, requireAccount } from '../accounts/guard.ts';
import { isReceiver } from '../accounts/store.ts';
import type { Hub } from '../hub.ts';
import { calendarFile } from './calendar-file.ts';
import { ownTerminal } from './calendar-routes.ts';
import { feedEntries, feedOwner, renewFeed } from './feed-store.ts';
import { deny } from './routes.ts';

/** ms: what is just past stays in the calendar for a while. */
const BACK = 31 * 86_400_000;

export function feedRoutes(app: FastifyInstance, hub: Hub): void {
  const { database, clock } = hub;
  const action = 'calendarFeed';

  app.post(
    '/api/calendar-feeds',
    { preValidation: requireAccount(hub) },
    async ({ account, body }, reply) => {
      const wanted = feedBody.safeParse(body);
      if (!wanted.success) return refuse(reply, 'invalidMessage');
      const subject = wanted.data.of === 'terminal' ? wanted.data.terminalId : (account?.accountId ?? null);
      let token: string;
      if (isReceiver(account) && wanted.data.of === 'terminal') {
        const terminal = await ownTerminal(hub, account, wanted.data.terminalId);
        if (!terminal) return deny(hub, reply, account, action, subject, 'notFound');
        token = await renewFeed(database, { of: 'terminal', terminalId: terminal.terminalId });
      } else if (account?.role === 'counsellor' && wanted.data.of === 'counsellor') {
        token = await renewFeed(database, { of: 'counsellor', counsellorId: account.accountId });
      } else {
        return deny(hub, reply, account, action, subject, 'forbidden');
      }
      await hub.audit({ actor: account.accountId, action, subject, outcome: 'ok' });
      return feedAnswer.parse({ address: `${hub.origins().hub}/calendars/${token}.ics` });
    },
  );

  // No session: calendar programs have none. The address is the key, so nobody is told whether one nearly fits.
  app.get<{ Params: { token: string } }>('/calendars/:token.ics', async (request, reply) => {
    const owner = await feedOwner(database, request.params.token);
    if (!owner) {
      await hub.refuseStranger(request.ip, { action, outcome: 'notFound' });
      return refuse(reply, 'notFound');
    }
    const now = clock();
    return reply
      .type('text/calendar; charset=utf-8')
      .header('cache-control', 'private, no-store')
      .send(calendarFile(await feedEntries(database, owner, now - BACK), now));
  });
}

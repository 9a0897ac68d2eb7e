/** Who sets when they are there: a counsellor for his body and for himself, a clerk or an agent for the rooms of their terminals. */
import type { FastifyInstance } from 'fastify';
import { bodyCalendar, counsellorCalendar, terminalCalendar } from '#shared/protocol/appointments.ts';
import { id } from '#shared/protocol/fields.ts';
import { refuse, requireAccount } from '../accounts/guard.ts';
import { isReceiver, type Receiver, receivesAt } from '../accounts/store.ts';
import type { Hub } from '../hub.ts';
import { findTerminal, type TerminalRecord } from '../terminals/store.ts';
import { calendarProblem } from './calendar-problem.ts';
import {
  closuresOf,
  hoursOf,
  minutesOf,
  saveBodyCalendar,
  saveCounsellorCalendar,
  saveTerminalCalendar,
  zoneOf,
} from './calendar-store.ts';
import { deny } from './routes.ts';
import { dayOf } from './weeks.ts';

type OfTerminal = { Params: { terminalId: string } };

export function calendarRoutes(app: FastifyInstance, hub: Hub): void {
  const { database, clock } = hub;
  const known = { preValidation: requireAccount(hub) };
  const action = 'calendar';
  /** Closures are kept in view until they are over everywhere. */
  const today = () => dayOf(clock(), 'Pacific/Tahiti');

  app.get('/api/calendars/body', known, async ({ account }, reply) => {
    if (account?.role !== 'counsellor') return deny(hub, reply, account, action, null, 'forbidden');
    const { bodyId } = account;
    return bodyCalendar.parse({
      hours: (await hoursOf(database, 'body_id', [bodyId]))(bodyId),
      closures: (await closuresOf(database, 'body_id', [bodyId], today()))(bodyId),
      minutes: await minutesOf(database, bodyId),
    });
  });

  app.put('/api/calendars/body', known, async ({ account, body }, reply) => {
    if (account?.role !== 'counsellor') return deny(hub, reply, account, action, null, 'forbidden');
    const wanted = bodyCalendar.safeParse(body);
    if (!wanted.success) return refuse(reply, 'invalidMessage');
    const problem = calendarProblem(wanted.data);
    if (problem) return refuse(reply, problem);
    await saveBodyCalendar(database, account.bodyId, wanted.data);
    await hub.audit({ actor: account.accountId, action, subject: account.bodyId, outcome: 'ok' });
    // Who is told that the body is closed is told when it opens.
    hub.background.run(hub.switchboard.refresh());
    return reply.code(204).send();
  });

  app.get('/api/calendars/counsellor', known, async ({ account }, reply) => {
    if (account?.role !== 'counsellor') return deny(hub, reply, account, action, null, 'forbidden');
    const { accountId } = account;
    return counsellorCalendar.parse({
      hours: (await hoursOf(database, 'counsellor_id', [accountId]))(accountId),
      closures: (await closuresOf(database, 'counsellor_id', [accountId], today()))(accountId),
    });
  });

  app.put('/api/calendars/counsellor', known, async ({ account, body }, reply) => {
    if (account?.role !== 'counsellor') return deny(hub, reply, account, action, null, 'forbidden');
    const wanted = counsellorCalendar.safeParse(body);
    if (!wanted.success) return refuse(reply, 'invalidMessage');
    const problem = calendarProblem(wanted.data);
    if (problem) return refuse(reply, problem);
    await saveCounsellorCalendar(database, account.accountId, wanted.data);
    await hub.audit({ actor: account.accountId, action, subject: account.accountId, outcome: 'ok' });
    return reply.code(204).send();
  });

  app.get<OfTerminal>('/api/calendars/terminals/:terminalId', known, async ({ account, params }, reply) => {
    const subject = id.safeParse(params.terminalId).data ?? null;
    if (!isReceiver(account)) return deny(hub, reply, account, action, subject, 'forbidden');
    const terminal = await ownTerminal(hub, account, subject);
    const timeZone = terminal && (await zoneOf(database, terminal.mairieId));
    if (!timeZone) return deny(hub, reply, account, action, subject, 'notFound');
    const { terminalId, mairieId } = terminal;
    return terminalCalendar.parse({
      hours: (await hoursOf(database, 'terminal_id', [terminalId]))(terminalId),
      closures: (await closuresOf(database, 'mairie_id', [mairieId], today()))(mairieId),
      timeZone,
    });
  });

  app.put<OfTerminal>(
    '/api/calendars/terminals/:terminalId',
    known,
    async ({ account, params, body }, reply) => {
      const subject = id.safeParse(params.terminalId).data ?? null;
      if (!isReceiver(account)) return deny(hub, reply, account, action, subject, 'forbidden');
      const terminal = await ownTerminal(hub, account, subject);
      if (!terminal) return deny(hub, reply, account, action, subject, 'notFound');
      const wanted = terminalCalendar.safeParse(body);
      if (!wanted.success) return refuse(reply, 'invalidMessage');
      const problem = calendarProblem(wanted.data);
      if (problem) return refuse(reply, problem);
      await saveTerminalCalendar(database, terminal, wanted.data);
      await hub.audit({ actor: account.accountId, action, subject, outcome: 'ok' });
      // The hour of an appointment is another one by another clock.
      hub.background.run(hub.switchboard.refresh());
      return reply.code(204).send();
    },
  );
}

/** Null: there is none, or it is another mairie's. */
export async function ownTerminal(
  hub: Hub,
  account: Receiver,
  terminalId: string | null,
): Promise<TerminalRecord | null> {
  const terminal = terminalId ? await findTerminal(hub.database, terminalId) : null;
  return terminal && receivesAt(account, terminal.mairieId) ? terminal : null;
}

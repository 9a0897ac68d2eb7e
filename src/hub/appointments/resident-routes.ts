/** The page behind the link in a resident's mail. Programs that look at mail open links: nothing but the POST changes anything. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Hub } from '../hub.ts';
import { cancelAndTell } from './book-and-tell.ts';
import { PAGE_POLICY, residentPages } from './resident-page-fr.ts';
import type { AppointmentRecord } from './store.ts';

const action = 'appointment.cancelByResident';

type One = FastifyRequest<{ Params: { token: string } }>;
type State = 'cancelled' | 'past' | 'shown';

export async function residentRoutes(app: FastifyInstance, hub: Hub): Promise<void> {
  const { appointments, residentLinks, clock } = hub;
  // A form without fields: what it sends is not read.
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, async () => null);

  function stateOf({ view }: AppointmentRecord): State {
    if (view.state === 'cancelled') return 'cancelled';
    return view.state === 'booked' && view.startsAt > clock() ? 'shown' : 'past';
  }
  function send(reply: FastifyReply, text: string, status = 200): FastifyReply {
    return reply
      .code(status)
      .type('text/html; charset=utf-8')
      .header('content-security-policy', PAGE_POLICY)
      .header('cache-control', 'no-store')
      .header('x-robots-tag', 'noindex')
      .send(text);
  }
  /** Answers what is not to come, and calls `work` with what is. */
  const on =
    (work: (found: AppointmentRecord, path: string, reply: FastifyReply) => Promise<FastifyReply>) =>
    async (request: One, reply: FastifyReply): Promise<FastifyReply> => {
      const appointmentId = residentLinks.read(request.params.token);
      const found = appointmentId ? await appointments.find(appointmentId) : null;
      if (!found) {
        await hub.refuseStranger(request.ip, { action, outcome: 'notFound' });
        return send(reply, residentPages.unknown(), 404);
      }
      const state = stateOf(found);
      if (state === 'shown') {
        return work(found, `/rendez-vous/${residentLinks.tokenOf(found.view.appointmentId)}`, reply);
      }
      return send(reply, residentPages[state === 'cancelled' ? 'cancelled' : 'past']());
    };

  app.get(
    '/rendez-vous/:token',
    on(async ({ view }, path, reply) => send(reply, residentPages.shown(view, path))),
  );
  app.get(
    '/rendez-vous/:token/annuler',
    on(async ({ view }, path, reply) => send(reply, residentPages.confirm(view, path))),
  );
  app.get(
    '/rendez-vous/:token/calendrier.ics',
    on(async (found, _path, reply) =>
      reply
        .type('text/calendar; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-robots-tag', 'noindex')
        .send(hub.residentMail.calendarOf(found, clock())),
    ),
  );
  app.post(
    '/rendez-vous/:token/annuler',
    { config: { byCapability: true } },
    on(async (found, _path, reply) => {
      if (await cancelAndTell(hub, found)) {
        await hub.audit({ actor: null, action, subject: found.view.appointmentId, outcome: 'ok' });
        hub.background.run(hub.switchboard.refresh());
      }
      return send(reply, residentPages.cancelled());
    }),
  );
}

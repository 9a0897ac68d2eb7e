import type { FastifyInstance } from 'fastify';
import { id } from '#shared/protocol/fields.ts';
import { refuse, requireAccount } from '../accounts/guard.ts';
import type { Hub } from '../hub.ts';
import { formContent } from './store.ts';

/** The library of a body, for its own counsellors. */
export function formRoutes(app: FastifyInstance, hub: Hub): void {
  app.get<{ Params: { formId: string } }>(
    '/api/forms/:formId',
    { preValidation: requireAccount(hub) },
    async ({ account, params }, reply) => {
      const actor = account?.accountId ?? null;
      if (account?.role !== 'counsellor') {
        await hub.audit({ actor, action: 'form', outcome: 'forbidden' });
        return refuse(reply, 'forbidden');
      }
      const formId = id.safeParse(params.formId);
      const content = formId.success ? await formContent(hub.database, formId.data, account.bodyId) : null;
      if (!content) {
        await hub.audit({ actor, action: 'form', subject: formId.data ?? null, outcome: 'notFound' });
        return refuse(reply, 'notFound');
      }
      return reply
        .type('application/pdf')
        .headers({ 'cache-control': 'private, no-store', 'content-disposition': 'attachment' })
        .send(Buffer.from(content));
    },
  );
}

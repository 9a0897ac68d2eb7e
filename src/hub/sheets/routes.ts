/** Sheets: read by whoever receives residents and by bodies, written by a body's counsellors and correspondents, kept at hand by a mairie. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { FailureCode } from '#shared/failure.ts';
import { id } from '#shared/protocol/fields.ts';
import {
  favouriteBody,
  sheetBody,
  sheetChangeBody,
  sheetSearchQuery,
  sheetsAnswer,
  sheetView,
  sheetWrittenAnswer,
} from '#shared/protocol/sheets.ts';
import { refuse, requireAccount } from '../accounts/guard.ts';
import type { Account } from '../accounts/store.ts';
import type { AuditAction } from '../audit/store.ts';
import type { Hub } from '../hub.ts';
import {
  changeSheet,
  favouriteSheets,
  findSheet,
  findSheets,
  ownSheets,
  recentSheets,
  setFavourite,
  withdrawSheet,
  writeSheet,
} from './store.ts';

/** Bytes: a thousand blocks of ordinary length. */
const BODY_LIMIT = 512 * 1024;

type Role = Account['role'];
type AccountOf<R extends Role> = Extract<Account, { role: R }>;
type ById = { Params: { sheetId: string } };

export function sheetRoutes(app: FastifyInstance, hub: Hub): void {
  const { database, audit, clock } = hub;
  const guarded = { preValidation: requireAccount(hub) };
  const written = { ...guarded, bodyLimit: BODY_LIMIT };
  const readers = ['clerk', 'agent', 'counsellor', 'correspondent', 'administrator'] as const;
  /** Correspondents too: what they are asked again and again becomes a sheet. */
  const writers = ['counsellor', 'correspondent'] as const;

  async function refused(
    reply: FastifyReply,
    action: AuditAction,
    account: Account | null,
    outcome: FailureCode,
    subject: string | null = null,
  ): Promise<FastifyReply> {
    await audit({ actor: account?.accountId ?? null, action, subject, outcome });
    return refuse(reply, outcome);
  }

  app.get('/api/sheets/search', guarded, async ({ account, query }, reply) => {
    if (!isOne(account, readers)) return refused(reply, 'readSheet', account, 'forbidden');
    const asked = sheetSearchQuery.safeParse(query);
    if (!asked.success) return refuse(reply, 'invalidMessage');
    const sheets = await findSheets(database, { account, now: clock() }, asked.data.words);
    return keptByNobody(reply).send(sheetsAnswer.parse({ sheets }));
  });

  app.get('/api/sheets/recent', guarded, async ({ account }, reply) => {
    if (!isOne(account, readers)) return refused(reply, 'readSheet', account, 'forbidden');
    const sheets = await recentSheets(database, { account, now: clock() });
    return keptByNobody(reply).send(sheetsAnswer.parse({ sheets }));
  });

  app.get('/api/sheets/favourites', guarded, async ({ account }, reply) => {
    if (!isOne(account, ['clerk'])) return refused(reply, 'readSheet', account, 'forbidden');
    const sheets = await favouriteSheets(database, { account, now: clock() });
    return keptByNobody(reply).send(sheetsAnswer.parse({ sheets }));
  });

  app.get('/api/sheets/own', guarded, async ({ account }, reply) => {
    if (!isOne(account, writers)) return refused(reply, 'readSheet', account, 'forbidden');
    const sheets = await ownSheets(database, { account, now: clock() }, account.bodyId);
    return keptByNobody(reply).send(sheetsAnswer.parse({ sheets }));
  });

  app.get<ById>('/api/sheets/:sheetId', guarded, async ({ account, params }, reply) => {
    const sheetId = idOf(params);
    if (!isOne(account, readers)) return refused(reply, 'readSheet', account, 'forbidden', sheetId);
    const sheet = sheetId && (await findSheet(database, { account, now: clock() }, sheetId));
    if (!sheet) return refused(reply, 'readSheet', account, 'notFound', sheetId);
    return keptByNobody(reply).send(sheetView.parse(sheet));
  });

  app.post('/api/sheets', written, async ({ account, body }, reply) => {
    if (!isOne(account, writers)) return refused(reply, 'writeSheet', account, 'forbidden');
    const sheet = sheetBody.safeParse(body);
    if (!sheet.success) return refuse(reply, 'invalidMessage');
    const sheetId = await writeSheet(database, account, sheet.data, clock());
    await audit({ actor: account.accountId, action: 'writeSheet', subject: sheetId, outcome: 'ok' });
    return sheetWrittenAnswer.parse({ sheetId });
  });

  app.put<ById>('/api/sheets/:sheetId', written, async ({ account, params, body }, reply) => {
    const sheetId = idOf(params);
    if (!isOne(account, writers)) {
      return refused(reply, 'changeSheet', account, 'forbidden', sheetId);
    }
    const change = sheetChangeBody.safeParse(body);
    if (!change.success) return refuse(reply, 'invalidMessage');
    if (!sheetId) return refused(reply, 'changeSheet', account, 'notFound');
    const done = await changeSheet(database, account, sheetId, change.data, clock());
    if (!done.ok) return refused(reply, 'changeSheet', account, done.failure.code, sheetId);
    await audit({ actor: account.accountId, action: 'changeSheet', subject: sheetId, outcome: 'ok' });
    return sheetWrittenAnswer.parse({ sheetId });
  });

  app.delete<ById>('/api/sheets/:sheetId', guarded, async ({ account, params }, reply) => {
    const sheetId = idOf(params);
    if (!isOne(account, writers)) {
      return refused(reply, 'withdrawSheet', account, 'forbidden', sheetId);
    }
    const done = sheetId !== null && (await withdrawSheet(database, account.bodyId, sheetId, clock()));
    if (!done) return refused(reply, 'withdrawSheet', account, 'notFound', sheetId);
    await audit({ actor: account.accountId, action: 'withdrawSheet', subject: sheetId, outcome: 'ok' });
    return reply.code(204).send();
  });

  app.put<ById>('/api/sheets/:sheetId/favourite', guarded, async ({ account, params, body }, reply) => {
    const sheetId = idOf(params);
    if (!isOne(account, ['clerk'])) {
      return refused(reply, 'favouriteSheet', account, 'forbidden', sheetId);
    }
    const wanted = favouriteBody.safeParse(body);
    if (!wanted.success) return refuse(reply, 'invalidMessage');
    const done = sheetId && (await setFavourite(database, account.mairieId, sheetId, wanted.data.favourite));
    if (!done) return refused(reply, 'favouriteSheet', account, 'notFound', sheetId);
    return reply.code(204).send();
  });
}

function isOne<R extends Role>(account: Account | null, roles: readonly R[]): account is AccountOf<R> {
  return roles.some((role) => role === account?.role);
}

/** Null: no id at all, which is answered like one that nothing has. */
function idOf({ sheetId }: ById['Params']): string | null {
  return id.safeParse(sheetId).data ?? null;
}

function keptByNobody(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'private, no-store');
}

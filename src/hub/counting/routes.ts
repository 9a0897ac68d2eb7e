/** Counting: each reads what is theirs, and whoever received the resident gives their word. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { FailureCode } from '#shared/failure.ts';
import { countingAnswer, countingQuery, wordBody, wordsToAskAnswer } from '#shared/protocol/counting.ts';
import { refuse, requireAccount } from '../accounts/guard.ts';
import { type Account, isReceiver, mairiesOf, type Receiver } from '../accounts/store.ts';
import { zoneOf } from '../appointments/calendar-store.ts';
import { boundsOf, dayOf } from '../appointments/weeks.ts';
import type { AuditAction } from '../audit/store.ts';
import type { Hub } from '../hub.ts';
import { type CountedPlace, mairiesToChoose } from './counts-store.ts';
import { type CountingScope, createCountingReader } from './read-counting.ts';
import { giveWord, visitsToAsk } from './word-store.ts';

export function countingRoutes(app: FastifyInstance, hub: Hub): void {
  const { database, audit, clock } = hub;
  const guarded = { preValidation: requireAccount(hub) };
  const readCounting = createCountingReader(database, clock);

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
  /** Today in each of their mairies, by the clock on its wall. */
  function todayOf(account: Receiver) {
    const at = clock();
    return Promise.all(
      mairiesOf(account).map(async (mairieId) => {
        const timeZone = await zoneOf(database, mairieId);
        if (timeZone === null) throw new Error('An account without its mairie: the database forbids it.');
        return { day: { mairieId, ...boundsOf([dayOf(at, timeZone)], timeZone) }, week: { at, timeZone } };
      }),
    );
  }
  async function choiceOf(account: Account): Promise<CountedPlace[]> {
    return account.role === 'operator' || account.role === 'agent' ? mairiesToChoose(database, account) : [];
  }

  app.get('/api/counting', guarded, async ({ account, query }, reply) => {
    const asked = countingQuery.safeParse(query);
    if (!account || account.role === 'administrator') {
      return refused(reply, 'counting', account, 'forbidden');
    }
    if (!asked.success) return refuse(reply, 'invalidMessage');
    const { year, mairieId } = asked.data;
    const mairies = await choiceOf(account);
    const scope = scopeOf(account, mairies, mairieId);
    const answer = scope && (await readCounting(scope, year));
    if (!answer) return refused(reply, 'counting', account, 'notFound', mairieId ?? null);
    return reply
      .header('cache-control', 'private, no-store')
      .send(
        countingAnswer.parse({ ...answer, mairies: mairies.map(({ id, name }) => ({ mairieId: id, name })) }),
      );
  });

  app.get('/api/counting/words', guarded, async ({ account }, reply) => {
    if (!isReceiver(account)) return refused(reply, 'residentWord', account, 'forbidden');
    const asked = await Promise.all((await todayOf(account)).map(({ day }) => visitsToAsk(database, day)));
    const visits = asked.flat().sort((a, b) => b.endedAt - a.endedAt);
    return reply.header('cache-control', 'private, no-store').send(wordsToAskAnswer.parse({ visits }));
  });

  app.post('/api/counting/words', guarded, async ({ account, body }, reply) => {
    if (!isReceiver(account)) return refused(reply, 'residentWord', account, 'forbidden');
    const given = wordBody.safeParse(body);
    if (!given.success) return refuse(reply, 'invalidMessage');
    const { visitId, word } = given.data;
    let kept = false;
    for (const { day, week } of await todayOf(account)) {
      kept ||= await giveWord(database, day, visitId, word, week);
    }
    if (!kept) return refused(reply, 'residentWord', account, 'notFound', visitId);
    // Without the visit: the trail must not tie the word's moment to whose visit it was.
    await audit({ actor: account.accountId, action: 'residentWord', outcome: 'ok' });
    return reply.code(204).send();
  });
}

/** Null: none, or not this account’s. */
function scopeOf(
  account: Exclude<Account, { role: 'administrator' }>,
  mairies: readonly CountedPlace[],
  mairieId: string | undefined,
): CountingScope | null {
  const { place: name } = account;
  if (account.role === 'operator' || account.role === 'agent') {
    if (mairieId === undefined) return { kind: 'mairies', name, mairies };
    const found = mairies.find(({ id }) => id === mairieId);
    return found ? { kind: 'mairie', id: found.id, name: found.name } : null;
  }
  if (mairieId !== undefined) return null;
  return account.role === 'clerk'
    ? { kind: 'mairie', id: account.mairieId, name }
    : { kind: 'body', id: account.bodyId, name };
}

/** Written questions over HTTP. Out of an account's scope nothing exists: `notFound`. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { FailureCode } from '#shared/failure.ts';
import { id } from '#shared/protocol/fields.ts';
import {
  absenceAnswer,
  absenceBody,
  askAnswer,
  askBody,
  fileAnswer,
  fileName,
  QUESTION_LIMITS,
  questionsAnswer,
  questionView,
  waitingAnswer,
  writeBody,
} from '#shared/protocol/questions.ts';
import { refuse, requireAccount } from '../accounts/guard.ts';
import { type Account, isReceiver, mairiesOf, receivesAt } from '../accounts/store.ts';
import type { AuditAction } from '../audit/store.ts';
import type { Hub } from '../hub.ts';
import { absenceOf, setAbsence } from './absences.ts';
import { findFile, keepFile } from './files.ts';
import { readQuestion } from './read-question.ts';
import { findQuestion, lineOf, listQuestions, type QuestionRecord } from './rows.ts';
import { isWithin, sideOf } from './scope.ts';

/** Bytes: 10,000 characters of any alphabet, each escaped as JSON may escape it. */
const BODY_LIMIT = 96 * 1024;
const MEDIA_TYPES = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' } as const;

type ById = { Params: { questionId: string } };
type Doing = Extract<AuditAction, `question.${string}`>;

export function questionRoutes(app: FastifyInstance, hub: Hub): void {
  const { database, questions, questionSeals, mailbox, clock } = hub;
  const guarded = { preValidation: requireAccount(hub) };
  const written = { ...guarded, bodyLimit: BODY_LIMIT };

  async function refused(
    reply: FastifyReply,
    action: Doing,
    account: Account | null,
    outcome: FailureCode,
    subject: string | null = null,
  ): Promise<FastifyReply> {
    await hub.audit({ actor: account?.accountId ?? null, action, subject, outcome });
    return refuse(reply, outcome);
  }
  const done = (action: Doing, account: Account, subject: string | null) =>
    hub.audit({ actor: account.accountId, action, subject, outcome: 'ok' });

  /** Null: it is none, or none of this side's. */
  async function ownQuestion(
    side: NonNullable<Awaited<ReturnType<typeof sideOf>>>,
    params: ById['Params'],
  ): Promise<QuestionRecord | null> {
    const questionId = id.safeParse(params.questionId).data;
    const found = questionId ? await findQuestion(database, questionId) : null;
    return found && isWithin(side, found) ? found : null;
  }
  const subjectOf = (params: ById['Params']) => id.safeParse(params.questionId).data ?? null;

  // Every console asks this to know whether it has such a page: saying no is no refusal.
  app.get('/api/questions/waiting', guarded, async ({ account }, reply) => {
    const side = await sideOf(database, account, clock());
    if (!side) return keptByNobody(reply).send(waitingAnswer.parse({ waiting: null }));
    const list = await listQuestions(database, side);
    const mine = side.side === 'body' ? ['waiting'] : ['answered', 'askedBack'];
    const waiting = list.filter(({ state }) => mine.includes(state)).length;
    return keptByNobody(reply).send(waitingAnswer.parse({ waiting }));
  });

  app.get('/api/questions', guarded, async ({ account }, reply) => {
    const now = clock();
    const side = await sideOf(database, account, now);
    if (!side) return refused(reply, 'question.list', account, 'forbidden');
    const list = await listQuestions(database, side);
    const place = z.object({ id: z.uuid(), name: z.string() });
    const asks = isReceiver(account);
    return keptByNobody(reply).send(
      questionsAnswer.parse({
        questions: list.map((record) => lineOf(questionSeals, record, now)),
        mairies: asks
          ? await database.rows(
              place,
              'select id, name from mairies where id = any($1::uuid[]) order by name, id',
              [mairiesOf(account)],
            )
          : [],
        bodies: asks
          ? await database.rows(
              place,
              `select id, name from bodies b
               where exists (select 1 from accounts a where a.body_id = b.id and a.role = 'correspondent')
               order by name, id`,
            )
          : [],
      }),
    );
  });

  app.get<ById>('/api/questions/:questionId', guarded, async ({ account, params }, reply) => {
    const [action, now] = ['question.read' as const, clock()];
    const side = await sideOf(database, account, now);
    if (!side) return refused(reply, action, account, 'forbidden', subjectOf(params));
    const question = await ownQuestion(side, params);
    if (!question || !account) return refused(reply, action, account, 'notFound', subjectOf(params));
    const view = await readQuestion(database, question, { seals: questionSeals, mailbox, now });
    await done(action, account, question.questionId);
    return keptByNobody(reply).send(questionView.parse(view));
  });

  app.post('/api/questions', written, async ({ account, body }, reply) => {
    const action = 'question.ask';
    if (!isReceiver(account)) return refused(reply, action, account, 'forbidden');
    const asked = askBody.safeParse(body);
    if (!asked.success) return refuse(reply, 'invalidMessage');
    if (!receivesAt(account, asked.data.mairieId)) return refused(reply, action, account, 'notFound');
    const made = await questions.ask(account, asked.data, clock());
    if (!made.ok) return refused(reply, action, account, made.failure.code);
    await done(action, account, made.value);
    return askAnswer.parse({ questionId: made.value });
  });

  app.post<ById>('/api/questions/:questionId/entries', written, async ({ account, params, body }, reply) => {
    const [action, now] = ['question.write' as const, clock()];
    const subject = subjectOf(params);
    const side = await sideOf(database, account, now);
    if (!side || !account) return refused(reply, action, account, 'forbidden', subject);
    const entry = writeBody.safeParse(body);
    if (!entry.success) return refuse(reply, 'invalidMessage');
    const question = await ownQuestion(side, params);
    if (!question) return refused(reply, action, account, 'notFound', subject);
    // Each side has its own words to say: nobody answers in the other's name.
    if ((side.side === 'mairie') !== (entry.data.kind === 'reply'))
      return refused(reply, action, account, 'forbidden', subject);
    const result = await questions.write(account, question.questionId, entry.data, now);
    if (!result.ok) return refused(reply, action, account, result.failure.code, subject);
    await done(action, account, subject);
    return reply.code(204).send();
  });

  app.post<ById>('/api/questions/:questionId/close', guarded, async ({ account, params }, reply) => {
    const action = 'question.close';
    const subject = subjectOf(params);
    if (!isReceiver(account)) return refused(reply, action, account, 'forbidden', subject);
    const question = await ownQuestion({ side: 'mairie', mairieIds: mairiesOf(account) }, params);
    if (!question) return refused(reply, action, account, 'notFound', subject);
    const result = await questions.close(question.questionId, clock());
    if (!result.ok) return refused(reply, action, account, result.failure.code, subject);
    await done(action, account, subject);
    return reply.code(204).send();
  });

  app.get<{ Params: { fileId: string } }>(
    '/api/question-files/:fileId',
    guarded,
    async ({ account, params }, reply) => {
      const action = 'question.file';
      const subject = id.safeParse(params.fileId).data ?? null;
      const side = await sideOf(database, account, clock());
      if (!side || !account) return refused(reply, action, account, 'forbidden', subject);
      const file = subject ? await findFile(database, questionSeals, subject) : null;
      if (!file || !isWithin(side, file)) return refused(reply, action, account, 'notFound', subject);
      await done(action, account, subject);
      return keptByNobody(reply)
        .type(MEDIA_TYPES[file.kind])
        .header('content-disposition', 'attachment')
        .send(file.open());
    },
  );

  // Of its own, so that no other route takes bytes that are no JSON.
  app.register(async (files) => {
    files.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, bytes, next) =>
      next(null, bytes),
    );
    files.post(
      '/api/question-files',
      { ...guarded, bodyLimit: QUESTION_LIMITS.fileBytes },
      async ({ account, query, body }, reply) => {
        const [action, now] = ['question.upload' as const, clock()];
        const side = await sideOf(database, account, now);
        if (!side || !account) return refused(reply, action, account, 'forbidden');
        const named = fileName.safeParse(query);
        if (!named.success || !Buffer.isBuffer(body)) return refuse(reply, 'invalidMessage');
        const file = { accountId: account.accountId, name: named.data.name, bytes: body, now };
        const kept = await keepFile(database, questionSeals, file);
        if (!kept.ok) return refused(reply, action, account, kept.failure.code);
        await done(action, account, kept.value);
        return fileAnswer.parse({ fileId: kept.value });
      },
    );
  });

  app.get('/api/absence', guarded, async ({ account }, reply) => {
    if (account?.role !== 'correspondent') return refused(reply, 'question.absence', account, 'forbidden');
    return keptByNobody(reply).send(absenceAnswer.parse(await absenceOf(database, account, clock())));
  });

  app.put('/api/absence', guarded, async ({ account, body }, reply) => {
    const action = 'question.absence';
    if (account?.role !== 'correspondent') return refused(reply, action, account, 'forbidden');
    const wanted = absenceBody.safeParse(body);
    if (!wanted.success) return refuse(reply, 'invalidMessage');
    const result = await setAbsence(database, account, wanted.data.absence);
    if (!result.ok) return refused(reply, action, account, result.failure.code);
    await done(action, account, wanted.data.absence?.deputyId ?? null);
    return reply.code(204).send();
  });
}

function keptByNobody(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'private, no-store');
}

/** Written questions: asked, answered, closed, removed. A change, its mails and its reminders are one transaction. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fail, type Result, succeed } from '#shared/failure.ts';
import { ANSWER_WITHIN, type AskBody, type WriteBody } from '#shared/protocol/questions.ts';
import type { Account } from '../accounts/store.ts';
import type { Database, Queries } from '../database/database.ts';
import { dropJob, type JobHandler, planJob } from '../jobs/jobs.ts';
import type { Mailbox } from '../mail/mailbox.ts';
import { afterEntry } from './after-entry.ts';
import { createAlerts, planReminders, REMINDERS } from './alerts.ts';
import { type AnswerClock, newClock, reaches, stopped, usedBy } from './answer-clock.ts';
import { areLoose, attachFiles, forgetLooseFiles } from './files.ts';
import { findQuestion, lockQuestion, type QuestionRecord } from './rows.ts';
import type { QuestionSeals } from './seals.ts';
import { questionLetters } from './words-fr.ts';

const DAY = 24 * 3_600_000;
/** ms after closing: as long as an answer is likely to be asked for again, and no longer. */
export const KEPT_AFTER_CLOSING = 30 * DAY;
/**
 * ms without a word until a question closes itself, so that nothing is kept for ever because somebody forgot it: a week
 * to hand the answer over, a month to find the resident again, a season for a body that never answers.
 */
const CLOSES_AFTER = { answered: 7 * DAY, askedBack: 30 * DAY, waiting: 90 * DAY } as const;
const CLOSE = 'question.close';

export interface QuestionStoreDeps {
  readonly database: Database;
  readonly seals: QuestionSeals;
  readonly mailbox: Mailbox;
  /** scheme://host[:port] as browsers reach the hub. */
  readonly origin: () => string;
}

export interface QuestionStore {
  readonly ask: (account: Account, question: AskBody, now: number) => Promise<Result<string>>;
  /** For a question of the account's own. */
  readonly write: (
    account: Account,
    questionId: string,
    entry: WriteBody,
    now: number,
  ) => Promise<Result<null>>;
  readonly close: (questionId: string, now: number) => Promise<Result<null>>;
  /** Removes what it says, now; where it was not closed, it is. False: there is none, or it was removed already. */
  readonly erase: (questionId: string, now: number) => Promise<boolean>;
  /** Removes what closed questions said, a month later, and files that nobody attached. Returns of how many questions. */
  readonly forget: (now: number) => Promise<number>;
  /** By kind, for createJobs. */
  readonly jobs: Readonly<Record<string, JobHandler>>;
}

export function createQuestionStore({ database, seals, mailbox, origin }: QuestionStoreDeps): QuestionStore {
  const alerts = createAlerts({ mailbox, origin });

  async function addEntry(
    queries: Queries,
    account: Account,
    questionId: string,
    { kind, text, files }: { kind: string; text: string; files: readonly string[] },
    now: number,
  ): Promise<void> {
    const entryId = randomUUID();
    await queries.run(
      `insert into question_entries (id, question_id, position, kind, at, sealed)
       select $1, $2, count(*), $3, $4, $5 from question_entries where question_id = $2`,
      [entryId, questionId, kind, new Date(now), seals.entry.seal(entryId, { author: account.name, text })],
    );
    await attachFiles(queries, entryId, files);
  }

  async function close(
    queries: Queries,
    question: QuestionRecord,
    byTime: boolean,
    now: number,
  ): Promise<void> {
    const { questionId, state, clock } = question;
    if (state !== 'answered') await countRound(queries, question, clock, now, false);
    const { used } = stopped(clock, now);
    await queries.run(
      `update questions set state = 'closed', closed_at = $2, changed_at = $2, closed_by_time = $3,
         used_ms = $4, running_since = null, due_at = null where id = $1`,
      [questionId, new Date(now), byTime, used],
    );
    await planReminders(queries, questionId, stopped(clock, now), now);
    await dropJob(queries, CLOSE, questionId);
  }

  async function removeThread(queries: Queries, questionId: string): Promise<void> {
    await queries.run('delete from question_entries where question_id = $1', [questionId]);
    await mailbox.withdraw(queries, questionId);
  }

  return {
    async ask(account, { bodyId, mairieId, text, files, ...person }, now) {
      const asked = await database.transaction(async (queries): Promise<Result<string>> => {
        const [body] = await queries.rows(
          z.object({ answered: z.boolean() }),
          `select exists (select 1 from accounts where body_id = $1 and role = 'correspondent') as answered
           from bodies where id = $1`,
          [bodyId],
        );
        if (!body || !(await areLoose(queries, account.accountId, files))) return fail('notFound');
        if (!body.answered) return fail('noCorrespondent');
        const questionId = randomUUID();
        const at = new Date(now);
        await queries.run(
          `insert into questions (id, body_id, mairie_id, asked_by, asked_at, changed_at, state, round_began_at, used_ms,
             running_since, due_at, sealed) values ($1, $2, $3, $4, $5, $5, 'waiting', $5, 0, $5, $6, $7)`,
          [
            ...[questionId, bodyId, mairieId, account.accountId, at, new Date(now + ANSWER_WITHIN)],
            seals.person.seal(questionId, person),
          ],
        );
        await addEntry(queries, account, questionId, { kind: 'question', text, files }, now);
        await planReminders(queries, questionId, newClock(now), now);
        await planJob(queries, { kind: CLOSE, subject: questionId, dueAt: now + CLOSES_AFTER.waiting });
        await alerts.toBody(queries, { questionId, bodyId }, questionLetters.asked, now);
        return succeed(questionId);
      });
      mailbox.hurry();
      return asked;
    },

    async write(account, questionId, { seen, ...entry }, now) {
      const written = await database.transaction(async (queries): Promise<Result<null>> => {
        const question = await lockQuestion(queries, questionId);
        if (!question || !(await areLoose(queries, account.accountId, entry.files))) return fail('notFound');
        if (question.state === 'closed') return fail('questionOver');
        const [thread] = await queries.rows(
          z.object({ count: z.number() }),
          'select count(*)::int as count from question_entries where question_id = $1',
          [questionId],
        );
        if (thread?.count !== seen) return fail('questionChanged');
        const next = afterEntry(question, entry.kind, now);
        if (!next.ok) return next;
        const { state, clock, roundEnded } = next.value;
        if (roundEnded) await countRound(queries, question, clock, now, true);
        await addEntry(queries, account, questionId, entry, now);
        await keepStanding(queries, questionId, { state, clock, now });
        await planReminders(queries, questionId, clock, now);
        if (state !== 'closed') {
          await planJob(queries, { kind: CLOSE, subject: questionId, dueAt: now + CLOSES_AFTER[state] });
        }
        if (entry.kind === 'reply') await alerts.toBody(queries, question, questionLetters.replied, now);
        else {
          const { askedBack, answered } = questionLetters;
          await alerts.toMairie(queries, question, entry.kind === 'askBack' ? askedBack : answered);
        }
        return succeed(null);
      });
      mailbox.hurry();
      return written;
    },

    close: (questionId, now) =>
      database.transaction(async (queries) => {
        const question = await lockQuestion(queries, questionId);
        if (!question) return fail('notFound');
        if (question.state === 'closed') return fail('questionOver');
        await close(queries, question, false, now);
        return succeed(null);
      }),

    erase: (questionId, now) =>
      database.transaction(async (queries) => {
        const question = await lockQuestion(queries, questionId);
        if (!question) return false;
        if (question.state !== 'closed') await close(queries, question, false, now);
        await queries.run('update questions set sealed = null, asked_by = null where id = $1', [questionId]);
        await removeThread(queries, questionId);
        return true;
      }),

    async forget(now) {
      const forgotten = await database.transaction(async (queries) => {
        const gone = await queries.rows(
          z.object({ id: z.uuid() }),
          `update questions set sealed = null, asked_by = null
           where sealed is not null and closed_at < $1 returning id`,
          [new Date(now - KEPT_AFTER_CLOSING)],
        );
        for (const { id } of gone) await removeThread(queries, id);
        return gone.length;
      });
      await forgetLooseFiles(database, now);
      return forgotten;
    },

    jobs: {
      ...Object.fromEntries(
        REMINDERS.map(({ kind, letter }): [string, JobHandler] => [
          kind,
          async (queries, questionId, now) => {
            const question = await findQuestion(queries, questionId);
            // Answered in the same instant: it was no longer to be done.
            if (question?.state === 'waiting') await alerts.toBody(queries, question, letter, now);
          },
        ]),
      ),
      [CLOSE]: async (queries, questionId, now) => {
        const question = await lockQuestion(queries, questionId);
        if (question && question.state !== 'closed') await close(queries, question, true, now);
      },
    },
  };
}

async function keepStanding(
  queries: Queries,
  questionId: string,
  { state, clock, now }: { readonly state: string; readonly clock: AnswerClock; readonly now: number },
): Promise<void> {
  const dueAt = reaches(clock);
  await queries.run(
    `update questions set state = $2, changed_at = $3, round_began_at = $4, used_ms = $5, running_since = $6, due_at = $7
     where id = $1`,
    [
      ...[questionId, state, new Date(now), new Date(clock.roundBeganAt), clock.used],
      ...[clock.runningSince === null ? null : new Date(clock.runningSince)],
      ...[dueAt === null ? null : new Date(dueAt)],
    ],
  );
}

async function countRound(
  queries: Queries,
  { questionId, bodyId }: QuestionRecord,
  clock: AnswerClock,
  now: number,
  answered: boolean,
): Promise<void> {
  await queries.run(
    `insert into question_rounds (question_id, body_id, began_at, ended_at, body_ms, answered)
     values ($1, $2, $3, $4, $5, $6)`,
    [questionId, bodyId, new Date(clock.roundBeganAt), new Date(now), usedBy(clock, now), answered],
  );
}

/** Mail about questions, and the reminders of a body that has not answered yet; all in the caller's transaction. */
import { z } from 'zod';
import { ANSWER_WITHIN } from '#shared/protocol/questions.ts';
import type { Queries } from '../database/database.ts';
import { dropJob, planJob } from '../jobs/jobs.ts';
import type { Mailbox } from '../mail/mailbox.ts';
import { answerersOf } from './absences.ts';
import { type AnswerClock, reaches, usedBy } from './answer-clock.ts';
import type { QuestionRecord } from './rows.ts';
import { type Letter, questionLetters } from './words-fr.ts';

const HOUR = 3_600_000;

/** After how much of the body's time its correspondents are reminded. ms. */
export const REMINDERS = [
  { kind: 'question.24', after: 24 * HOUR, letter: (link: string) => questionLetters.reminder(link, 48) },
  { kind: 'question.48', after: 48 * HOUR, letter: (link: string) => questionLetters.reminder(link, 24) },
  { kind: 'question.late', after: ANSWER_WITHIN, letter: questionLetters.late },
] as const;

/** Plans what is still to come of the reminders while the clock runs; takes all of them back while it stands. */
export async function planReminders(
  queries: Queries,
  questionId: string,
  clock: AnswerClock,
  now: number,
): Promise<void> {
  for (const { kind, after } of REMINDERS) {
    const dueAt = reaches(clock, after);
    if (dueAt === null) await dropJob(queries, kind, questionId);
    else if (usedBy(clock, now) < after) await planJob(queries, { kind, subject: questionId, dueAt });
  }
}

export interface AlertDeps {
  readonly mailbox: Mailbox;
  /** scheme://host[:port] */
  readonly origin: () => string;
}

export function createAlerts({ mailbox, origin }: AlertDeps) {
  const linkTo = (questionId: string) => `${origin()}/#/questions/${questionId}`;

  async function post(
    queries: Queries,
    questionId: string,
    letter: (link: string) => Letter,
    emails: readonly string[],
  ): Promise<void> {
    const content = letter(linkTo(questionId));
    for (const to of emails) await mailbox.post(queries, { to, ...content }, questionId);
  }

  return {
    async toBody(
      queries: Queries,
      { questionId, bodyId }: Pick<QuestionRecord, 'questionId' | 'bodyId'>,
      letter: (link: string) => Letter,
      now: number,
    ): Promise<void> {
      await post(queries, questionId, letter, (await answerersOf(queries, bodyId, now)).emails);
    },
    /** Whoever asked; where that account is gone, the clerks of the mairie. */
    async toMairie(
      queries: Queries,
      { questionId, askedBy, mairieId }: QuestionRecord,
      letter: (link: string) => Letter,
    ): Promise<void> {
      const found = await queries.rows(
        z.object({ email: z.string() }),
        askedBy === null
          ? `select email from accounts where role = 'clerk' and mairie_id = $1`
          : 'select email from accounts where id = $1',
        [askedBy ?? mairieId],
      );
      await post(
        queries,
        questionId,
        letter,
        found.map(({ email }) => email),
      );
    },
  };
}
export type Alerts = ReturnType<typeof createAlerts>;

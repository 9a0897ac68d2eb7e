import { z } from 'zod';
import { type QuestionView, questionEntry } from '#shared/protocol/questions.ts';
import type { Queries } from '../database/database.ts';
import type { Mailbox } from '../mail/mailbox.ts';
import { answerersOf } from './absences.ts';
import { filesOf } from './files.ts';
import { lineOf, type QuestionRecord } from './rows.ts';
import type { QuestionSeals } from './seals.ts';
import { KEPT_AFTER_CLOSING } from './store.ts';

const entryRow = z.object({
  id: z.uuid(),
  kind: questionEntry.shape.kind,
  at: z.date(),
  sealed: z.instanceof(Uint8Array),
});

interface Reading {
  readonly seals: QuestionSeals;
  readonly mailbox: Mailbox;
  readonly now: number;
}

/** The whole thread of a question, the oldest entry first. */
export async function readQuestion(
  queries: Queries,
  question: QuestionRecord,
  { seals, mailbox, now }: Reading,
): Promise<QuestionView> {
  const { questionId, bodyId, closedAt, closedByTime } = question;
  const rows = await queries.rows(
    entryRow,
    'select id, kind, at, sealed from question_entries where question_id = $1 order by position',
    [questionId],
  );
  const files = await filesOf(
    queries,
    seals,
    rows.map(({ id }) => id),
  );
  const undelivered = await mailbox.undelivered(queries, [questionId]);
  return {
    ...lineOf(seals, question, now),
    contact: seals.person.open(questionId, question.sealed).contact,
    entries: rows.map(({ id, kind, at, sealed }) => ({
      ...{ entryId: id, kind, at: at.getTime(), files: [...(files.get(id) ?? [])] },
      ...seals.entry.open(id, sealed),
    })),
    ...{ closedAt, closedByTime },
    removedAt: closedAt === null ? null : closedAt + KEPT_AFTER_CLOSING,
    mail: mailbox.available ? (undelivered.has(questionId) ? 'undelivered' : 'sent') : null,
    allAway: (await answerersOf(queries, bodyId, now)).allAway,
  };
}

/** Written questions from whoever receives residents to a body's correspondents: what is asked, answered and shown. */
import { z } from 'zod';
import { calendarDay, id, instant, shortText } from './fields.ts';

/** ms. Plain hours: nights, Sundays and holidays count, for the resident waits through them too. */
export const ANSWER_WITHIN = 72 * 3_600_000;
export const QUESTION_LIMITS = { text: 10_000, files: 5, fileBytes: 5 * 1024 * 1024 } as const;

const plain = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    // What a database can keep as text.
    .refine((text) => !/[\0\p{Surrogate}]/u.test(text));

const questionText = plain(QUESTION_LIMITS.text);
/** Ids of files that were sent before. */
const files = z
  .array(id)
  .max(QUESTION_LIMITS.files)
  .refine((list) => new Set(list).size === list.length);

/** Who asks, about what, for whom: sealed in the database. */
export const questionPerson = z.strictObject({
  motive: plain(120),
  residentName: plain(120),
  /** Telephone, address or mail, as the resident says it; null: they come by. */
  contact: plain(300).nullable(),
});
export type QuestionPerson = z.infer<typeof questionPerson>;

export const askBody = z.strictObject({
  bodyId: id,
  mairieId: id,
  ...questionPerson.shape,
  text: questionText,
  files,
});
export type AskBody = z.infer<typeof askBody>;
export const askAnswer = z.strictObject({ questionId: id });

/** Of a body: answers, asks back, proposes an appointment. Of a mairie: writes on. */
export const bodyEntry = z.enum(['answer', 'askBack', 'appointment']);
export type BodyEntry = z.infer<typeof bodyEntry>;
export const writeKind = z.enum([...bodyEntry.options, 'reply']);
export type WriteKind = z.infer<typeof writeKind>;

export const writeBody = z.strictObject({
  kind: writeKind,
  text: questionText,
  files,
  /** How many entries of the thread the writer has read: refused (questionChanged) where there are more. */
  seen: z.number().int().positive(),
});
export type WriteBody = z.infer<typeof writeBody>;

export const fileName = z.strictObject({ name: plain(200) });
export const fileAnswer = z.strictObject({ fileId: id });
export const attachment = z.strictObject({
  fileId: id,
  name: z.string(),
  kind: z.enum(['pdf', 'jpeg', 'png']),
  /** Bytes. */
  size: z.number().int().positive(),
});
export type Attachment = z.infer<typeof attachment>;

/** waiting: for the body. askedBack: for the mairie, the clock stands. answered: for the clerk to hand the answer over. */
export const questionState = z.enum(['waiting', 'askedBack', 'answered', 'closed']);
export type QuestionState = z.infer<typeof questionState>;

export const questionLine = z.strictObject({
  questionId: id,
  bodyId: id,
  body: z.string(),
  mairie: z.string(),
  motive: z.string(),
  residentName: z.string(),
  state: questionState,
  askedAt: instant,
  changedAt: instant,
  /** When the body's 72 hours end, or ended; null while their clock stands. */
  dueAt: instant.nullable(),
  /** By the hub's clock, now. */
  late: z.boolean(),
});
export type QuestionLine = z.infer<typeof questionLine>;

export const questionEntry = z.strictObject({
  entryId: id,
  kind: z.enum(['question', ...writeKind.options]),
  author: shortText,
  text: z.string(),
  at: instant,
  files: z.array(attachment),
});
export type QuestionEntry = z.infer<typeof questionEntry>;

export const questionView = z.strictObject({
  ...questionLine.shape,
  contact: z.string().nullable(),
  entries: z.array(questionEntry).min(1),
  closedAt: instant.nullable(),
  /** Closed by itself, and not by somebody of the mairie. */
  closedByTime: z.boolean(),
  /** When what was written is removed; null until the question is closed. */
  removedAt: instant.nullable(),
  /** Null: no mail server. 'undelivered': one of its mails was given up. */
  mail: z.enum(['sent', 'undelivered']).nullable(),
  /** Every correspondent of the body is away and nobody stands in: mail goes to all of them all the same. */
  allAway: z.boolean(),
});
export type QuestionView = z.infer<typeof questionView>;

const place = z.strictObject({ id, name: z.string() });
export const questionsAnswer = z.strictObject({
  questions: z.array(questionLine),
  /** For whoever receives residents: where they may ask from, and bodies that somebody answers for. Empty for others. */
  mairies: z.array(place),
  bodies: z.array(place),
});
export type QuestionsAnswer = z.infer<typeof questionsAnswer>;

/** Questions that wait for this account; null: it has none to do with (a counsellor who stands in for nobody). */
export const waitingAnswer = z.strictObject({ waiting: z.number().int().nonnegative().nullable() });

/** Days in Paris. */
export const absence = z
  .strictObject({
    firstDay: calendarDay,
    lastDay: calendarDay,
    /** A colleague of the body; null: nobody stands in. */
    deputyId: id.nullable(),
  })
  .refine(({ firstDay, lastDay }) => firstDay <= lastDay);
export type Absence = z.infer<typeof absence>;
export const absenceBody = z.strictObject({ absence: absence.nullable() });
export const absenceAnswer = z.strictObject({
  absence: absence.nullable(),
  colleagues: z.array(place),
  /** Every correspondent of the body is away today and nobody stands in. */
  allAway: z.boolean(),
});
export type AbsenceAnswer = z.infer<typeof absenceAnswer>;

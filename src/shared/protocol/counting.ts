/** Counting: what a year of visits amounts to, without anybody in it. Small numbers are hidden by the hub, not by the page. */
import { z } from 'zod';
import { id, instant } from './fields.ts';
import { visitEndReason } from './views.ts';

/** Below this many, a number of people is not said. Nor is one from which it could be computed. */
export const FEWEST_SHOWN = 5;

/** How a visit ended, or why it could not even begin. */
export const countedOutcome = z.enum([...visitEndReason.options, 'terminalBusy', 'terminalClosed']);
export type CountedOutcome = z.infer<typeof countedOutcome>;
/** Everything but `completed`. */
export const countedFailure = countedOutcome.exclude(['completed']);
export type CountedFailure = z.infer<typeof countedFailure>;

/** "Avez-vous eu ce qu'il vous fallait ?" */
export const residentWord = z.enum(['yes', 'partly', 'no']);
export type ResidentWord = z.infer<typeof residentWord>;

/** Null: hidden, because it is below FEWEST_SHOWN or would let somebody compute one that is. 0 is said. */
const count = z.number().int().nonnegative().nullable();
/** A day of the calendar, "2026-11-23". */
const calendarDay = z.iso.date();
const minutes = z.number().int().nonnegative();

/** Kilometres and minutes, both ways, of the visits whose two places are known; an estimate (src/hub/counting/travel.ts). */
const travel = z.strictObject({
  kilometres: z.number().int().nonnegative(),
  minutes,
  visits: z.number().int(),
});
export type CountedTravel = z.infer<typeof travel>;

/** As it stands in the database, whatever its length or its letters. */
const placeName = z.string();
const place = z.strictObject({ name: placeName, visits: count });

/** A month, or the year: whole weeks, each where its Thursday lies (as ISO 8601 gives weeks to years). */
export const countedPeriod = z.strictObject({
  /** "2026" or "2026-11". */
  period: z.string().regex(/^\d{4}(-\d{2})?$/),
  firstDay: calendarDay,
  lastDay: calendarDay,
  /** Those that were held to their end; every breakdown is one of these. */
  visits: count,
  /** True where hidden numbers are missing in sums: "at least". */
  atLeast: z.boolean(),
  /** Of the year alone, as all that is broken down: of a month there is none of it. */
  bodies: z.array(place),
  mairies: z.array(place),
  /** Of a month its weeks, of a year its months. */
  steps: z.array(z.strictObject({ firstDay: calendarDay, visits: count })),
  failed: count,
  failures: z.array(z.strictObject({ why: countedFailure, visits: count })),
  /** How many residents gave their word, and which. */
  answered: count,
  words: z.array(z.strictObject({ word: residentWord, residents: count })),
  /** Minutes: half of them waited, half of them talked, at most so long. Null where `visits` is. */
  wait: minutes.nullable(),
  talk: minutes.nullable(),
  printedPages: count,
  scannedPages: count,
  /** Null where no place is known. */
  travel: travel.nullable(),
});
export type CountedPeriod = z.infer<typeof countedPeriod>;

export const countingQuery = z.strictObject({
  year: z.coerce.number().int().min(2000).max(2999).optional(),
  /** Of the operator's territory or the agent's mairies: this one alone. */
  mairieId: id.optional(),
});

export const countingAnswer = z.strictObject({
  scope: z.strictObject({ kind: z.enum(['mairie', 'body', 'mairies']), name: placeName }),
  /** Of the operator's territory, or the agent's, to choose from; empty for everybody else. */
  mairies: z.array(z.strictObject({ mairieId: id, name: placeName })),
  year: z.number().int(),
  /** For which something was counted, and this one. */
  years: z.array(z.number().int()).min(1),
  /** The Sunday up to which is counted: a week is counted once it is over. */
  until: calendarDay,
  /** The year first, then its months as far as they began. */
  periods: z.array(countedPeriod).min(1),
  /** Of the whole year. `motive` null: another one than the body lists. */
  motives: z.array(z.strictObject({ body: placeName, motive: z.string().nullable(), visits: count })),
  /** Of the whole year: written questions, by the body that was asked, from every mairie; those without any are left out. */
  answerTimes: z.array(
    z.strictObject({
      body: placeName,
      /** Answered, or late. */
      questions: count,
      /** Half of the answers took at most so long. */
      medianHours: z.number().int().nonnegative().nullable(),
      /** Percent. */
      within72: z.number().int().min(0).max(100).nullable(),
    }),
  ),
});
export type CountingAnswer = z.infer<typeof countingAnswer>;

/** Visits of today after which nobody gave the resident's word yet. */
export const wordsToAskAnswer = z.strictObject({
  visits: z.array(z.strictObject({ visitId: id, endedAt: instant, body: placeName })),
});
export const wordBody = z.strictObject({ visitId: id, word: residentWord });

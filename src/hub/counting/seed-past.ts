/** Believable counts of past weeks, for the demo: the same seed gives the same rows. */
import { Temporal } from 'temporal-polyfill';
import type { CountedOutcome, ResidentWord } from '#shared/protocol/counting.ts';
import type { Queries } from '../database/database.ts';
import { lastMondayOver } from './periods.ts';

export interface SeedPast {
  readonly mairieIds: readonly string[];
  /** With the motives of each, the most frequent first. */
  readonly bodies: readonly { readonly bodyId: string; readonly motives: readonly string[] }[];
  /** ms since the epoch: the last of the weeks is the one that was over then. */
  readonly now: number;
  readonly seed: number;
  /** Default: two months. */
  readonly weeks?: number;
}

const WEEKS = 9;
/** A busy mairie's visits in a week; the others have fewer. */
const BUSIEST = 9;
/** Of a hundred visits. */
const FAILURES: readonly (readonly [CountedOutcome, number])[] = [
  ['residentGone', 3],
  ['cancelledByClerk', 3],
  ['terminalTimeout', 1],
  ['terminalClosed', 1],
];
const WORDS: readonly (readonly [ResidentWord, number])[] = [
  ['yes', 78],
  ['partly', 16],
  ['no', 6],
];

/** Adds to what is there: call it once, in the transaction that makes the demo's places. */
export async function seedPast(queries: Queries, past: SeedPast): Promise<void> {
  const random = randomOf(past.seed);
  const last = Temporal.PlainDate.from(lastMondayOver(past.now));
  const weeks = past.weeks ?? WEEKS;
  for (let week = weeks - 1; week >= 0; week -= 1) {
    const monday = last.subtract({ days: 7 * week }).toString();
    for (const [rank, mairieId] of past.mairieIds.entries()) {
      // Use grows as people hear of it; each mairie has its own size.
      const usual = (BUSIEST - rank) * (1 - (0.5 * week) / weeks);
      const visits = Math.max(0, Math.round(usual + (random() - 0.5) * 4));
      for (let one = 0; one < visits; one += 1) await seedVisit(queries, past, monday, mairieId, random);
    }
  }
}

async function seedVisit(
  queries: Queries,
  { bodies }: SeedPast,
  monday: string,
  mairieId: string,
  random: () => number,
): Promise<void> {
  const body = early(bodies, random);
  if (!body) return;
  const failure = pick(FAILURES, 100, random);
  const [wait, talk] = [5 * Math.floor(random() * 5), 15 + 5 * Math.floor(random() * 7)];
  const motive = random() < 0.85 ? (early(body.motives, random) ?? null) : null;
  const [printed, scanned] = [Math.floor(random() * 6), Math.floor(random() * 4)];
  await queries.run(
    `insert into counted_visits
       (week, mairie_id, body_id, motive, outcome, wait_minutes, talk_minutes, printed_pages, scanned_pages)
     values ($1::date, $2, $3, $4, $5, $6, $7, $8, $9)`,
    failure
      ? [monday, mairieId, body.bodyId, motive, failure, wait, null, 0, 0]
      : [monday, mairieId, body.bodyId, motive, 'completed', wait, talk, printed, scanned],
  );
  if (failure || random() > 0.6) return;
  await queries.run(
    'insert into counted_words (week, mairie_id, body_id, word) values ($1::date, $2, $3, $4)',
    [monday, mairieId, body.bodyId, pick(WORDS, 100, random) ?? 'yes'],
  );
}

/** Null beyond the sum of the shares. */
function pick<T>(shares: readonly (readonly [T, number])[], of: number, random: () => number): T | null {
  let left = random() * of;
  for (const [one, share] of shares) {
    left -= share;
    if (left < 0) return one;
  }
  return null;
}

/** One of them, rather an early one. */
function early<T>(all: readonly T[], random: () => number): T | undefined {
  return all[Math.floor(random() ** 1.6 * all.length)];
}

/** Mulberry32 (T. Ettinger, 2017, public domain): 32 bits of state, enough for made-up numbers. 0 to below 1. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

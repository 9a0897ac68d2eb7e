/** The 72 hours of a body: they run while the body has to answer, and stand while the mairie is asked back. */
import { ANSWER_WITHIN } from '#shared/protocol/questions.ts';

/** All in ms; instants since the epoch. */
export interface AnswerClock {
  readonly roundBeganAt: number;
  /** Used before `runningSince`. */
  readonly used: number;
  /** Null: it stands. */
  readonly runningSince: number | null;
}

export function newClock(now: number): AnswerClock {
  return { roundBeganAt: now, used: 0, runningSince: now };
}

/** ms of the body's time. */
export function usedBy({ used, runningSince }: AnswerClock, now: number): number {
  return runningSince === null ? used : used + Math.max(0, now - runningSince);
}

export function stopped(clock: AnswerClock, now: number): AnswerClock {
  return { ...clock, used: usedBy(clock, now), runningSince: null };
}

export function goingOn(clock: AnswerClock, now: number): AnswerClock {
  return clock.runningSince === null ? { ...clock, runningSince: now } : clock;
}

/** When `of` ms of the body's time will have been used; null while the clock stands. */
export function reaches({ used, runningSince }: AnswerClock, of = ANSWER_WITHIN): number | null {
  return runningSince === null ? null : runningSince + of - used;
}

/** What an entry makes of a question: whose turn it is, and what becomes of the body's 72 hours. Pure. */
import { assertNever } from '#shared/assert-never.ts';
import { fail, type Result, succeed } from '#shared/failure.ts';
import type { QuestionState, WriteKind } from '#shared/protocol/questions.ts';
import { type AnswerClock, goingOn, newClock, stopped } from './answer-clock.ts';

interface Standing {
  readonly state: QuestionState;
  readonly clock: AnswerClock;
}
interface Next extends Standing {
  /** The body has given what it was asked for: its time is counted. */
  readonly roundEnded: boolean;
}

export function afterEntry({ state, clock }: Standing, kind: WriteKind, now: number): Result<Next> {
  if (state === 'closed') return fail('questionOver');
  switch (kind) {
    case 'answer':
    case 'appointment':
      // Whoever adds to an answer does not make it later, or quicker.
      return succeed({ state: 'answered', clock: stopped(clock, now), roundEnded: state !== 'answered' });
    case 'askBack':
      if (state === 'answered') return fail('questionChanged');
      return succeed({ state: 'askedBack', clock: stopped(clock, now), roundEnded: false });
    case 'reply':
      return succeed({
        state: 'waiting',
        // After an answer it is a new question; after a question in return the old hours go on.
        clock: state === 'answered' ? newClock(now) : goingOn(clock, now),
        roundEnded: false,
      });
    default:
      return assertNever(kind);
  }
}

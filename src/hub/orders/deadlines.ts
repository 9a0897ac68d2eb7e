/** Fails the orders that no terminal acknowledged in time, at their deadline: nothing stays "sent" for ever. */
import { assertNever } from '#shared/assert-never.ts';
import type { OrderRequest } from '#shared/protocol/orders.ts';
import type { Database } from '../database/database.ts';
import { failUnreached, nextDeadline } from './store.ts';

/** ms that a terminal has to begin with it, long enough for a cut of the line. */
export function lifeOf(request: OrderRequest): number {
  switch (request.kind) {
    // Late, these would surprise both: the conversation has moved on.
    case 'show':
    case 'clearDesk':
    case 'selfView':
    case 'subtitles':
    case 'cancel':
    case 'correct':
    case 'aim':
    case 'shoot':
    case 'keepShot':
      return 30_000;
    case 'take':
    case 'print':
    case 'scan':
    case 'read':
    case 'dropShot':
      return 120_000;
    default:
      return assertNever(request);
  }
}

interface DeadlinesDeps {
  readonly database: Database;
  readonly clock: () => number;
  readonly onFailed: () => void;
}

/** For an alarm: fails what is overdue, and says when the next deadline is. */
export function lookAtDeadlines({ database, clock, onFailed }: DeadlinesDeps) {
  return async (): Promise<number | null> => {
    if ((await failUnreached(database, clock())) > 0) onFailed();
    return nextDeadline(database);
  };
}

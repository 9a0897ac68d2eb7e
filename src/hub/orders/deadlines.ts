/** Fails the orders that no terminal acknowledged in time, at their deadline: nothing stays "sent" for ever. */
import { assertNever } from '#shared/assert-never.ts';
import type { OrderRequest } from '#shared/protocol.ts';
import type { Database } from '../database/database.ts';
import { failUnreached, nextDeadline } from './store.ts';

/** ms that a terminal has to begin with it, long enough for a cut of the line. */
export function lifeOf(request: OrderRequest): number {
  switch (request.kind) {
    // Late, these would surprise both: the conversation has moved on.
    case 'show':
    case 'clearDesk':
    case 'selfView':
    case 'cancel':
      return 30_000;
    case 'take':
    case 'print':
    case 'scan':
      return 120_000;
    default:
      return assertNever(request);
  }
}

interface DeadlinesDeps {
  readonly database: Database;
  readonly clock: () => number;
  readonly onFailed: () => void;
  readonly run: (work: Promise<unknown>) => void;
}

export interface Deadlines {
  /** Looks at what is overdue, and sets the alarm for the next deadline. */
  readonly check: () => void;
  readonly stop: () => void;
}

export function createDeadlines({ database, clock, onFailed, run }: DeadlinesDeps): Deadlines {
  let alarm: NodeJS.Timeout | null = null;
  let stopped = false;

  async function look(): Promise<void> {
    if ((await failUnreached(database, clock())) > 0) onFailed();
    const next = await nextDeadline(database);
    if (stopped || next === null) return;
    if (alarm) clearTimeout(alarm);
    alarm = setTimeout(check, Math.max(next - clock(), 0) + 20);
  }

  function check(): void {
    if (!stopped) run(look());
  }

  return {
    check,
    stop() {
      stopped = true;
      if (alarm) clearTimeout(alarm);
    },
  };
}

/** Work that falls due again and again: never twice at once, and never forgotten because one try of it failed. */
import type { FastifyBaseLogger } from 'fastify';

export interface AlarmDeps {
  /** For the log. */
  readonly name: string;
  readonly clock: () => number;
  /** ms until a try that threw is made again, for instance while PostgreSQL restarts. */
  readonly retry: number;
  readonly log: Pick<FastifyBaseLogger, 'error'>;
  readonly run: (work: Promise<unknown>) => void;
  /** Does what is due; says when it is to look again (ms since the epoch), or null: at the next check(). */
  readonly look: () => Promise<number | null>;
}

export interface Alarm {
  /** Looks now, or once more where it is just looking. */
  readonly check: () => void;
  readonly stop: () => void;
}

/** ms. setTimeout takes 31 bits (WHATWG HTML, 8.6) and fires at once above that. */
const LONGEST = 2 ** 31 - 1;

export function createAlarm({ name, clock, retry, log, run, look }: AlarmDeps): Alarm {
  let timer: NodeJS.Timeout | null = null;
  let looking = false;
  let again = false;
  let stopped = false;

  async function work(): Promise<void> {
    looking = true;
    let next: number | null = clock() + retry;
    try {
      next = await look();
    } catch (error) {
      log.error({ err: error, alarm: name }, 'alarm: failed, tried again soon');
    } finally {
      looking = false;
      set(again ? clock() : next);
      again = false;
    }
  }

  function set(next: number | null): void {
    if (timer) clearTimeout(timer);
    timer = null;
    if (stopped || next === null) return;
    timer = setTimeout(check, Math.min(Math.max(next - clock(), 0), LONGEST));
  }

  function check(): void {
    if (stopped) return;
    if (looking) again = true;
    else run(work());
  }

  return {
    check,
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}

/**
 * The next appointment, for the free screen, as the hub told it last. Let go of once it has begun and even who comes late
 * would be there, and after a while without the hub: it may be cancelled or moved by then.
 */
import { type NextAppointment, SHOWN_AFTER } from '#shared/protocol/agenda.ts';

export interface Agenda {
  /** Null: there is none any more today, or nobody knows. */
  readonly next: () => NextAppointment | null;
  readonly told: (next: NextAppointment | null) => void;
  readonly hubLinked: () => void;
  readonly hubLost: () => void;
  readonly close: () => void;
}

/** ms without the hub until what it told counts no more. */
export const BELIEVED = 5 * 60_000;
/** ms. The clock is looked at that often: it is set, and it runs on while the machine sleeps, which no timer notices. */
const LOOK = 30_000;

/** @param clock ms since the epoch, the terminal's own. */
export function createAgenda(onChange: () => void, clock: () => number = Date.now): Agenda {
  let known: NextAppointment | null = null;
  let lostAt: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  /** ms since the epoch: not shown from then on. */
  function end(next: NextAppointment): number {
    const passed = next.at + SHOWN_AFTER;
    return lostAt === null ? passed : Math.min(passed, lostAt + BELIEVED);
  }

  function look(): void {
    clearTimeout(timer);
    if (!known) return;
    const left = end(known) - clock();
    if (left > 0) {
      timer = setTimeout(look, Math.min(left, LOOK));
      return;
    }
    known = null;
    onChange();
  }

  return {
    next: () => (known && end(known) > clock() ? known : null),
    told(next) {
      known = next;
      onChange();
      look();
    },
    hubLinked() {
      lostAt = null;
      look();
    },
    hubLost() {
      lostAt = clock();
      look();
    },
    close: () => clearTimeout(timer),
  };
}

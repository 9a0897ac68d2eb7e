/**
 * When everyone is told again: never twice at the same time, once for all that asked while it was under way, and with a
 * rest where thousands of terminals ask in the same minute.
 */

export interface Refresher {
  /** Resolved once what the database held when it was called is told here, and announced to the other hubs. */
  readonly refresh: () => Promise<void>;
  /** The same without the others: they know already. */
  readonly refreshHere: () => Promise<void>;
  /** As refresh(), for what every terminal does when it comes and goes: after a rest as long as the last one took. */
  readonly refreshTogether: () => Promise<void>;
  readonly refreshHereTogether: () => Promise<void>;
  /** For what happens many times a second, here alone: one refresh for all that comes within `pace`. */
  readonly refreshSoon: () => void;
  readonly stop: () => void;
}

interface RefresherDeps {
  readonly tell: (announces: boolean) => Promise<void>;
  readonly run: (work: Promise<unknown>) => void;
}

/** ms between two refreshes that only bring progress. */
const PACE = 80;
/** ms. However slow the database was once, nobody who comes back waits longer for its turn. */
const LONGEST_REST = 1_000;

export function createRefresher({ tell, run }: RefresherDeps): Refresher {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let together: Promise<void> | null = null;
  let soon: NodeJS.Timeout | null = null;
  /** By performance.now(). */
  let last = { began: Number.NEGATIVE_INFINITY, ended: Number.NEGATIVE_INFINITY };
  /** The next run is for something that the other hubs are to be told. */
  let toAnnounce = false;

  async function tellOnce(): Promise<void> {
    last = { ...last, began: performance.now() };
    const announces = toAnnounce;
    toAnnounce = false;
    try {
      await tell(announces);
    } finally {
      last = { ...last, ended: performance.now() };
    }
  }

  function refreshHere(): Promise<void> {
    if (!running) {
      running = tellOnce().finally(() => {
        running = null;
      });
      return running;
    }
    next ??= running.then(again, again);
    return next;
  }

  function again(): Promise<void> {
    next = null;
    return refreshHere();
  }

  function refreshHereTogether(): Promise<void> {
    if (!running && !together && restLeft() === 0) return refreshHere();
    together ??= rested().then(() => {
      together = null;
      return refreshHere();
    });
    return together;
  }

  async function rested(): Promise<void> {
    // Its failure is told to those who asked for it.
    while (running) await Promise.allSettled([running]);
    const left = restLeft();
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  }

  function restLeft(): number {
    if (last.ended === Number.NEGATIVE_INFINITY) return 0;
    const rest = Math.min(last.ended - last.began, LONGEST_REST);
    return Math.max(0, last.ended + rest - performance.now());
  }

  return {
    refresh() {
      toAnnounce = true;
      return refreshHere();
    },
    refreshHere,
    refreshTogether() {
      toAnnounce = true;
      return refreshHereTogether();
    },
    refreshHereTogether,
    refreshSoon() {
      // The first of many is told at once.
      const wait = Math.max(0, last.began + PACE - performance.now());
      soon ??= setTimeout(() => {
        soon = null;
        run(refreshHere());
      }, wait);
    },
    stop() {
      if (soon) clearTimeout(soon);
    },
  };
}

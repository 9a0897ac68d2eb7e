/** Work that nobody waits for: its failure is logged, and the hub's stop waits until all of it has ended. */
export interface Background {
  readonly run: (work: Promise<unknown>) => void;
  readonly settled: () => Promise<void>;
}

export function createBackground(onBug: (error: unknown) => void): Background {
  const pending = new Set<Promise<void>>();
  return {
    run(work) {
      const tracked: Promise<void> = work.then(
        () => undefined,
        (error: unknown) => onBug(error),
      );
      pending.add(tracked);
      tracked.finally(() => pending.delete(tracked)).catch(onBug);
    },
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}

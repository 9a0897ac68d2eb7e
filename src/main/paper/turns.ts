/** Work that a device does one at a time, in the order of its coming. */

export interface Turns {
  /**
   * Runs `work` when all that came before is over. `onWait`: it is not its turn yet. Null: `signal` was aborted before
   * its turn came; whoever stands behind it moves up.
   */
  readonly take: <T>(signal: AbortSignal, onWait: () => void, work: () => Promise<T>) => Promise<T | null>;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let standing = 0;
  return {
    async take(signal, onWait, work) {
      const before = last;
      let leave = (): void => undefined;
      const over = new Promise<void>((done) => {
        leave = done;
      });
      last = before.then(() => over);
      if (standing > 0) onWait();
      standing += 1;
      try {
        await Promise.race([before, whenAborted(signal)]);
        return signal.aborted ? null : await work();
      } finally {
        standing -= 1;
        leave();
      }
    },
  };
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

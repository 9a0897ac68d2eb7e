/**
 * Removes what a visit left, then looks for what should not be there. Removal and check are apart on purpose: the check
 * believes nothing that the removal said. The report holds names and numbers, nothing personal.
 */
import type { WipeReport } from '#shared/protocol/terminal-report.ts';
import type { Log } from '../log.ts';

export interface WipeTarget {
  /** Lower case and dashes: it stands in the report. */
  readonly name: string;
  readonly remove: () => Promise<void>;
  /** What can only be done once every removal is over. */
  readonly settle?: () => Promise<void>;
  /** Looks with its own eyes. `looked`: how many places or things; `left`: how many should not be there. */
  readonly check: () => Promise<{ readonly looked: number; readonly left: number }>;
}

/** ms for each step of each target: a wipe that hangs is a wipe that failed. */
const PATIENCE = 8_000;

/** @param visitId what is wiped; null where no visit was left. Never throws: a target that throws or hangs counts as one thing left. */
export async function wipe(
  targets: readonly WipeTarget[],
  visitId: string | null,
  log: Log,
  now: () => number = Date.now,
): Promise<WipeReport> {
  for (const step of ['remove', 'settle'] as const) {
    await Promise.all(
      targets.map((target) =>
        within(PATIENCE, target[step]?.() ?? Promise.resolve()).catch((error: unknown) => {
          log.error({ event: 'wipe.removal-failed', target: target.name, error });
        }),
      ),
    );
  }
  const checked = await Promise.all(
    targets.map(async (target) => {
      try {
        const { looked, left } = await within(PATIENCE, target.check());
        return { name: target.name, looked, left, ok: left === 0 };
      } catch (error) {
        log.error({ event: 'wipe.check-failed', target: target.name, error });
        return { name: target.name, looked: 0, left: 1, ok: false };
      }
    }),
  );
  return { ok: checked.every((check) => check.ok), at: now(), visitId, checked };
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('timed out')), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

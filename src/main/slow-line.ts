/**
 * A line too slow for pictures: the voice is kept, the face stays as a still, and the pictures are tried again by
 * themselves. It holds through every room of a visit: the line is the mairie's.
 */
import { createLineJudge } from './line-judge.ts';
import type { Log } from './log.ts';

export interface SlowLine {
  readonly isSlow: () => boolean;
  /** JPEG as a data: URI of what was seen last; null where the line is good, or nothing could be taken. */
  readonly still: () => string | null;
  /** Pictures that stopped: the line's doing, which is slow from now on, or the call's? */
  readonly explains: () => boolean;
  /** Looks once a second while there is a call. */
  readonly watch: (on: boolean) => void;
  /** The visit is over. */
  readonly reset: () => void;
}

export interface SlowLineOptions {
  /** Pictures of the other side decoded since the room was joined; null: none expected, or none counted. */
  readonly pictures: () => number | null;
  /** ms to the hub and back; null: not known. */
  readonly roundTrip: () => number | null;
  /** What is seen of the other side now. */
  readonly capture: () => Promise<string | null>;
  readonly onChange: () => void;
  readonly log: Log;
}

export function watchSlowLine({ pictures, roundTrip, capture, onChange, log }: SlowLineOptions): SlowLine {
  let judge = createLineJudge();
  let slow = false;
  let still: string | null = null;
  let before: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  function turn(next: boolean): void {
    if (next === slow) return;
    slow = next;
    log.info({ event: slow ? 'line.slow' : 'line.good' });
    still = null;
    if (!slow) {
      onChange();
      return;
    }
    // Before anybody stops sending.
    void capture().then((taken) => {
      if (slow) still = taken;
      onChange();
    });
  }

  function look(): void {
    const total = pictures();
    // A room entered anew counts from the beginning.
    const arrived = total === null || before === null || total < before ? null : total - before;
    before = total;
    turn(judge.look({ pictures: arrived, roundTrip: roundTrip() }, performance.now()));
  }

  return {
    isSlow: () => slow,
    still: () => still,
    explains() {
      const explained = judge.stopped(performance.now());
      turn(explained);
      return explained;
    },
    watch(on) {
      if (on === (timer !== undefined)) return;
      clearInterval(timer);
      timer = on ? setInterval(look, 1_000) : undefined;
      before = null;
    },
    reset() {
      clearInterval(timer);
      timer = undefined;
      judge = createLineJudge();
      slow = false;
      still = null;
    },
  };
}

/**
 * Whether the line is too slow for pictures, judged once a second by what arrives and by how long the hub takes to
 * answer. The IFrame API tells nothing of it. Pure: time is given.
 */

/** What one second of a call brought. */
export interface LineSample {
  /** Pictures of the other side that were decoded in it; null where none is expected or none can be counted. */
  readonly pictures: number | null;
  /** ms from here to the hub and back; null: not known, or the hub is away. */
  readonly roundTrip: number | null;
}

export interface LineJudge {
  /** @param now ms, of any clock that only goes on. @returns whether pictures are better left out. */
  readonly look: (sample: LineSample, now: number) => boolean;
  /** Pictures stopped altogether: is it the line, and not the call? Slow from now on if so. */
  readonly stopped: (now: number) => boolean;
}

/** Seconds looked back on. */
const WINDOW = 8;
/** Pictures a second below which a face is a row of photographs. */
const TOO_FEW = 3;
/** Pictures a second below which a line that then stops was struggling. */
const FEW = 8;
/** Seconds that pictures have stood still when they are said to (picture-watch.ts). */
const STANDSTILL = 3;
/** ms. A line that is filled to the brim answers late; three times in a row is no accident. */
const LONG_TRIP = 1_500;
const SHORT_TRIP = 500;
const TRIPS = 3;
/** ms without pictures before they are tried again: twice as long after each try that failed. */
const FIRST_HOLD = 20_000;
const LONGEST_HOLD = 320_000;
/** ms of pictures after which the line is trusted again. */
const TRUSTED_AFTER = 120_000;

export function createLineJudge(): LineJudge {
  let pictures: number[] = [];
  let trips: number[] = [];
  let hold = FIRST_HOLD;
  /** Since when it has been as it is. */
  let since = 0;
  let slow = false;

  function turn(next: boolean, now: number): void {
    if (next && since > 0) hold = now - since > TRUSTED_AFTER ? FIRST_HOLD : Math.min(2 * hold, LONGEST_HOLD);
    slow = next;
    since = now;
    pictures = [];
    trips = [];
  }

  const allTrips = (test: (ms: number) => boolean) => trips.length === TRIPS && trips.every(test);

  return {
    look({ pictures: arrived, roundTrip }, now) {
      if (arrived !== null) pictures = [...pictures, arrived].slice(-WINDOW);
      else pictures = [];
      if (roundTrip !== null) trips = [...trips, roundTrip].slice(-TRIPS);
      if (slow) {
        // Where the hub is away there is nothing to go by but the pictures themselves.
        const answers = roundTrip === null || allTrips((ms) => ms < SHORT_TRIP);
        if (now - since >= hold && answers) turn(false, now);
        return slow;
      }
      const crawls = pictures.length === WINDOW && isFew(pictures, TOO_FEW);
      if (crawls || allTrips((ms) => ms > LONG_TRIP)) turn(true, now);
      return slow;
    },
    stopped(now) {
      if (slow) return true;
      const latest = trips.at(-1) ?? 0;
      // The standstill itself proves nothing: a good line that is cut stops from full speed.
      const before = pictures.slice(0, -STANDSTILL);
      const struggled = latest > LONG_TRIP || (before.length >= WINDOW / 2 && isFew(before, FEW));
      if (struggled) turn(true, now);
      return struggled;
    },
  };
}

function isFew(pictures: readonly number[], perSecond: number): boolean {
  return pictures.reduce((sum, count) => sum + count, 0) < perSecond * pictures.length;
}

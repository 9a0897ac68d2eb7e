/** How much a stranger's page may say: a burst, and then so many a second. */

export interface MessageAllowance {
  readonly burst: number;
  readonly perSecond: number;
  /** ms, of any beginning; never goes back. */
  readonly clock: () => number;
}

/** The function it returns counts one message, and says whether it was still allowed. */
export function allowMessages({ burst, perSecond, clock }: MessageAllowance) {
  let left = burst;
  let last = clock();
  return (): boolean => {
    const now = clock();
    left = Math.min(burst, left + ((now - last) / 1000) * perSecond);
    last = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}

/** How long somebody in the queue will wait, from how long this body's last visits took. Pure. */

export interface QueueState {
  /** Who will be taken before. */
  readonly ahead: number;
  /** For each counsellor who is there: ms that the visit under way has lasted; null: free. */
  readonly counsellors: readonly (number | null)[];
  /** ms that a visit of this body usually takes. */
  readonly usual: number;
}

/** A visit that lasts longer than usual is taken to last for this part of the usual time more. */
const MORE = 1 / 4;
const STEP = 5 * 60_000;
/** Beyond it a number would promise what nobody knows. */
const MOST = 2 * 3_600_000;

/** ms, in steps of five minutes, rounded up; null where nobody is there, or it is too long to be foretold. */
export function estimatedWait({ ahead, counsellors, usual }: QueueState): number | null {
  const freeIn = counsellors.map((since) => (since === null ? 0 : Math.max(usual - since, usual * MORE)));
  if (freeIn.length === 0) return null;
  // Each one is taken by whoever is free first.
  for (let taken = 0; taken < ahead; taken += 1) {
    freeIn.sort((a, b) => a - b);
    freeIn[0] = (freeIn[0] ?? 0) + usual;
  }
  const wait = Math.max(STEP, Math.ceil(Math.min(...freeIn) / STEP) * STEP);
  return wait > MOST ? null : wait;
}

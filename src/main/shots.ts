/**
 * A paper held before the camera, from the counsellor's asking to the shot: whether it may be, how far it is, and what
 * ends it. The order itself is the paper process's, which is told why there is no shot where there is none; the shot
 * passes through here sealed.
 */
import { type FailureCode, fail, succeed } from '#shared/failure.ts';
import type { DeskAim } from '#shared/ipc.ts';
import type { OrderStatus } from '#shared/protocol/orders.ts';
import type { SealedShot } from '#shared/sealing.ts';
import type { ShotResult } from './paper/contract.ts';

export interface Shots {
  /** Null: it begins; or why not. @param aim the order's id. */
  readonly begin: (aim: string) => FailureCode | null;
  /** Null: it is being taken, or will be as soon as the camera is ready. */
  readonly shoot: (aim: string) => FailureCode | null;
  /** The camera is at its best. */
  readonly ready: () => void;
  readonly brought: (aim: string, shot: SealedShot) => void;
  /** The camera brought nothing; null: and will bring none. */
  readonly failed: (aim: string | null) => void;
  /** Ends what may not go on: something has changed. */
  readonly check: () => void;
  /** Of the order. */
  readonly ended: (aim: string, status: OrderStatus) => void;
  /** What the desk says; null: nothing. */
  readonly state: () => DeskAim | null;
  /** The camera is wanted. */
  readonly isAiming: () => boolean;
  readonly clear: () => void;
}

export interface ShotsOptions {
  /** Why no paper can be held before the camera now; null: it can. */
  readonly refusal: () => FailureCode | null;
  /** The paper process's key of this visit. */
  readonly recipient: () => string | null;
  readonly take: (aim: string, recipient: string) => void;
  /** To the paper process. */
  readonly tell: (aim: string, result: ShotResult) => void;
  readonly onChange: () => void;
}

/** ms. How long somebody may be left holding a paper. */
const LONGEST = 120_000;
/** ms for the shot: the camera may still be turning to its best. */
const PATIENCE = 12_000;
/** ms that the desk says that the paper may be put down. */
const SAID = { taken: 5_000, over: 3_000 } as const;

interface Aim {
  readonly id: string;
  step: 'preparing' | 'ready' | 'taking';
  /** The paper process was told that it is over. */
  told: boolean;
  timer: NodeJS.Timeout;
}

export function createShots({ refusal, recipient, take, tell, onChange }: ShotsOptions): Shots {
  let aim: Aim | null = null;
  let said: keyof typeof SAID | null = null;
  let saidTimer: NodeJS.Timeout | undefined;

  function endWith(code: FailureCode): void {
    if (!aim || aim.told) return;
    aim.told = true;
    tell(aim.id, fail(code));
  }

  function say(next: typeof said): void {
    clearTimeout(saidTimer);
    said = next;
    if (next === null) return;
    saidTimer = setTimeout(() => {
      said = null;
      onChange();
    }, SAID[next]);
  }

  return {
    begin(id) {
      if (aim) return 'deviceTaken';
      const code = refusal();
      if (code) return code;
      say(null);
      const timer = setTimeout(() => endWith('aimTimedOut'), LONGEST);
      aim = { id, step: 'preparing', told: false, timer };
      onChange();
      return null;
    },
    shoot(id) {
      if (aim?.id !== id || aim.told) return 'notFound';
      if (aim.step === 'taking') return null;
      const key = recipient();
      if (key === null) return 'unexpected';
      clearTimeout(aim.timer);
      aim.timer = setTimeout(() => endWith('cameraFailed'), PATIENCE);
      aim.step = 'taking';
      take(id, key);
      onChange();
      return null;
    },
    ready() {
      if (aim?.step !== 'preparing') return;
      aim.step = 'ready';
      onChange();
    },
    brought(id, shot) {
      if (aim?.id !== id || aim.told) return;
      aim.told = true;
      tell(id, succeed(shot));
    },
    failed(id) {
      if (id === null || id === aim?.id) endWith('cameraFailed');
    },
    check() {
      const code = aim && refusal();
      if (code) endWith(code);
    },
    ended(id, status) {
      if (aim?.id !== id) return;
      clearTimeout(aim.timer);
      aim = null;
      say(status.status === 'done' && status.outcome.kind === 'shot' ? 'taken' : 'over');
      onChange();
    },
    state: () => aim?.step ?? said,
    isAiming: () => aim !== null,
    clear() {
      if (aim) clearTimeout(aim.timer);
      aim = null;
      say(null);
    },
  };
}

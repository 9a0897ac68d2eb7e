/**
 * The self view and the camera that it shares with the call: small beside the papers, or large, with the camera at its
 * best, while a paper is held before it. The camera changes its size only while the call lets go of it, at the beginning
 * and at the end of an aim; where the page does not say in time that it did, the call has it back all the same.
 */
import { assertNever } from '#shared/assert-never.ts';
import type { SelfEvent, SelfOrder } from '#shared/ipc.ts';
import type { SealedShot } from '#shared/sealing.ts';
import type { SelfView } from './self-view.ts';

/** gone: at once, whatever the camera is left at. */
export type SelfViewMode = 'gone' | 'off' | 'small' | 'aim';

export interface SelfCamera {
  /** Harmless when repeated. */
  readonly show: (mode: SelfViewMode) => void;
  /** While it is aimed. @param recipient the paper process's key. */
  readonly shoot: (aim: string, recipient: string) => void;
}

export interface SelfCameraOptions {
  readonly open: (onEvent: (event: SelfEvent) => void, onCrash: () => void) => SelfView;
  /** The call is to send no picture, and to let go of the camera; or may have it back. */
  readonly onRest: (resting: boolean) => void;
  /** The camera is at its best. */
  readonly onReady: () => void;
  readonly onShot: (aim: string, shot: SealedShot) => void;
  /** There is no shot; null: nor will there be any. */
  readonly onFailed: (aim: string | null) => void;
}

/** ms. Twice what a page takes where a call does not let go of its camera. */
const PATIENCE = 6_000;

export function createSelfCamera(options: SelfCameraOptions): SelfCamera {
  const { open, onRest, onReady, onShot, onFailed } = options;
  let view: SelfView | null = null;
  let mode: SelfViewMode = 'off';
  /** The page was asked to turn the camera, and has not said that it did. */
  let turning: NodeJS.Timeout | null = null;
  let large = false;
  /** Asked for before the page listened. */
  let early: SelfOrder | null = null;
  let listens = false;

  function close(): void {
    stopTurning();
    view?.close();
    view = null;
    large = false;
    listens = false;
    early = null;
  }

  function stopTurning(): void {
    if (turning) clearTimeout(turning);
    turning = null;
    onRest(false);
  }

  function turn(on: boolean): void {
    if (turning) clearTimeout(turning);
    turning = setTimeout(turned, PATIENCE);
    view?.order({ type: 'aim', on });
  }

  function turned(): void {
    stopTurning();
    large = mode === 'aim';
    if (mode === 'off') close();
    if (mode === 'aim') onReady();
  }

  function hear(event: SelfEvent): void {
    switch (event.type) {
      case 'ready':
        listens = true;
        if (mode === 'aim') turn(true);
        if (early) view?.order(early);
        early = null;
        break;
      case 'rest':
        if (turning) onRest(true);
        break;
      case 'sized':
        if (turning) turned();
        break;
      case 'shot':
        onShot(event.aim, event.shot);
        break;
      case 'failed':
        onFailed(event.aim);
        break;
      default:
        assertNever(event);
    }
  }

  return {
    show(next) {
      if (next === mode || (next === 'off' && mode === 'gone')) return;
      const before = mode;
      mode = next;
      if (next === 'gone' || (next === 'off' && before !== 'aim' && !large)) return close();
      view ??= open(hear, () => {
        close();
        mode = 'gone';
        onFailed(null);
      });
      view.setPlace(next === 'aim' ? 'large' : next === 'small' ? 'small' : null);
      if (next === 'aim' || before === 'aim') turn(next === 'aim');
    },
    shoot(aim, recipient) {
      const order: SelfOrder = { type: 'shoot', aim, recipient };
      if (listens) view?.order(order);
      else early = order;
    },
  };
}

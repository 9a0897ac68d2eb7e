/** The room's page in a hidden frame, loaded before the call that will be made in it. One at a time. */
import { fromFrame } from './bridge-contract.ts';
import { writeHash } from './hash-options.ts';

export const ALLOW = 'camera; microphone; autoplay; display-capture; speaker-selection';

interface Warm {
  readonly origin: string;
  readonly frame: HTMLIFrameElement;
  /** It has said that it waits. */
  waits: boolean;
  readonly forget: () => void;
}

let warm: Warm | null = null;

/** A frame that is moved is loaded again: it stands where the call will be. @returns what ends it, were it not taken. */
export function warmRoom(origin: string, parentNode: HTMLElement): () => void {
  warm?.forget();
  warm?.frame.remove();
  const frame = document.createElement('iframe');
  const hear = (event: MessageEvent) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    if (fromFrame.safeParse(event.data).data?.kind === 'waits') mine.waits = true;
  };
  const mine: Warm = {
    origin,
    frame,
    waits: false,
    forget: () => window.removeEventListener('message', hear),
  };
  warm = mine;
  window.addEventListener('message', hear);
  frame.hidden = true;
  frame.allow = ALLOW;
  // No room has this name, and the page asks for none before it is told which.
  frame.src = `${origin}/warm-${crypto.randomUUID()}${writeHash({ warmFor: window.location.origin })}`;
  parentNode.append(frame);
  return () => {
    if (warm !== mine) return;
    warm = null;
    mine.forget();
    frame.remove();
  };
}

/** The frame that waits for a room in this place, shown and no longer kept here; null where there is none. */
export function takeWarmFrame(origin: string, parentNode: HTMLElement): HTMLIFrameElement | null {
  if (warm?.origin !== origin || warm.frame.parentNode !== parentNode || !warm.waits) return null;
  const { frame, forget } = warm;
  warm = null;
  forget();
  frame.hidden = false;
  return frame;
}

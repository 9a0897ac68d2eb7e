/** Sends each change to the desk at once, but the newest of an animation frame only. */
import type { DeskLive } from '#shared/desk-live.ts';

/** Sends the whole state to the terminal; null: nothing is shown of it any more. */
export type PublishLive = (live: DeskLive | null) => void;

export interface LivePublisher {
  readonly say: PublishLive;
  /** Says the last one that is still waiting. */
  readonly close: () => void;
}

export function createLivePublisher(publish: PublishLive): LivePublisher {
  let frame: number | null = null;
  let waiting: DeskLive | null = null;

  function send(): void {
    frame = null;
    publish(waiting);
  }

  return {
    say(live) {
      waiting = live;
      frame ??= requestAnimationFrame(send);
    },
    close() {
      if (frame === null) return;
      cancelAnimationFrame(frame);
      send();
    },
  };
}

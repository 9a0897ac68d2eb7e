/**
 * What the counsellor does on a page, said to the desk as it is done: the newest state as a whole, sealed, in one frame
 * each. One that is lost costs nothing, the next one says all.
 */
import type { ConsoleSeal } from '#sealing/console-seal.ts';
import type { DeskLive } from '#shared/desk-live.ts';
import type { HubLink } from './hub-link.ts';

export interface LiveLine {
  /** Null: there is nothing to be shown (any more). */
  readonly publish: (live: DeskLive | null) => void;
  /** Says the newest again: the terminal may not have heard it. */
  readonly again: () => void;
}

export function createLiveLine(link: Pick<HubLink, 'sendFrame'>, seal: ConsoleSeal): LiveLine {
  let newest: DeskLive | null = null;
  /** Nothing was ever said: there is nothing to say again. */
  let hasSpoken = false;
  let sending = false;
  let changed = false;

  /** One after the other, so that a newer one is never overtaken. */
  async function send(): Promise<void> {
    if (sending) return;
    sending = true;
    while (changed) {
      changed = false;
      const frame = await seal.sealLive(new TextEncoder().encode(JSON.stringify(newest)));
      if (frame) link.sendFrame(frame);
    }
    sending = false;
  }

  return {
    publish(live) {
      if (live === null && newest === null) return;
      newest = live;
      hasSpoken = true;
      changed = true;
      void send();
    },
    again() {
      if (!hasSpoken) return;
      changed = true;
      void send();
    },
  };
}

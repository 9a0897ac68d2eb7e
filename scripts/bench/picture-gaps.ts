/** When pictures stood still, seen through the browser's own statistics and not through what the pages say. */
import type { BrowserContext, Page } from '@playwright/test';

/** ms without a new frame before it counts: a busy machine stutters for less, and a cut of a second is not worth a word. */
const NOTICED = 1_500;
const PACE = 100;

/** From now on, every page of this context notes in its root element when a new frame came last (data-moved-at). */
export async function notePictures(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const Original = window.RTCPeerConnection;
    if (!Original) return;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        let before = 0;
        const look = setInterval(async () => {
          if (this.connectionState === 'closed') return clearInterval(look);
          let frames = 0;
          for (const entry of (await this.getStats()).values()) {
            if (entry.type === 'inbound-rtp' && entry.kind === 'video') frames += entry.framesDecoded ?? 0;
          }
          if (frames > before) document.documentElement.dataset.movedAt = String(Date.now());
          before = frames;
        }, 100);
      }
    };
  });
}

export interface PictureGaps {
  /** Everyone's pictures move now. */
  readonly allMove: () => boolean;
  /** Each time that someone's picture stood still, ms of the epoch; `to` is null while it does. */
  readonly gaps: () => readonly { readonly who: string; readonly from: number; readonly to: number | null }[];
  readonly stop: () => Promise<void>;
}

/** @param sides pages by who sits there; a side has no page while it is between two. */
export function watchGaps(sides: Readonly<Record<string, () => Page | undefined>>): PictureGaps {
  const all: { who: string; from: number; to: number | null }[] = [];
  const last = new Map<string, number>();
  let ended = false;
  const open = (who: string) => all.find((gap) => gap.who === who && gap.to === null);

  async function look(who: string, page: Page | undefined): Promise<void> {
    const times = await Promise.all(
      // A frame that is on its way to another address has no document to ask.
      (page?.frames() ?? []).map((frame) =>
        frame.evaluate(() => Number(document.documentElement.dataset.movedAt ?? 0)).catch(() => 0),
      ),
    );
    const moved = Math.max(0, ...times);
    const before = last.get(who) ?? Date.now();
    const gap = open(who);
    if (gap && moved > gap.from) gap.to = moved;
    else if (!gap && Math.max(moved, before) < Date.now() - NOTICED)
      all.push({ who, from: before, to: null });
    last.set(who, Math.max(moved, before));
  }

  const watching = (async () => {
    while (!ended) {
      await Promise.all(Object.entries(sides).map(([who, page]) => look(who, page())));
      await new Promise((resolve) => setTimeout(resolve, PACE));
    }
  })();
  return {
    allMove: () => all.every(({ to }) => to !== null),
    gaps: () => all,
    async stop() {
      ended = true;
      await watching;
    },
  };
}

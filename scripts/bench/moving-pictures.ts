/** Looks at calls through the browser's own statistics, and not through what the pages say. */
import type { BrowserContext, Page } from '@playwright/test';
import { until } from '#rig/until.ts';

/** From now on, every page of this context notes in its root element when pictures begin to move (data-moving-at). */
export async function watchPictures(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const Original = window.RTCPeerConnection;
    if (!Original) return;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        const look = setInterval(async () => {
          if (this.connectionState === 'closed') return clearInterval(look);
          for (const entry of (await this.getStats()).values()) {
            // One picture is a photograph.
            if (entry.type !== 'inbound-rtp' || entry.kind !== 'video' || !(entry.framesDecoded > 1))
              continue;
            document.documentElement.dataset.movingAt ??= String(Date.now());
            clearInterval(look);
          }
        }, 10);
      }
    };
  });
}

/** When pictures began to move in any frame of this page, ms of the epoch. */
export function picturesMove(what: string, page: () => Page | undefined): Promise<number> {
  return until(
    `pictures move ${what}`,
    async () => {
      const frames = page()?.frames() ?? [];
      const times = await Promise.all(
        // A frame that is on its way to another address has no document to ask.
        frames.map((frame) =>
          frame.evaluate(() => Number(document.documentElement.dataset.movingAt ?? 0)).catch(() => 0),
        ),
      );
      return Math.max(0, ...times);
    },
    { timeoutMs: 30_000 },
  );
}

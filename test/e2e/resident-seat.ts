/** What the resident sees and hears, sitting in front of the terminal. */
import { expect, type Frame, type Page } from '@playwright/test';
import type { Town } from '#rig/town.ts';

/** The greeting alone lasts eight seconds. */
const PATIENCE = { timeout: 30_000 };

export interface ResidentSeat {
  readonly face: () => Promise<Page>;
  readonly desk: () => Promise<Page>;
  readonly expectFace: (words: string | RegExp) => Promise<void>;
  readonly expectDesk: (words: string | RegExp) => Promise<void>;
  /** The welcoming screen, linked to the hub: the next resident may come. */
  readonly expectPlaceFree: () => Promise<void>;
  /** The deployment's frame in the room view, where the counsellor's picture is. */
  readonly roomFrame: () => Promise<Frame>;
}

export function residentSeat({ terminal }: Town): ResidentSeat {
  const face = () => terminal.page('face');
  const desk = () => terminal.page('desk');
  return {
    face,
    desk,
    expectFace: async (words) => expect((await face()).locator('body')).toContainText(words, PATIENCE),
    expectDesk: async (words) => expect((await desk()).locator('body')).toContainText(words, PATIENCE),
    expectPlaceFree: async () =>
      expect((await face()).locator('body')).toContainText(
        /La place est libre|Vos documents sont effacés de cette borne/,
        {
          timeout: 30_000,
        },
      ),
    async roomFrame() {
      const inner = async () => {
        // Another deployment is another page.
        const room = await terminal.page('room/index.html');
        return room.frames().find((one) => one !== room.mainFrame());
      };
      await expect.poll(async () => (await inner()) !== undefined).toBe(true);
      const frame = await inner();
      if (!frame) throw new Error('The room view has no frame.');
      return frame;
    },
  };
}

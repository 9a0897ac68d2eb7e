import { afterEach, expect, it, vi } from 'vitest';
import type { DeskLive } from '#shared/desk-live.ts';
import { createLivePublisher } from './live-publisher.ts';

const frames: (() => void)[] = [];
vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
vi.stubGlobal('cancelAnimationFrame', (frame: number) => {
  frames[frame - 1] = () => undefined;
});
afterEach(() => frames.splice(0));

const state = (page: number): DeskLive => ({
  documentId: 'c5b6d3a0-0a3e-4a67-9d6f-1a2b3c4d5e6f',
  ...{ marks: [], focus: null, signHere: null, pointer: { page, x: 0, y: 0 } },
});

it('sends the newest state of each frame, once', () => {
  const sent: (DeskLive | null)[] = [];
  const { say } = createLivePublisher((live) => sent.push(live));
  for (const page of [1, 2, 3]) say(state(page));
  expect(sent).toEqual([]);
  for (const frame of frames.splice(0)) frame();
  expect(sent).toEqual([state(3)]);
  say(state(4));
  for (const frame of frames.splice(0)) frame();
  expect(sent).toHaveLength(2);
});

it('sends what waits when it is closed, and nothing after', () => {
  const sent: (DeskLive | null)[] = [];
  const { say, close } = createLivePublisher((live) => sent.push(live));
  say(null);
  close();
  for (const frame of frames) frame();
  expect(sent).toEqual([null]);
});

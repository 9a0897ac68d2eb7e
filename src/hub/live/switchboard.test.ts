import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noNeighbours } from '../neighbours/neighbours.ts';
import type { Snapshot } from './snapshot.ts';
import { createSwitchboard } from './switchboard.ts';

const nobody: Snapshot = {
  ...{
    now: 0,
    visits: [],
    orders: [],
    terminals: [],
    mairies: [],
    bodies: [],
    counsellors: [],
    elsewhere: { terminals: new Map(), counsellors: [], readAt: 0 },
    usualDuration: new Map(),
    openings: () => null,
    agenda: { next: new Map(), until: 0 },
    forms: [],
    deployments: [],
  },
  ...{ tickets: new Map(), deploymentOf: new Map(), nextDeployment: new Map() },
  ...{ terminalsOnline: new Set(), counsellorsOnline: new Map() },
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what happens many times a second is told at once the first time, then with the others', async () => {
  let refreshes = 0;
  const switchboard = createSwitchboard({
    neighbours: noNeighbours(),
    takeSnapshot: async () => {
      refreshes += 1;
      return nobody;
    },
    pastVisit: async () => null,
    onSnapshot: () => undefined,
    run: (work) => void work,
    clock: Date.now,
  });
  switchboard.refreshSoon();
  await vi.advanceTimersByTimeAsync(0);
  expect(refreshes).toBe(1);
  for (let i = 0; i < 10; i += 1) {
    switchboard.refreshSoon();
    await vi.advanceTimersByTimeAsync(5);
  }
  expect(refreshes).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(refreshes).toBe(2);
  switchboard.refreshSoon();
  await vi.advanceTimersByTimeAsync(0);
  expect(refreshes).toBe(3);
  switchboard.closeAll(1001, 'over');
});

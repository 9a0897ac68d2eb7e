import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TerminalVisit } from '#shared/protocol/views.ts';
import { createHubVisits } from './hub-visits.ts';

const VISIT = { visitId: '7d0c1f4a-9d2b-4f3e-8a55-1c2d3e4f5a6b' } as TerminalVisit;
const OTHER = '00000000-9d2b-4f3e-8a55-1c2d3e4f5a6b';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function opened(left: string | null = null) {
  const happened: string[] = [];
  const visits = createHubVisits({
    unwiped: { visitId: () => left },
    dispatch: (event) => happened.push(event.type),
    tellEnd: (visitId, reason) => happened.push(`end ${visitId === VISIT.visitId} ${reason}`),
    patience: 60_000,
  });
  return { visits, happened };
}

test('a visit that the hub tells is begun, and begun again when the terminal is free', () => {
  const { visits, happened } = opened();
  visits.receive(VISIT, null);
  visits.free();
  expect(happened).toEqual(['visitSeen', 'visitSeen']);
});

test('one that is over is not begun again when the terminal is free', () => {
  const { visits, happened } = opened();
  visits.receive(VISIT, null);
  visits.over(VISIT.visitId);
  visits.free();
  visits.receive(null, 'completed');
  visits.free();
  expect(happened).toEqual(['visitSeen', 'visitOver']);
});

test('one that ended here is told as often as the hub speaks of it, until the hub has none', () => {
  const { visits, happened } = opened();
  visits.endedHere(VISIT.visitId, 'residentGone');
  visits.receive(VISIT, null);
  expect(happened).toEqual(['end true residentGone', 'end true residentGone']);
  visits.receive(null, null);
  visits.receive(VISIT, null);
  expect(happened.slice(2)).toEqual(['visitOver', 'visitSeen']);
});

test('what a restart cut off goes on where the hub still has it', () => {
  const { visits, happened } = opened(VISIT.visitId);
  visits.receive(VISIT, null);
  vi.advanceTimersByTime(120_000);
  expect(happened).toEqual(['visitSeen']);
});

test('what a restart cut off is wiped first where the hub has another or none', () => {
  const { visits, happened } = opened(OTHER);
  visits.receive(VISIT, null);
  expect(happened).toEqual(['unwiped', 'visitSeen']);
});

test('without a hub it waits for its patience and no longer, and not at all once closed', () => {
  const { happened } = opened(OTHER);
  vi.advanceTimersByTime(59_999);
  expect(happened).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(happened).toEqual(['unwiped']);
  const other = opened(OTHER);
  other.visits.close();
  vi.advanceTimersByTime(120_000);
  expect(other.happened).toEqual([]);
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SHOWN_AFTER } from '#shared/protocol/agenda.ts';
import { BELIEVED, createAgenda } from './agenda.ts';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 10, 23, 9) }));
afterEach(() => void vi.useRealTimers());

/** In half an hour. */
const soon = () => ({ at: Date.now() + 30 * MINUTE, timeZone: 'Europe/Paris' }) as const;

describe('the next appointment', () => {
  it('is what the hub told last', () => {
    const changed = vi.fn();
    const agenda = createAgenda(changed);
    expect(agenda.next()).toBeNull();
    const [first, other] = [soon(), { ...soon(), at: Date.now() + 90 * MINUTE }];
    agenda.told(first);
    expect(agenda.next()).toEqual(first);
    agenda.told(other);
    expect(agenda.next()).toEqual(other);
    agenda.told(null);
    expect(agenda.next()).toBeNull();
    expect(changed).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stays for whoever comes late, and is let go of without a word of the hub', () => {
    const changed = vi.fn();
    const agenda = createAgenda(changed);
    const next = soon();
    agenda.told(next);
    changed.mockClear();
    vi.advanceTimersByTime(30 * MINUTE + SHOWN_AFTER - 1);
    expect(agenda.next()).toEqual(next);
    expect(changed).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(agenda.next()).toBeNull();
    expect(changed).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('outlives a short cut, and no long one', () => {
    const changed = vi.fn();
    const agenda = createAgenda(changed);
    const next = soon();
    agenda.told(next);
    changed.mockClear();
    agenda.hubLost();
    vi.advanceTimersByTime(BELIEVED - 1);
    agenda.hubLinked();
    vi.advanceTimersByTime(BELIEVED);
    expect(agenda.next()).toEqual(next);
    agenda.hubLost();
    vi.advanceTimersByTime(BELIEVED - 1);
    expect(agenda.next()).toEqual(next);
    expect(changed).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(agenda.next()).toBeNull();
    expect(changed).toHaveBeenCalledOnce();
    agenda.hubLinked();
    expect(agenda.next()).toBeNull();
  });

  it('is let go of soon after the machine has slept over it', () => {
    const changed = vi.fn();
    const agenda = createAgenda(changed);
    agenda.told(soon());
    changed.mockClear();
    // The clock goes on; the timers have not.
    vi.setSystemTime(Date.now() + 2 * 60 * MINUTE);
    expect(agenda.next()).toBeNull();
    vi.advanceTimersByTime(MINUTE);
    expect(changed).toHaveBeenCalledOnce();
    agenda.close();
  });
});

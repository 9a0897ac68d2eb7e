import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSubtitles } from './subtitles.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('what the counsellor says', () => {
  it('is kept only while it is asked for', () => {
    const changed = vi.fn();
    const subtitles = createSubtitles(changed);
    subtitles.heard('1', 'Bonjour');
    expect(subtitles.lines()).toBeNull();
    subtitles.set(true);
    expect(subtitles.lines()).toEqual([]);
    subtitles.heard('1', 'Bonjour');
    subtitles.set(false);
    expect(subtitles.lines()).toBeNull();
    subtitles.set(true);
    expect(subtitles.lines()).toEqual([]);
    expect(changed).toHaveBeenCalledTimes(4);
  });

  it('is the last two sentences, each as far as it has come, gone after a silence', () => {
    const subtitles = createSubtitles(() => undefined);
    subtitles.set(true);
    subtitles.heard('1', 'Bonjour');
    subtitles.heard('1', 'Bonjour Madame.');
    subtitles.heard('2', 'Asseyez-vous.');
    expect(subtitles.lines()).toEqual(['Bonjour Madame.', 'Asseyez-vous.']);
    subtitles.heard('3', 'Avez-vous');
    expect(subtitles.lines()).toEqual(['Asseyez-vous.', 'Avez-vous']);
    vi.advanceTimersByTime(7_000);
    subtitles.heard('3', 'Avez-vous votre avis ?');
    vi.advanceTimersByTime(7_000);
    expect(subtitles.lines()).toHaveLength(2);
    vi.advanceTimersByTime(1_500);
    expect(subtitles.lines()).toEqual([]);
  });

  it('is the end of a sentence that is too long to be read, from a whole word on', () => {
    const subtitles = createSubtitles(() => undefined);
    subtitles.set(true);
    subtitles.heard('1', 'mot '.repeat(60).trim());
    const [line = ''] = subtitles.lines() ?? [];
    expect(line).toMatch(/^… mot mot/);
    expect(line.length).toBeLessThan(115);
  });

  it('leaves nothing behind', () => {
    const changed = vi.fn();
    const subtitles = createSubtitles(changed);
    subtitles.set(true);
    subtitles.heard('1', 'Bonjour');
    subtitles.clear();
    changed.mockClear();
    vi.advanceTimersByTime(60_000);
    expect(subtitles.lines()).toBeNull();
    expect(changed).not.toHaveBeenCalled();
  });
});

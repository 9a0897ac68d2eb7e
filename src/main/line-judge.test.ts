import { describe, expect, it } from 'vitest';
import { createLineJudge, type LineSample } from './line-judge.ts';

const good: LineSample = { pictures: 25, roundTrip: 40 };

function seconds() {
  const judge = createLineJudge();
  let now = 1_000;
  return {
    judge,
    now: () => now,
    pass(count: number, sample: LineSample): boolean[] {
      return Array.from({ length: count }, () => {
        now += 1_000;
        return judge.look(sample, now);
      });
    },
  };
}

describe('a line', () => {
  it('is good as long as pictures move, and while none are expected', () => {
    const { pass } = seconds();
    expect(pass(300, good)).not.toContain(true);
    expect(pass(300, { pictures: null, roundTrip: 40 })).not.toContain(true);
    expect(pass(300, { pictures: 4, roundTrip: null })).not.toContain(true);
  });

  it('is slow after eight seconds of a picture or two, not after seven', () => {
    const { pass } = seconds();
    expect(pass(8, { pictures: 2, roundTrip: 40 })).toEqual([...Array(7).fill(false), true]);
  });

  it('is slow when the hub answers late three times in a row, not twice', () => {
    const { pass } = seconds();
    pass(10, good);
    expect(pass(2, { ...good, roundTrip: 1_600 })).toEqual([false, false]);
    expect(pass(1, good)).toEqual([false]);
    expect(pass(3, { ...good, roundTrip: 1_600 })).toEqual([false, false, true]);
  });

  it('is tried again after twenty seconds of short answers, then after forty, until it has been good for long', () => {
    const { pass } = seconds();
    const crawling = { pictures: 2, roundTrip: 40 };
    const none = { pictures: null, roundTrip: 40 };
    expect(pass(8, crawling).at(-1)).toBe(true);
    expect(pass(21, none).filter(Boolean)).toHaveLength(19);
    expect(pass(8, crawling).at(-1)).toBe(true);
    expect(pass(41, none).filter(Boolean)).toHaveLength(39);
    pass(130, good);
    expect(pass(8, crawling).at(-1)).toBe(true);
    expect(pass(21, none).filter(Boolean)).toHaveLength(19);
  });

  it('is not tried again while the hub still answers late', () => {
    const { pass } = seconds();
    pass(8, { pictures: 2, roundTrip: 2_000 });
    expect(pass(60, { pictures: null, roundTrip: 900 })).not.toContain(false);
    expect(pass(3, { pictures: null, roundTrip: 60 })).toEqual([true, true, false]);
  });

  it.each([
    { what: 'full speed', before: good, slow: false },
    { what: 'ten pictures a second', before: { pictures: 10, roundTrip: 60 }, slow: false },
    { what: 'a few pictures a second', before: { pictures: 5, roundTrip: 60 }, slow: true },
    { what: 'full speed and late answers', before: { pictures: 25, roundTrip: 1_700 }, slow: true },
  ])('that stops from $what is slow: $slow', ({ before, slow }) => {
    const { judge, now, pass } = seconds();
    pass(5, good);
    pass(2, before);
    if (before !== good) pass(4, before);
    pass(3, { ...before, pictures: 0 });
    expect(judge.stopped(now())).toBe(slow);
    expect(judge.look({ pictures: null, roundTrip: null }, now() + 1_000)).toBe(slow);
  });
});

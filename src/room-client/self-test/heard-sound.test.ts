/** Sounds made by arithmetic: what is heard in them is known beforehand. */
import { describe, expect, it } from 'vitest';
import { correlate, fourier } from './fourier.ts';
import { hear, isDigitalSilence, noiseOf, type Recording, remaining } from './heard-sound.ts';
import { makeSweep, timetable } from './test-sound.ts';

const RATE = 16_000;
const sweep = makeSweep(RATE);

/** The same numbers at each run: a test that fails can be looked at again (Mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Room {
  readonly sweeps?: number;
  /** dB, of the sweep as it arrives, relative to the sweep as it is played. */
  readonly gain?: number | null;
  /** ms. */
  readonly delay?: number;
  /** dB, full scale = an RMS of 1; null: none. */
  readonly noise?: number | null;
  /** Seconds until the room's reverberation has fallen by 60 dB. */
  readonly rings?: number;
  readonly more?: (at: number) => number;
  readonly seed?: number;
}

function record(room: Room): Recording {
  const { sweeps = 3, gain = -20, delay = 100, noise = -60, rings = 0, more = () => 0, seed = 1 } = room;
  const next = random(seed);
  const { starts, end } = timetable(sweeps);
  const samples = new Float32Array(Math.round(end * RATE));
  const played = starts.map((start) => Math.round(start * RATE));
  if (gain !== null) {
    const echoes = [[0, 1], ...reflections(rings, next)] as const;
    for (const start of played) {
      for (const [late, strength] of echoes) {
        const from = start + Math.round((delay / 1_000) * RATE) + late;
        addSweep({ samples }, from, strength * 10 ** (gain / 20));
      }
    }
  }
  // Uniform between −a and a has the power a²/3.
  const amplitude = noise === null ? 0 : Math.sqrt(3) * 10 ** (noise / 20);
  for (const [at, value] of samples.entries()) samples[at] = value + amplitude * (2 * next() - 1) + more(at);
  return { samples, rate: RATE, played, sweep };
}

function addSweep({ samples }: Pick<Recording, 'samples'>, from: number, strength: number): void {
  for (const [at, value] of sweep.entries()) {
    const before = samples[from + at];
    if (before !== undefined) samples[from + at] = before + value * strength;
  }
}

function reflections(rings: number, next: () => number): [number, number][] {
  if (rings === 0) return [];
  return Array.from({ length: 60 }, () => {
    const seconds = 0.005 + next() * Math.min(rings, 0.5);
    return [Math.round(seconds * RATE), (next() < 0.5 ? -0.5 : 0.5) * 10 ** ((-3 * seconds) / rings)];
  });
}

const own = 10 * Math.log10(sweep.reduce((sum, value) => sum + value * value, 0) / sweep.length);

describe('the transform', () => {
  it('gives each frequency its own place, and the input back', () => {
    const re = Float64Array.from({ length: 64 }, (_, at) => Math.cos((2 * Math.PI * 5 * at) / 64));
    const im = new Float64Array(64);
    fourier(re, im);
    expect([...re].map((value) => Math.round(Math.abs(value)))).toEqual(
      Array.from({ length: 64 }, (_, at) => (at === 5 || at === 59 ? 32 : 0)),
    );
    const [wave, turned] = [re.map((_, at) => Math.sin((2 * Math.PI * 5 * at) / 64)), new Float64Array(64)];
    fourier(wave, turned);
    expect([turned[5], turned[59]].map((value) => Math.round(value ?? 0))).toEqual([-32, 32]);
    fourier(re, im, true);
    expect(re[8]).toBeCloseTo(Math.cos((2 * Math.PI * 40) / 64), 9);
  });

  it('refuses a length that it cannot halve', () => {
    expect(() => fourier(new Float64Array(12), new Float64Array(12))).toThrow('power of two');
  });

  it('correlates as the sum of products does', () => {
    const next = random(7);
    const long = Float32Array.from({ length: 50 }, () => next() - 0.5);
    const short = Float32Array.from({ length: 9 }, () => next() - 0.5);
    const slow = Array.from({ length: 42 }, (_, lag) =>
      short.reduce((sum, value, at) => sum + value * (long[lag + at] ?? 0), 0),
    );
    const fast = correlate(long, short);
    expect(fast).toHaveLength(slow.length);
    for (const [lag, value] of slow.entries()) expect(fast[lag]).toBeCloseTo(value, 6);
  });
});

describe('hearing', () => {
  it.each([0, 12, 84, 250, 540])('finds a delay of %i ms to the sample', (delay) => {
    expect(hear(record({ delay }))?.delay).toBeCloseTo(delay, 1);
  });

  it.each([-10, -20, -35])('measures a level of %i dB', (gain) => {
    expect(hear(record({ gain }))?.level).toBeCloseTo(own + gain, 0);
  });

  it('measures the noise, and takes it off the level', () => {
    const recording = record({ gain: -20, noise: own - 20 });
    expect(noiseOf(recording)).toBeCloseTo(own - 20, 0);
    expect(Math.abs((hear(recording)?.level ?? 0) - (own - 20))).toBeLessThan(1);
  });

  it('finds it below the noise', () => {
    const heard = hear(record({ gain: -20, noise: own - 12, delay: 130 }));
    expect(heard?.delay).toBeCloseTo(130, 0);
  });

  it('finds it in a room that rings', () => {
    const heard = hear(record({ rings: 1.2, delay: 90 }));
    expect(heard?.delay).toBeCloseTo(90, 0);
  });

  it('leaves a constant out of everything', () => {
    const recording = record({ more: () => 0.2 });
    expect(noiseOf(recording)).toBeCloseTo(-60, 0);
    expect(hear(recording)?.level).toBeCloseTo(own - 20, 0);
  });

  it('hears no sweep in noise alone', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      expect(hear(record({ gain: null, noise: -30, seed }))).toBeNull();
    }
  });

  it('takes no beep, hum or click for it', () => {
    const beep = (at: number) => (at % RATE < 4_000 ? 0.5 * Math.sin((2 * Math.PI * 440 * at) / RATE) : 0);
    const hum = (at: number) => 0.3 * Math.sin((2 * Math.PI * 50 * at) / RATE);
    const click = (at: number) => (at % 5_000 === 0 ? 0.9 : 0);
    for (const more of [beep, hum, click]) expect(hear(record({ gain: null, more }))).toBeNull();
  });

  it('takes what comes every second for no answer, were it just like the sweep', () => {
    const recording = record({ gain: null });
    const every = recording.played.map((_, turn) => Math.round((0.7 + turn) * RATE));
    for (const start of every) addSweep(recording, start, 1);
    expect(hear(recording)).toBeNull();
    // Played as evenly, it would be one.
    expect(hear({ ...recording, played: every.map((start) => start - 800) })?.delay).toBeCloseTo(50, 1);
  });

  it('takes a sweep that somebody else plays, each time elsewhere, for nothing', () => {
    const recording = record({ gain: null });
    for (const [turn, at] of recording.played.entries()) {
      addSweep(recording, at + turn * 1_500, 1);
    }
    expect(hear(recording)).toBeNull();
  });

  it('hears nothing in digital silence, and knows it', () => {
    const recording = record({ gain: null, noise: null });
    expect(hear(recording)).toBeNull();
    expect(noiseOf(recording)).toBe(-120);
    expect(isDigitalSilence(recording.samples)).toBe(true);
    expect(isDigitalSilence(new Float32Array(100).fill(0.01))).toBe(true);
    expect(isDigitalSilence(new Float32Array())).toBe(true);
    expect(isDigitalSilence(record({ gain: null, noise: -85 }).samples)).toBe(false);
  });
});

describe('what echo cancellation leaves', () => {
  const than = hear(record({ gain: -15, noise: -75 }));

  it.each([6, 20, 40])('measures a reduction of %i dB', (reduction) => {
    if (!than) throw new Error('Not heard.');
    const left = remaining(record({ gain: -15 - reduction, noise: -75, sweeps: 5, seed: 2 }), than, 2);
    expect(left.orMore).toBe(false);
    expect(Math.abs(left.reduction - reduction)).toBeLessThan(1);
  });

  it('says "or more" where nothing rises above the noise', () => {
    if (!than) throw new Error('Not heard.');
    const left = remaining(record({ gain: null, noise: -75, sweeps: 5, seed: 2 }), than, 2);
    expect(left.orMore).toBe(true);
    expect(Math.abs(left.reduction - (than.level + 75 + 3))).toBeLessThan(1);
  });

  it('does not count the sweeps from which the canceller learns', () => {
    if (!than) throw new Error('Not heard.');
    const recording = record({ gain: -55, noise: -75, sweeps: 5 });
    for (const at of recording.played.slice(0, 2)) addSweep(recording, at + 1_600, 0.2);
    expect(remaining(recording, than, 2).reduction).toBeGreaterThan(38);
    expect(remaining(recording, than, 0).reduction).toBeLessThan(10);
  });
});

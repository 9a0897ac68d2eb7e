/** What a recording tells of the sweeps that were played meanwhile: whether they were heard, how loud, how late. Pure. */
import { correlate } from './fourier.ts';

export interface Recording {
  /** −1 to 1. */
  readonly samples: Float32Array;
  /** Samples a second. */
  readonly rate: number;
  /** Where, in `samples`, each sweep was handed to the system. Before the first there is only the room. */
  readonly played: readonly number[];
  /** The sweep itself, at the same rate. */
  readonly sweep: Float32Array;
}

export interface Heard {
  /** dB, full scale = an RMS of 1, the noise of the room taken off. */
  readonly level: number;
  /** ms. */
  readonly delay: number;
}

export interface Left {
  /** dB by which the sound is lower than `than`. */
  readonly reduction: number;
  /** It did not rise above the noise: the reduction is at least that. */
  readonly orMore: boolean;
}

/** ms. Nothing plays and hears later than this, Bluetooth included. */
const LATEST = 550;
/** ms by which two sweeps may come back differently late: clocks that drift, never the room. */
const SAME_DELAY = 3;
/**
 * Likeness (0 to 1) from which one sweep counts as found. Noise and voices come to 0.07; a tone or a siren may come to
 * 0.2, but not equally late each time. A sweep 15 dB below the noise, or in a room that rings, comes to 0.15.
 */
const LIKE = 0.12;
/** ms around a sweep in which its energy is looked for: reverberation follows it. */
const BEFORE = 20;
const AFTER = 150;
/** What is left counts when it carries more than half the energy that the noise has in the same time (−3 dB). */
const ABOVE_NOISE = 0.5;
/** Peak to peak, two steps of 16 bits: a microphone that is switched off or unplugged gives exactly nothing. */
const SILENCE = 2 / 32_768;
/** dB. Below 16 bits' own noise: stands for "nothing". */
const FLOOR = -120;

/** True where nothing but a constant was recorded: no microphone in a room is that quiet. */
export function isDigitalSilence(samples: Float32Array): boolean {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of samples) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return samples.length === 0 || high - low <= SILENCE;
}

/** dB, full scale = an RMS of 1: what is recorded before the first sweep. */
export function noiseOf({ samples, played }: Recording): number {
  return decibels(power(samples, 0, played[0] ?? samples.length));
}

/** Null: not heard. Heard means that most sweeps come back, and all of those equally late. */
export function hear(given: Recording): Heard | null {
  const recording = { ...given, samples: withoutConstant(given.samples) };
  const { rate, played } = recording;
  const found = played.map((at) => findSweep(recording, at)).filter((lag) => lag !== null);
  const delay = median(found);
  if (delay === null) return null;
  const agreeing = found.filter((lag) => Math.abs(lag - delay) <= (SAME_DELAY * rate) / 1_000);
  if (agreeing.length * 3 < played.length * 2) return null;
  return {
    level: decibels(Math.max(0, soundPower(recording, delay, 0) - noisePower(recording))),
    delay: (delay * 1_000) / rate,
  };
}

/**
 * How much lower the sweeps are in this recording than in the one in which they were heard without echo cancellation.
 * @param skip sweeps at the beginning that do not count: an echo canceller learns the room from them.
 */
export function remaining(recording: Recording, than: Heard, skip: number): Left {
  const delay = Math.round((than.delay * recording.rate) / 1_000);
  const noise = noisePower(recording);
  const left = soundPower(recording, delay, skip) - noise;
  const orMore = left <= noise * ABOVE_NOISE;
  const level = decibels(orMore ? noise * ABOVE_NOISE : left);
  return { reduction: than.level - level, orMore };
}

/** The lag in samples at which the recording is most like the sweep, or null where it is like it nowhere. */
function findSweep({ samples, rate, sweep }: Recording, at: number): number | null {
  const stretch = samples.subarray(at, at + Math.round((LATEST * rate) / 1_000) + sweep.length);
  const match = correlate(stretch, sweep);
  const energy = runningEnergy(stretch, sweep.length);
  const own = Math.sqrt(power(sweep, 0, sweep.length) * sweep.length);
  let [best, lag] = [0, -1];
  for (const [index, value] of match.entries()) {
    const like = Math.abs(value) / (own * Math.sqrt(energy[index] ?? 0) + Number.EPSILON);
    if (like > best) [best, lag] = [like, index];
  }
  return best >= LIKE ? lag : null;
}

/** At each lag the sum of squares over `length` samples. */
function runningEnergy(samples: Float32Array, length: number): Float64Array {
  const sums = new Float64Array(samples.length + 1);
  for (const [at, value] of samples.entries()) sums[at + 1] = (sums[at] ?? 0) + value * value;
  const energy = new Float64Array(Math.max(0, samples.length - length + 1));
  for (const at of energy.keys()) energy[at] = (sums[at + length] ?? 0) - (sums[at] ?? 0);
  return energy;
}

/** Mean power around the sweeps, spread over the length of a sweep; the noise in it included. */
function soundPower(recording: Recording, delay: number, skip: number): number {
  const { samples, rate, played, sweep } = recording;
  const [before, after] = [BEFORE, AFTER].map((ms) => Math.round((ms * rate) / 1_000)) as [number, number];
  const noise = noisePower(recording);
  const powers = played.slice(skip).map((at) => {
    const from = Math.max(0, at + delay - before);
    const to = Math.min(samples.length, at + delay + sweep.length + after);
    const energy = power(samples, from, to) * (to - from);
    // The noise of the margins is not the sweep's.
    return (energy - noise * (to - from - sweep.length)) / sweep.length;
  });
  return powers.reduce((sum, one) => sum + one, 0) / Math.max(1, powers.length);
}

function noisePower({ samples, played }: Recording): number {
  return power(samples, 0, played[0] ?? samples.length);
}

/** Mean square, the constant part left out. */
function power(samples: Float32Array, from: number, to: number): number {
  const part = samples.subarray(from, to);
  if (part.length === 0) return 0;
  let [sum, squares] = [0, 0];
  for (const value of part) {
    sum += value;
    squares += value * value;
  }
  return Math.max(0, squares / part.length - (sum / part.length) ** 2);
}

/** Cheap microphones add a constant, which is no sound and would drown one. */
function withoutConstant(samples: Float32Array): Float32Array {
  const mean = samples.reduce((sum, value) => sum + value, 0) / Math.max(1, samples.length);
  return samples.map((value) => value - mean);
}

function decibels(meanSquare: number): number {
  return Math.max(FLOOR, 10 * Math.log10(Math.max(meanSquare, Number.MIN_VALUE)));
}

function median(values: readonly number[]): number | null {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}

/** A figure of the bench: what was measured round by round, and whether its limit holds. */

/** How much the value may be: a multiple of its baseline, so much more than it, or a fixed amount. */
export type Allowance =
  | { readonly kind: 'times'; readonly factor: number }
  | { readonly kind: 'plus'; readonly extra: number }
  | { readonly kind: 'most'; readonly amount: number };

export interface Measurement {
  readonly unit: 'ms' | 'MB' | 'kB' | 'µs/s';
  /** One number a round, in the order in which they were taken. */
  readonly values: readonly number[];
  /** Taken in turns with the values, in the same run; empty where the figure has no baseline. */
  readonly baselines: readonly number[];
  readonly allowance: Allowance;
}

/** A line of bench-output.json. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** Medians. Null: it could not be measured, which counts as a limit passed. */
  readonly value: number | null;
  readonly baseline: number | null;
  readonly ratio: number | null;
  /** The most that the value may be, in the figure's unit, as this run's baseline makes it. */
  readonly limit: number | null;
  readonly ok: boolean;
}

export function judge(name: string, measurement: Measurement): Figure {
  const { unit, values, baselines, allowance } = measurement;
  const value = quantile(values, 0.5);
  const baseline = quantile(baselines, 0.5);
  const limit = limitOf(allowance, baseline);
  return {
    name,
    unit,
    value,
    baseline,
    ratio: value !== null && baseline !== null && baseline > 0 ? value / baseline : null,
    limit,
    ok: value !== null && limit !== null && value <= limit,
  };
}

export function notMeasured(name: string): Figure {
  return { name, unit: 'ms', value: null, baseline: null, ratio: null, limit: null, ok: false };
}

function limitOf(allowance: Allowance, baseline: number | null): number | null {
  if (allowance.kind === 'most') return allowance.amount;
  if (baseline === null) return null;
  return allowance.kind === 'times' ? baseline * allowance.factor : baseline + allowance.extra;
}

/**
 * The value below which this share of the numbers lies, between the two nearest ranks where it falls between them
 * (definition 7 of Hyndman and Fan, 1996, the usual one). Null for no numbers. @param share 0 to 1.
 */
export function quantile(numbers: readonly number[], share: number): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const rank = (sorted.length - 1) * share;
  const below = sorted[Math.floor(rank)];
  const above = sorted[Math.ceil(rank)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (rank - Math.floor(rank));
}

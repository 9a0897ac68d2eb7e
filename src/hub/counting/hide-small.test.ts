/** The attacker is written here: every way in which the hidden numbers of a small table could add up, tried one by one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideSmall, type Sum } from './hide-small.ts';

/** Hidden numbers of the smallest tables may be this many beside each other before trying all of them takes too long. */
const MOST_UNKNOWN = 9;

interface Table {
  readonly counts: ReadonlyMap<string, number>;
  readonly sums: readonly Sum[];
}

/** Rows and columns with all their totals. */
function tableOf(rows: readonly (readonly number[])[]): Table {
  const counts = new Map<string, number>();
  const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
  const columns = rows[0]?.map((_, column) => rows.map((row) => row[column] ?? 0)) ?? [];
  rows.forEach((row, r) => {
    for (const [c, number] of row.entries()) counts.set(`${r},${c}`, number);
    counts.set(`row ${r}`, total(row));
  });
  columns.forEach((column, c) => {
    counts.set(`column ${c}`, total(column));
  });
  counts.set('all', total(rows.flat()));
  return {
    counts,
    sums: [
      ...rows.map((row, r) => ({ total: `row ${r}`, parts: row.map((_, c) => `${r},${c}`) })),
      ...columns.map((column, c) => ({ total: `column ${c}`, parts: column.map((_, r) => `${r},${c}`) })),
      { total: 'all', parts: rows.map((_, r) => `row ${r}`) },
      { total: 'all', parts: columns.map((_, c) => `column ${c}`) },
    ],
  };
}

/** For each hidden number the values that it can have (at most two of them), knowing only that what is hidden is at least 1. */
function possible({ counts, sums }: Table, hidden: ReadonlySet<string>): Map<string, Set<number>> {
  const names = [...hidden];
  const most = Math.max(...counts.values()) + 10;
  const values = new Map(names.map((name) => [name, new Set<number>()]));
  const chosen = new Map<string, number>();
  const known = (name: string) => (hidden.has(name) ? chosen.get(name) : (counts.get(name) ?? 0));

  /** What a sum says of its last unknown; null: nothing yet, false: it cannot be. */
  function forced(): { name: string; value: number } | null | false {
    for (const { total, parts } of sums) {
      const unknown = [...parts, total].filter((name) => known(name) === undefined);
      if (unknown.length > 1) continue;
      const sum = parts.reduce((all, part) => all + (known(part) ?? 0), 0);
      const [name] = unknown;
      if (name === undefined) {
        if (sum !== known(total)) return false;
      } else {
        const value = name === total ? sum : (known(total) ?? 0) - sum;
        return value < 1 ? false : { name, value };
      }
    }
    return null;
  }
  function walk(): void {
    if ([...values.values()].every((found) => found.size > 1)) return;
    const step = forced();
    if (step === false) return;
    const open = names.find((name) => !chosen.has(name));
    if (open === undefined) {
      for (const [name, value] of chosen) if ((values.get(name)?.size ?? 2) < 2) values.get(name)?.add(value);
      return;
    }
    const name = step ? step.name : open;
    const candidates = step ? [step.value] : Array.from({ length: most }, (_, index) => index + 1);
    for (const value of candidates) {
      chosen.set(name, value);
      walk();
      chosen.delete(name);
    }
  }
  walk();
  return values;
}

const small = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 6 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 }) },
);
const tables = (rows: number, columns: number) =>
  fc
    .array(fc.array(small, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows })
    .map(tableOf);

describe('hiding small numbers', () => {
  it('hides every number from 1 to 4, and no zero', () => {
    fc.assert(
      fc.property(tables(3, 4), ({ counts, sums }) => {
        const hidden = hideSmall(counts, sums);
        for (const [name, count] of counts) {
          if (count > 0 && count < 5) expect(hidden.has(name)).toBe(true);
          if (count === 0) expect(hidden.has(name)).toBe(false);
        }
      }),
    );
  });

  it.each([
    [1, 2],
    [1, 5],
    [2, 2],
    [2, 3],
    [3, 3],
  ])('leaves at least two possible values to each hidden number of a table of %i × %i', (rows, columns) => {
    let looked = 0;
    fc.assert(
      fc.property(tables(rows, columns), (table) => {
        const hidden = hideSmall(table.counts, table.sums);
        if (hidden.size === 0 || hidden.size > MOST_UNKNOWN) return;
        looked += 1;
        for (const [name, values] of possible(table, hidden)) {
          expect([name, values.size]).toEqual([name, 2]);
        }
      }),
      { numRuns: 300 },
    );
    expect(looked).toBeGreaterThan(30);
  });

  it.each([
    [
      [
        [0, 4, 0],
        [0, 2, 1],
        [5, 0, 1],
      ],
    ],
    [
      [
        [1, 0, 1],
        [0, 0, 5],
        [1, 5, 0],
      ],
    ],
  ])('does so where no single sum gives anything away: %j', (rows) => {
    const table = tableOf(rows);
    const hidden = hideSmall(table.counts, table.sums);
    const open = [...possible(table, hidden)].filter(([, values]) => values.size < 2);
    expect(open).toEqual([]);
  });

  it('says everything where nothing is small', () => {
    const { counts, sums } = tableOf([
      [5, 12],
      [0, 30],
    ]);
    expect(hideSmall(counts, sums)).toEqual(new Set());
  });

  it('hides with a small part the smallest other one, and keeps the total', () => {
    const counts = new Map(Object.entries({ october: 25, a: 2, b: 9, c: 14, d: 0 }));
    const hidden = hideSmall(counts, [{ total: 'october', parts: ['a', 'b', 'c', 'd'] }]);
    expect(hidden).toEqual(new Set(['a', 'b']));
  });

  it('is not tricked by two small parts that add up to almost nothing', () => {
    const counts = new Map(Object.entries({ october: 22, a: 1, b: 1, c: 20 }));
    expect(hideSmall(counts, [{ total: 'october', parts: ['a', 'b', 'c'] }])).toEqual(
      new Set(['a', 'b', 'c']),
    );
  });

  it('hides a total that is made of one small part alone', () => {
    const counts = new Map(Object.entries({ year: 40, may: 3, june: 37, week: 3 }));
    const hidden = hideSmall(counts, [
      { total: 'year', parts: ['may', 'june'] },
      { total: 'may', parts: ['week'] },
    ]);
    expect(hidden).toEqual(new Set(['may', 'june', 'week']));
  });
});

/** What somebody with a pencil makes of a table with holes: both ways that hide-small.ts defends it against. */
export interface Equation {
  /** Hidden numbers by name: 1 for a part, -1 for the total. Together with `known` they make 0. */
  readonly unknown: ReadonlyMap<string, number>;
  readonly known: number;
}

/** Of what a hidden number can be narrowed down to, at least this many values must remain. */
const FEWEST_POSSIBLE = 3;

/** By bounds: everything hidden is at least 1, and each sum bounds its members by what the others can be. */
export function narrowedDown(equations: readonly Equation[]): string[] {
  const low = new Map<string, number>();
  const high = new Map<string, number>();
  const lowOf = (name: string) => low.get(name) ?? 1;
  const highOf = (name: string) => high.get(name) ?? Number.POSITIVE_INFINITY;
  for (let moved = true; moved; ) {
    moved = false;
    for (const { unknown, known } of equations) {
      const [least, most] = [createTotal(known), createTotal(known)];
      for (const [name, sign] of unknown) {
        least.add(sign > 0 ? lowOf(name) : -highOf(name));
        most.add(sign > 0 ? highOf(name) : -lowOf(name));
      }
      for (const [name, sign] of unknown) {
        const [own, ownMost] = sign > 0 ? [lowOf(name), highOf(name)] : [-highOf(name), -lowOf(name)];
        const [others, othersMost] = [least.without(own), most.without(ownMost)];
        const [from, to] = sign > 0 ? [-othersMost, -others] : [others, othersMost];
        if (from > lowOf(name)) {
          low.set(name, from);
          moved = true;
        }
        if (to < highOf(name)) {
          high.set(name, to);
          moved = true;
        }
      }
    }
  }
  return [...new Set([...low.keys(), ...high.keys()])].filter(
    (name) => highOf(name) - lowOf(name) + 1 < FEWEST_POSSIBLE,
  );
}

/** A sum of which one member can be taken out again, also where that one or another is infinite. */
function createTotal(start: number) {
  let finite = start;
  let infinite = 0;
  return {
    add(value: number): void {
      if (Number.isFinite(value)) finite += value;
      else infinite += Math.sign(value);
    },
    without(value: number): number {
      const left = infinite - (Number.isFinite(value) ? 0 : Math.sign(value));
      if (left !== 0) return left * Number.POSITIVE_INFINITY;
      return Number.isFinite(value) ? finite - value : finite;
    },
  };
}

/**
 * Those for which no other table is found that has the same shown numbers and another number there. Two numbers that
 * stand in the same sums can give to each other; for the rest, elimination gives tables that differ: each column that
 * stays free, moved by one, moves some others. A table counts where every sum still holds, looked at in whole numbers,
 * and all that is hidden in it is still at least 1. So what is found is proved; what is not found may need two moves
 * together, and is taken for open.
 */
export function notProvedOpen(equations: readonly Equation[], counts: ReadonlyMap<string, number>): string[] {
  const countOf = (name: string) => counts.get(name) ?? 0;
  const placesOf = new Map<string, [number, number][]>();
  for (const [index, { unknown }] of equations.entries()) {
    for (const [name, sign] of unknown) {
      const places = placesOf.get(name);
      if (places) places.push([index, sign]);
      else placesOf.set(name, [[index, sign]]);
    }
  }
  // Large numbers first: they become those that are moved along, and have room to be made smaller.
  const names = [...placesOf.keys()].sort((a, b) => countOf(b) - countOf(a));
  const proved = new Set<string>();
  const largestOf = new Map<string, string>();
  const columns = names.filter((name) => {
    const places = JSON.stringify(placesOf.get(name));
    const larger = largestOf.get(places);
    if (larger === undefined) largestOf.set(places, name);
    if (larger === undefined || countOf(larger) < 2) return true;
    proved.add(name).add(larger);
    return false;
  });
  const { rows, pivots } = eliminate(equations, columns);
  const isPivot = new Set(pivots);
  for (const [free, name] of columns.entries()) {
    if (isPivot.has(free)) continue;
    const moves: [string, number][] = [[name, 1]];
    for (const [index, pivot] of pivots.entries()) {
      const coefficient = rows[index]?.[free] ?? 0;
      if (coefficient !== 0) moves.push([columns[pivot] ?? '', -coefficient]);
    }
    const isPossible = (sign: number) => moves.every(([moved, by]) => countOf(moved) + sign * by >= 1);
    if ((isPossible(1) || isPossible(-1)) && keepsSums(moves, placesOf)) {
      for (const [moved] of moves) proved.add(moved);
    }
  }
  return names.filter((name) => !proved.has(name));
}

/** In whole numbers: nothing of what elimination rounded is believed. */
function keepsSums(
  moves: readonly (readonly [string, number])[],
  placesOf: ReadonlyMap<string, readonly (readonly [number, number])[]>,
): boolean {
  const moved = new Map<number, number>();
  for (const [name, by] of moves) {
    if (!Number.isSafeInteger(by)) return false;
    for (const [index, sign] of placesOf.get(name) ?? []) {
      moved.set(index, (moved.get(index) ?? 0) + sign * by);
    }
  }
  return [...moved.values()].every((sum) => sum === 0);
}

/** Reduced row echelon form. `pivots`: the column of each row. */
function eliminate(equations: readonly Equation[], names: readonly string[]) {
  const pivots: number[] = [];
  const columnOf = new Map(names.map((name, column) => [name, column]));
  const rows = equations.map(({ unknown }) => {
    const row = new Float64Array(names.length);
    for (const [name, sign] of unknown) {
      const column = columnOf.get(name);
      if (column !== undefined) row[column] = sign;
    }
    return row;
  });
  for (let column = 0; column < names.length && pivots.length < rows.length; column += 1) {
    const rank = pivots.length;
    const isOne = (row: Float64Array, index: number) => index >= rank && Math.abs(row[column] ?? 0) === 1;
    const ones = rows.findIndex(isOne);
    const at = ones >= 0 ? ones : rows.findIndex((row, index) => index >= rank && row[column] !== 0);
    const pivot = rows[at];
    const swapped = rows[rank];
    if (!pivot || !swapped) continue;
    [rows[rank], rows[at]] = [pivot, swapped];
    const by = pivot[column] ?? 1;
    if (by !== 1)
      for (let index = column; index < pivot.length; index += 1) pivot[index] = (pivot[index] ?? 0) / by;
    for (const row of rows) {
      const factor = row[column] ?? 0;
      if (row === pivot || factor === 0) continue;
      for (let index = column; index < row.length; index += 1) {
        row[index] = (row[index] ?? 0) - (pivot[index] ?? 0) * factor;
      }
    }
    pivots.push(column);
  }
  return { rows, pivots };
}

/**
 * Which of a set of published numbers must be hidden so that no number of people from 1 to 4 can be read or computed.
 * Primary suppression hides those numbers themselves, complementary suppression whatever would give them away by
 * subtraction (Hundepool et al., Statistical Disclosure Control, 2012, chapter 4). All hidden numbers look the same, so
 * that a reader knows of one only that it is at least 1; a 0 is said, since there is nobody behind it.
 */
import { FEWEST_SHOWN } from '#shared/protocol/counting.ts';
import { type Equation, narrowedDown, notProvedOpen } from './read-between.ts';

/** One published number is the sum of others. */
export interface Sum {
  readonly total: string;
  readonly parts: readonly string[];
}

/**
 * @param counts every published number by its name. @param sums everything a reader knows of how they add up.
 * @returns the names of those to hide. More than the fewest possible, but found in a time that grows with their number.
 */
export function hideSmall(counts: ReadonlyMap<string, number>, sums: readonly Sum[]): ReadonlySet<string> {
  const hidden = new Set(
    [...counts].filter(([, count]) => count > 0 && count < FEWEST_SHOWN).map(([name]) => name),
  );
  const sumsOf = new Map<string, Sum[]>();
  for (const sum of sums) {
    for (const name of [sum.total, ...sum.parts]) {
      const of = sumsOf.get(name);
      if (of) of.push(sum);
      else sumsOf.set(name, [sum]);
    }
  }
  const countOf = (name: string) => counts.get(name) ?? 0;
  const everything = [...counts.keys()];
  for (;;) {
    const equations = equationsOf(counts, hidden, sums);
    const narrow = narrowedDown(equations);
    // The dearer look only where the cheap one finds nothing.
    const exposed = narrow.length > 0 ? narrow : notProvedOpen(equations, counts);
    if (exposed.length === 0) return hidden;
    const beside = exposed.map((name) => smallestBeside(counts, hidden, name, sumsOf.get(name) ?? []));
    const parts = beside.flatMap(({ part }) => part ?? []);
    // Totals are what people come for: one goes only where no part is left, and then all is looked at again.
    const [total] = beside.flatMap((one) => one.total ?? []).sort((a, b) => countOf(a) - countOf(b));
    const further = smallestShown(counts, hidden, everything);
    const next = parts.length > 0 ? parts : [total ?? further].filter((name) => name !== null);
    // Where all that is not 0 is hidden, twice as much of everything is as possible as what is.
    if (next.length === 0) return hidden;
    for (const name of next) hidden.add(name);
  }
}

/** Null: there is none. */
function smallestShown(
  counts: ReadonlyMap<string, number>,
  hidden: ReadonlySet<string>,
  names: readonly string[],
): string | null {
  let smallest: string | null = null;
  for (const name of names) {
    const count = counts.get(name) ?? 0;
    if (count === 0 || hidden.has(name)) continue;
    if (smallest === null || count < (counts.get(smallest) ?? 0)) smallest = name;
  }
  return smallest;
}

/** What could be hidden beside an exposed number, the smallest of each kind; null: there is none left. */
function smallestBeside(
  counts: ReadonlyMap<string, number>,
  hidden: ReadonlySet<string>,
  exposed: string,
  sums: readonly Sum[],
): { readonly part: string | null; readonly total: string | null } {
  const others = (names: readonly string[]) => names.filter((name) => name !== exposed);
  return {
    part: smallestShown(counts, hidden, others(sums.flatMap(({ parts }) => parts))),
    total: smallestShown(counts, hidden, others(sums.map(({ total }) => total))),
  };
}

/** What a reader knows of the hidden numbers: the sums in which they stand, with all that is shown added up. */
function equationsOf(
  counts: ReadonlyMap<string, number>,
  hidden: ReadonlySet<string>,
  sums: readonly Sum[],
): Equation[] {
  return sums.flatMap(({ total, parts }) => {
    const unknown = new Map<string, number>();
    let known = 0;
    const add = (name: string, sign: number) => {
      if (hidden.has(name)) unknown.set(name, (unknown.get(name) ?? 0) + sign);
      else known += sign * (counts.get(name) ?? 0);
    };
    for (const part of parts) add(part, 1);
    add(total, -1);
    return unknown.size > 0 ? [{ unknown, known }] : [];
  });
}

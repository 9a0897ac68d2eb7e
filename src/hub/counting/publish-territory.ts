/**
 * A territory: the sum of what its mairies show, and of nothing that they hide. Its operator may open each mairie's own
 * page; a true total would give what that page hides. So it says "at least".
 */
import { type CountedPeriod, countedFailure, residentWord } from '#shared/protocol/counting.ts';
import type { PublishedYear } from './publish-year.ts';

export interface PublishedMairie {
  readonly name: string;
  readonly year: PublishedYear;
}

type Count = number | null;

/** @param mairies of one year, with the same periods each; at least one. */
export function publishTerritory(mairies: readonly PublishedMairie[]): PublishedYear {
  const [first] = mairies;
  if (!first) throw new Error('A territory without mairies has nothing to publish.');
  return {
    periods: first.year.periods.map((one, at) =>
      periodOf(
        one,
        mairies.flatMap(({ name, year }) => {
          const period = year.periods[at];
          return period ? [{ name, period }] : [];
        }),
      ),
    ),
    motives: [],
  };
}

function periodOf(
  { period, firstDay, lastDay, steps }: CountedPeriod,
  mairies: readonly { readonly name: string; readonly period: CountedPeriod }[],
): CountedPeriod {
  const all = mairies.map((mairie) => mairie.period);
  const sumOf = (count: (one: CountedPeriod) => Count) => sum(all.map(count));
  const bodies = [...new Set(all.flatMap((one) => one.bodies.map(({ name }) => name)))];
  const bodyCount = (name: string) =>
    sumOf((one) => {
      const found = one.bodies.find((body) => body.name === name);
      return found ? found.visits : 0;
    });
  return {
    period,
    firstDay,
    lastDay,
    visits: sumOf((one) => one.visits),
    atLeast: all.some((one) => one.visits === null || one.bodies.some(({ visits }) => visits === null)),
    bodies: byCount(bodies.map((name) => ({ name, visits: bodyCount(name) }))),
    mairies: byCount(mairies.map(({ name, period: { visits } }) => ({ name, visits }))),
    steps: steps.map((step, at) => ({ ...step, visits: sumOf((one) => one.steps[at]?.visits ?? null) })),
    failed: sumOf(({ failed }) => failed),
    failures: countedFailure.options
      .map((why) => ({
        why,
        visits: sumOf(({ failures }) => {
          const found = failures.find((one) => one.why === why);
          return found ? found.visits : 0;
        }),
      }))
      .filter(({ visits }) => visits !== 0),
    answered: sumOf(({ answered }) => answered),
    words: residentWord.options
      .map((word) => ({
        word,
        residents: sumOf(({ words }) => words.find((one) => one.word === word)?.residents ?? null),
      }))
      .filter(() => all.some(({ words }) => words.length > 0)),
    // A median cannot be made of medians.
    wait: null,
    talk: null,
    printedPages: sumOf(({ printedPages }) => printedPages),
    scannedPages: sumOf(({ scannedPages }) => scannedPages),
    travel: all.reduce<CountedPeriod['travel']>(
      (sum, { travel }) =>
        sum && travel
          ? {
              kilometres: sum.kilometres + travel.kilometres,
              minutes: sum.minutes + travel.minutes,
              visits: sum.visits + travel.visits,
            }
          : (sum ?? travel),
      null,
    ),
  };
}

/** Null where every one that is not 0 is hidden. */
function sum(counts: readonly Count[]): Count {
  const shown = counts.filter((count) => count !== null);
  const total = shown.reduce((all, count) => all + count, 0);
  return total === 0 && shown.length < counts.length ? null : total;
}

function byCount<T extends { readonly name: string; readonly visits: Count }>(lines: T[]): T[] {
  return lines
    .filter(({ visits }) => visits !== 0)
    .sort((a, b) => (b.visits ?? 0) - (a.visits ?? 0) || a.name.localeCompare(b.name, 'fr'));
}

/**
 * A year of one mairie, or of one body, as it may be read: every number of it protected together, so that nothing follows
 * from the year less its months, a month less its weeks, or a total less its bodies. Whoever reads one month reads a part
 * of the same publication; there is no free choice of days, because two choices that overlap would give their difference.
 * Bodies, mairies, motives, reasons and words are those of the whole year: a month of one body is nearly always too small
 * to be said, and what must be hidden beside such numbers would take the totals with it.
 */
import {
  type CountedPeriod,
  type CountingAnswer,
  countedFailure,
  residentWord,
} from '#shared/protocol/counting.ts';
import type { Places, VisitCount, YearCounts } from './counts-store.ts';
import { hideSmall, type Sum } from './hide-small.ts';
import { type CountedMonth, monthOf, sundayOf } from './periods.ts';
import { kilometresSpared, minutesSpared } from './travel.ts';

export interface YearOf {
  readonly kind: 'mairie' | 'body';
  readonly year: number;
  readonly months: readonly CountedMonth[];
  readonly counts: YearCounts;
  readonly places: Places;
}

type Breakdown = Pick<CountedPeriod, 'bodies' | 'mairies' | 'failures' | 'words' | 'travel'>;
const NO_BREAKDOWN: Breakdown = { bodies: [], mairies: [], failures: [], words: [], travel: null };

export type PublishedYear = Pick<CountingAnswer, 'periods' | 'motives'>;

/** @param of `counts` are those of this one mairie or body. */
export function publishYear(of: YearOf): PublishedYear {
  const { kind, counts, months, places } = of;
  const year = String(of.year);
  const monthOfWeek = new Map(
    months.flatMap(({ month, mondays }) => mondays.map((monday) => [monday, month])),
  );
  const inMonth = (week: string) => monthOfWeek.get(week) ?? monthOf(week);
  const held = counts.visits.filter(({ outcome }) => outcome === 'completed');
  const otherOf = (row: { mairie_id: string; body_id: string }) =>
    kind === 'body' ? row.mairie_id : row.body_id;

  const visits = createLedger(year, months);
  for (const row of held) {
    const month = inMonth(row.week);
    visits.addWeek(row.week, month, row.visits);
    visits.addPart(otherOf(row), row.visits);
    visits.addMotive(row.body_id, row.motive, row.visits, kind === 'mairie');
  }
  const failures = createLedger(year, months);
  for (const { week, outcome, visits: count } of counts.visits) {
    if (outcome === 'completed') continue;
    failures.addMonth(inMonth(week), count);
    failures.addPart(outcome, count);
  }
  const words = createLedger(year, months);
  for (const { week, word, residents } of counts.words) {
    words.addMonth(inMonth(week), residents);
    words.addPart(word, residents);
  }
  const [seen, failed, said] = [visits.close(), failures.close(), words.close()];
  const others = [...new Set(held.map(otherOf))];
  const otherPlaces = kind === 'body' ? places.mairies : places.bodies;
  const nameOf = (id: string) => otherPlaces.get(id)?.name ?? '';
  const kilometres = kilometresBy(of, held);

  function breakdown(): Breakdown {
    const lines = others
      .map((id) => ({ id, name: nameOf(id), visits: seen.part(id) }))
      .filter((line) => line.visits !== 0)
      .sort((a, b) => (b.visits ?? 0) - (a.visits ?? 0) || a.name.localeCompare(b.name, 'fr'));
    const shown = lines.map(({ name, visits: count }) => ({ name, visits: count }));
    return {
      bodies: kind === 'mairie' ? shown : [],
      mairies: kind === 'body' ? shown : [],
      failures: countedFailure.options
        .map((why) => ({ why, visits: failed.part(why) }))
        .filter((line) => line.visits !== 0),
      words: residentWord.options.map((word) => ({ word, residents: said.part(word) })),
      travel: travelOf(lines, kilometres),
    };
  }
  function periodOf(period: string, mondays: readonly string[]): CountedPeriod {
    const total = seen.period(period);
    const medians =
      total === null ? undefined : counts.medians.find(({ month }) => (month ?? year) === period);
    const own = held.filter(({ week }) => period === year || inMonth(week) === period);
    const pages = (of: (row: VisitCount) => number) =>
      total === null ? null : own.reduce((sum, row) => sum + of(row), 0);
    return {
      period,
      firstDay: mondays[0] ?? '',
      lastDay: sundayOf(mondays.at(-1) ?? ''),
      visits: total,
      atLeast: false,
      steps:
        period === year
          ? months.map(({ month, mondays: [firstDay = ''] }) => ({ firstDay, visits: seen.period(month) }))
          : mondays.map((firstDay) => ({ firstDay, visits: seen.week(firstDay) })),
      failed: failed.period(period),
      answered: said.period(period),
      wait: medians?.wait ?? null,
      talk: medians?.talk ?? null,
      printedPages: pages(({ printed }) => printed),
      scannedPages: pages(({ scanned }) => scanned),
      ...(period === year ? breakdown() : NO_BREAKDOWN),
    };
  }
  return {
    periods: [
      periodOf(
        year,
        months.flatMap(({ mondays }) => mondays),
      ),
      ...months.map(({ month, mondays }) => periodOf(month, mondays)),
    ],
    motives: seen
      .motives()
      .map(({ bodyId, ...line }) => ({ body: places.bodies.get(bodyId)?.name ?? '', ...line }))
      .sort((a, b) => a.body.localeCompare(b.body, 'fr') || (b.visits ?? 0) - (a.visits ?? 0)),
  };
}

/** km for both ways, by the other side's id; absent where a place is not known. */
function kilometresBy({ kind, places }: YearOf, held: readonly VisitCount[]): ReadonlyMap<string, number> {
  return new Map(
    held.flatMap(({ mairie_id, body_id }): [string, number][] => {
      const [mairie, office] = [places.mairies.get(mairie_id)?.place, places.bodies.get(body_id)?.place];
      const id = kind === 'body' ? mairie_id : body_id;
      return mairie && office ? [[id, kilometresSpared(mairie, office)]] : [];
    }),
  );
}

/** From numbers that are shown, and from no others: it says nothing that they do not. */
function travelOf(
  lines: readonly { readonly id: string; readonly visits: number | null }[],
  kilometresOf: ReadonlyMap<string, number>,
): CountedPeriod['travel'] {
  const known = lines.flatMap(({ id, visits }) => {
    const kilometres = kilometresOf.get(id);
    return visits === null || kilometres === undefined ? [] : [{ visits, kilometres: visits * kilometres }];
  });
  if (known.length === 0) return null;
  const kilometres = known.reduce((sum, one) => sum + one.kilometres, 0);
  return {
    kilometres: Math.round(kilometres),
    minutes: Math.round(minutesSpared(kilometres)),
    visits: known.reduce((sum, one) => sum + one.visits, 0),
  };
}

interface Published {
  readonly period: (period: string) => number | null;
  readonly week: (monday: string) => number | null;
  /** Of the whole year. */
  readonly part: (part: string) => number | null;
  readonly motives: () => { bodyId: string; motive: string | null; visits: number | null }[];
}

/** Numbers that add up over a year, its months and weeks, and over the parts of the year; published once all are in. */
function createLedger(year: string, months: readonly CountedMonth[]) {
  const counts = new Map<string, number>([[year, 0]]);
  const parts = new Set<string>();
  const motives = new Map<string, { bodyId: string; motive: string | null; ofPart: boolean }>();
  let hasWeeks = false;
  const add = (name: string, count: number) => counts.set(name, (counts.get(name) ?? 0) + count);
  const partName = (part: string) => `part ${part}`;

  function addMonth(month: string, count: number): void {
    add(year, count);
    add(month, count);
  }
  return {
    addMonth,
    addWeek(monday: string, month: string, count: number): void {
      hasWeeks = true;
      addMonth(month, count);
      add(`week ${monday}`, count);
    },
    addPart(part: string, count: number): void {
      parts.add(part);
      add(partName(part), count);
    },
    /** @param ofPart the body is one of the parts; else there is only one body, and it is the whole. */
    addMotive(bodyId: string, motive: string | null, count: number, ofPart: boolean): void {
      const name = `motive ${bodyId} ${motive ?? ''}`;
      motives.set(name, { bodyId, motive, ofPart });
      add(name, count);
    },
    close(): Published {
      const motivesOf = new Map<string, string[]>();
      for (const [name, { bodyId, ofPart }] of motives) {
        const total = ofPart ? partName(bodyId) : year;
        motivesOf.set(total, [...(motivesOf.get(total) ?? []), name]);
      }
      const sums: Sum[] = [
        { total: year, parts: months.map(({ month }) => month) },
        { total: year, parts: [...parts].map(partName) },
        ...[...motivesOf].map(([total, names]) => ({ total, parts: names })),
        ...(hasWeeks
          ? months.map(({ month, mondays }) => ({
              total: month,
              parts: mondays.map((monday) => `week ${monday}`),
            }))
          : []),
      ];
      const hidden = hideSmall(counts, sums);
      const read = (name: string) => (hidden.has(name) ? null : (counts.get(name) ?? 0));
      return {
        period: read,
        week: (monday) => read(`week ${monday}`),
        part: (part) => read(partName(part)),
        motives: () =>
          [...motives].map(([name, { bodyId, motive }]) => ({ bodyId, motive, visits: read(name) })),
      };
    },
  };
}

/** All figures of a year as the lines of one long table: one number a line, as spreadsheets sort and add up best. */
import type { CountedPeriod, CountingAnswer } from '#shared/protocol/counting.ts';
import { countingWords } from '../words/words.ts';

/** The words of a line, then its number; null: hidden. */
export interface CountingRow {
  readonly words: readonly string[];
  readonly count: number | null;
}

export function countingRows({ periods, motives, answerTimes }: CountingAnswer): CountingRow[] {
  const [year] = periods;
  return [
    ...periods.flatMap(rowsOf),
    ...(year
      ? motives.map(({ body, motive, visits }) =>
          row(year, countingWords.table.motives, `${motive ?? countingWords.otherMotive} (${body})`, visits),
        )
      : []),
    ...(year ? answerTimes.flatMap((times) => answerRows(year, times)) : []),
  ];
}

function answerRows(
  year: CountedPeriod,
  { body, questions, medianHours, within72 }: CountingAnswer['answerTimes'][number],
): CountingRow[] {
  const { table } = countingWords;
  return [
    row(year, table.questions, body, questions),
    row(year, table.answerHours, body, medianHours),
    row(year, table.answered72, body, within72),
  ];
}

function rowsOf(period: CountedPeriod): CountingRow[] {
  const { table } = countingWords;
  const one = (heading: string, count: number | null) => row(period, heading, table.total, count);
  const { travel, wait, talk } = period;
  return [
    one(table.visits, period.visits),
    ...period.bodies.map(({ name, visits }) => row(period, table.bodies, name, visits)),
    ...period.mairies.map(({ name, visits }) => row(period, table.mairies, name, visits)),
    // Of the year they are the months, which have lines of their own.
    ...(period.period.length === 4 ? [] : period.steps).map(({ firstDay, visits }) =>
      row(period, table.steps, countingWords.weekOf(firstDay), visits),
    ),
    one(table.failed, period.failed),
    ...period.failures.map(({ why, visits }) => row(period, table.failed, countingWords.why[why], visits)),
    one(table.answered, period.answered),
    ...period.words.map(({ word, residents }) =>
      row(period, countingWords.words, countingWords.answers[word], residents),
    ),
    ...(wait === null ? [] : [one(table.wait, wait)]),
    ...(talk === null ? [] : [one(table.talk, talk)]),
    one(table.printed, period.printedPages),
    one(table.scanned, period.scannedPages),
    ...(travel ? [one(table.kilometres, travel.kilometres), one(table.minutes, travel.minutes)] : []),
  ];
}

function row(
  { period, firstDay, lastDay }: CountedPeriod,
  heading: string,
  detail: string,
  count: number | null,
): CountingRow {
  return { words: [period, firstDay, lastDay, heading, detail], count };
}

/** A year of made-up figures, for tests. */
import { type CountedPeriod, type CountingAnswer, countingAnswer } from '#shared/protocol/counting.ts';

const VISITS = [0, 0, null, 12, 19, 24, 21, null, 38, 47] as const;
/** Of its Sunday or Monday: the months' true days do not matter to a page. */
const day = (month: number, of: number) =>
  `2026-${String(month).padStart(2, '0')}-${String(of).padStart(2, '0')}`;

function period(change: Partial<CountedPeriod>): CountedPeriod {
  return {
    ...{ period: '2026', firstDay: '2025-12-29', lastDay: '2026-11-01', visits: 184, atLeast: false },
    bodies: [
      { name: 'Office des familles du Val-Clair', visits: 96 },
      { name: 'Service des impôts du Val-Clair', visits: 58 },
      { name: 'Caisse agricole', visits: 30 },
      { name: 'Sous-préfecture', visits: null },
    ],
    mairies: [],
    steps: VISITS.map((visits, at) => ({ firstDay: day(at + 1, 5), visits })),
    ...{ failed: 17, answered: 112, wait: 10, talk: 25, printedPages: 431, scannedPages: 268 },
    failures: [
      { why: 'residentGone', visits: 9 },
      { why: 'cancelledByClerk', visits: 8 },
      { why: 'terminalClosed', visits: null },
    ],
    words: [
      { word: 'yes', residents: 91 },
      { word: 'partly', residents: 15 },
      { word: 'no', residents: 6 },
    ],
    travel: { kilometres: 9_240, minutes: 11_090, visits: 184 },
    ...change,
  };
}

export function madeYear(change: Partial<CountingAnswer> = {}): CountingAnswer {
  const months = VISITS.map((visits, at) =>
    period({
      ...{ period: day(at + 1, 1).slice(0, 7), firstDay: day(at + 1, 2), lastDay: day(at + 1, 28), visits },
      steps: [2, 9, 16, 23].map((of) => ({
        firstDay: day(at + 1, of),
        visits: visits === null ? null : Math.floor(visits / 4),
      })),
      ...{ bodies: [], failures: [], words: [], travel: null },
      ...(visits ? { failed: 0, answered: 11 } : { wait: null, talk: null, failed: 0, answered: null }),
      ...(visits === null ? { printedPages: null, scannedPages: null } : {}),
    }),
  );
  return countingAnswer.parse({
    scope: { kind: 'mairie', name: 'Saint-Martin-des-Prés' },
    mairies: [],
    ...{ year: 2026, years: [2025, 2026], until: '2026-11-01' },
    periods: [period({}), ...months],
    motives: [
      { body: 'Office des familles du Val-Clair', motive: 'Demande d’aide au logement', visits: 62 },
      { body: 'Office des familles du Val-Clair', motive: null, visits: 34 },
      { body: 'Service des impôts du Val-Clair', motive: 'Taxe foncière', visits: null },
    ],
    answerTimes: [
      { body: 'Office des familles du Val-Clair', questions: 34, medianHours: 21, within72: 94 },
      { body: 'Service des impôts du Val-Clair', questions: null, medianHours: null, within72: null },
    ],
    ...change,
  });
}

/** A period in sentences: what a mayor would say aloud. On the page and in the report. */
import type { CountedPeriod } from '#shared/protocol/counting.ts';
import { countingWords } from '../words/words.ts';

/** The first says how many; the others stand where there is something to say. */
export function sentencesOf(period: CountedPeriod): [string, ...string[]] {
  const { sentences, name } = countingWords;
  const { visits, travel, wait, talk, printedPages, scannedPages, answered, failed, words } = period;
  const yes = words.find(({ word }) => word === 'yes')?.residents ?? null;
  return [
    sentences.visits(name(period.period), visits, period.atLeast),
    ...(travel ? [sentences.travel(travel.kilometres, travel.minutes, travel.visits === visits)] : []),
    ...(visits !== 0 && wait !== null && talk !== null ? [sentences.times(wait, talk)] : []),
    ...(visits !== 0 && printedPages !== null && scannedPages !== null
      ? [sentences.pages(printedPages, scannedPages)]
      : []),
    ...(answered ? [sentences.words(answered, yes)] : []),
    ...(failed ? [sentences.failed(failed)] : []),
  ];
}

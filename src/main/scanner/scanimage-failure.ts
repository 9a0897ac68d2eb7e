/** What scanimage's last words mean (sane_strstatus(3), in the C locale; its exit status is the SANE status). */
import type { FailureCode } from '#shared/failure.ts';

const WORDS: readonly (readonly [RegExp, FailureCode])[] = [
  [/feeder jammed/i, 'scannerJammed'],
  [/out of documents/i, 'scannerEmpty'],
  [/cover is open/i, 'scannerCoverOpen'],
  [/device busy/i, 'scannerBusy'],
  [/access to resource has been denied/i, 'scannerDenied'],
  // A device that was unplugged, or that no backend knows.
  [/open of device .* failed: (invalid argument|error during device i\/o)/i, 'scannerAbsent'],
  [/no SANE devices found/i, 'scannerAbsent'],
];

/** SANE_Status, sane.h. */
const STATUSES: Readonly<Record<number, FailureCode>> = {
  3: 'scannerBusy',
  6: 'scannerJammed',
  7: 'scannerEmpty',
  8: 'scannerCoverOpen',
  11: 'scannerDenied',
};

export function scanimageFailure(status: number | null, words: string): FailureCode {
  const said = words.split(/[\r\n]+/).filter((line) => line.startsWith('scanimage:'));
  for (const line of said.reverse()) {
    const meaning = WORDS.find(([pattern]) => pattern.test(line));
    if (meaning) return meaning[1];
  }
  return STATUSES[status ?? 0] ?? 'scanFailed';
}

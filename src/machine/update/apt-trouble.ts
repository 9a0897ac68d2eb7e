/**
 * What apt's own words mean (LC_ALL=C; Debian 12 and 13). Of several, the one that matters most: an index that somebody
 * changed must never be reported as a cable that fell out.
 */
import type { UpdateTrouble } from '#shared/machine/update-report.ts';

const WORDS: readonly (readonly [UpdateTrouble, RegExp])[] = [
  [
    'badSignature',
    /NO_PUBKEY|BADSIG|EXPKEYSIG|REVKEYSIG|is not signed|invalid signature|Clearsigned file isn't valid|The following signatures|Missing key|Sub-process \S*sqv returned an error/,
  ],
  ['expired', /Release file .*is expired/],
  ['clockBehind', /Release file .*is not valid yet/],
  [
    'damaged',
    /Hash Sum mismatch|hashes of expected file|unexpected size|Unable to parse package file|weak security information/,
  ],
  ['noRoom', /No space left on device|don't have enough free space|not enough space/i],
  [
    'unreachable',
    /Could not resolve|Temporary failure resolving|Could not connect|Connection (?:failed|refused|timed out)|Unable to connect|Network is unreachable|Failed to fetch|File not found/,
  ],
];

/** @param said what apt wrote before it failed. */
export function troubleIn(said: string): UpdateTrouble {
  return WORDS.find(([, words]) => words.test(said))?.[0] ?? 'notInstalled';
}

/** The words in use. One language today; a second one is chosen here. */
import type { SelfTestFinding } from '#shared/self-test.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { accountFr } from './account-fr.ts';
import { appointmentsFr } from './appointments-fr.ts';
import { countingFr } from './counting-fr.ts';
import { dataFr } from './data-fr.ts';
import { clerkFailuresFr, counsellorFailuresFr, type FailureWords } from './failures-fr.ts';
import { formsFr } from './forms-fr.ts';
import { fr, type Words } from './fr.ts';
import { handOverFr } from './hand-over-fr.ts';
import { invitedFr } from './invited-fr.ts';
import { lettersFr } from './letters-fr.ts';
import { openingFr } from './opening-fr.ts';
import { passkeysFr } from './passkeys-fr.ts';
import { peopleFr } from './people-fr.ts';
import { providerFr } from './provider-fr.ts';
import { questionsFr } from './questions-fr.ts';
import { receiptFr } from './receipt-fr.ts';
import { residentFr } from './resident-fr.ts';
import { ownFindingsFr, selfTestFr, terminalFindingsFr } from './self-test-fr.ts';
import { sheetsFr } from './sheets-fr.ts';
import { shotFr } from './shot-fr.ts';
import { signingFr } from './signing-fr.ts';
import { updatesFr } from './updates-fr.ts';
import { wipeFr } from './wipe-fr.ts';

export const words: Words = fr;
export const selfTestWords = selfTestFr;
export const formWords = formsFr;
export const letterWords = lettersFr;
export const wipeWords = wipeFr;
export const updateWords = updatesFr;
export const receiptWords = receiptFr;
export const signingWords = signingFr;
export const shotWords = shotFr;
export const appointmentWords = appointmentsFr;
export const accountWords = accountFr;
export const openingWords = openingFr;
export const passkeyWords = passkeysFr;
export const peopleWords = peopleFr;
export const sheetWords = sheetsFr;
export const questionWords = questionsFr;
export const countingWords = countingFr;
export const dataWords = dataFr;
export const residentWords = residentFr;
export const handOverWords = handOverFr;
export const invitedWords = invitedFr;
export const providerWords = providerFr;

export function counsellorFailure(code: ConsoleFailureCode): FailureWords {
  return counsellorFailuresFr[code];
}

export function clerkFailure(code: ConsoleFailureCode): FailureWords {
  return clerkFailuresFr[code];
}

/** What is wrong with a terminal, for whoever stands beside it. */
export function terminalFinding(finding: SelfTestFinding): FailureWords {
  return terminalFindingsFr[finding];
}

/** What is wrong with the counsellor's own computer. */
export function ownFinding(finding: SelfTestFinding): FailureWords {
  return ownFindingsFr[finding];
}

/** "Plus de papier dans l'imprimante : prévenez l'accueil, l'impression reprendra seule." */
export function sentence({ what, todo }: FailureWords): string {
  return `${what}\u00a0: ${todo.charAt(0).toLocaleLowerCase('fr')}${todo.slice(1)}`;
}

/** A wait as people say it: whole minutes, then hours. Milliseconds in; never negative. */
export function duration(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 1) return words.durations.lessThanAMinute;
  if (minutes < 60) return words.durations.minutes(minutes);
  return words.durations.hours(Math.floor(minutes / 60), minutes % 60);
}

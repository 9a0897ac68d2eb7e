import { describe, expect, it } from 'vitest';
import { failureCodes } from '#shared/failure.ts';
import { selfTestFinding } from '#shared/self-test.ts';
import { accountFr } from './account-fr.ts';
import { appointmentsFr } from './appointments-fr.ts';
import { countingFr } from './counting-fr.ts';
import { dataFr } from './data-fr.ts';
import { clerkFailuresFr, counsellorFailuresFr } from './failures-fr.ts';
import { formsFr } from './forms-fr.ts';
import { fr } from './fr.ts';
import { lettersFr } from './letters-fr.ts';
import { openingFr, openingWhen } from './opening-fr.ts';
import { peopleFr } from './people-fr.ts';
import { providerFr } from './provider-fr.ts';
import { questionsFr } from './questions-fr.ts';
import { receiptFr } from './receipt-fr.ts';
import { ownFindingsFr, selfTestFr, terminalFindingsFr } from './self-test-fr.ts';
import { sheetsFr } from './sheets-fr.ts';
import { shotFr } from './shot-fr.ts';
import { signingFr } from './signing-fr.ts';
import { wipeFr } from './wipe-fr.ts';
import { counsellorFailure, duration, sentence } from './words.ts';

/** Every text of a dictionary, functions called with plausible arguments. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [String(value(2, 3))];
  if (value && typeof value === 'object') return Object.values(value).flatMap(texts);
  return [];
}
const { figures, ...selfTest } = selfTestFr;
const { problem, ...forms } = formsFr;
// These read days, hours and names of days, not numbers.
const { weekOf, day, today, hour, wallTime, ...appointments } = appointmentsFr;
const { from, to, addHoursTo, removeHours, ...plainAppointments } = appointments;
const {
  name,
  month,
  weekOf: weekFrom,
  span,
  day: dayOf,
  sentences,
  file,
  reportFile,
  ...counting
} = countingFr;
const { visits, words: opinions, ...plainSentences } = sentences;
const signing = { ...signingFr, sign: [signingFr.sign([1]), signingFr.sign([1, 2])] };
const problems = [
  { why: 'missing' },
  { why: 'notADay', format: 'dd/mm/yyyy' },
  { why: 'bornLater' },
  { why: 'endsBefore', other: 'Début' },
  { why: 'tooLong', limit: 5 },
  { why: 'tooShort', cells: 15, missing: 1 },
  { why: 'tooShort', cells: 15, missing: 2 },
  { why: 'wrongKey' },
  { why: 'notAnOption' },
] as const;
const everything = [
  ...problems.map((one) => problem({ name: 'champ', ...one })),
  ...[fr, counsellorFailuresFr, clerkFailuresFr].flatMap(texts),
  ...[accountFr, dataFr, openingFr, peopleFr].flatMap(texts),
  ...[forms, lettersFr, providerFr, questionsFr, receiptFr, sheetsFr, shotFr, signing, wipeFr].flatMap(texts),
  ...[selfTest, terminalFindingsFr, ownFindingsFr, plainAppointments].flatMap(texts),
  ...[counting, plainSentences].flatMap(texts),
  ...[null, 0, 34].flatMap((count) => [visits(name('2026-10'), count, true), opinions(34, count)]),
  ...[month('2026-10'), weekFrom('2026-06-01'), span('2026-06-01', '2026-06-07'), dayOf('2026-06-01')],
  ...[weekOf('2026-02-02', '2026-02-08'), day('2026-02-02'), today('2026-02-02')],
  ...[from('Lundi', 1), to('Lundi', 1), addHoursTo('Lundi'), removeHours('Lundi', 1)],
  ...[hour(0, 'Europe/Paris'), wallTime('09:30')],
];

describe('words', () => {
  it('keep high punctuation and quotes together with their word', () => {
    expect(everything.length).toBeGreaterThan(200);
    for (const text of everything) expect(text).not.toMatch(/ [:;?!»]|« |\w[:;?!](\s|$)/);
  });

  it('use the typographic apostrophe', () => {
    for (const text of everything) expect(text).not.toContain("'");
  });

  it('say what happened and what to do for every failure, to both readers', () => {
    for (const code of failureCodes) {
      for (const { what, todo } of [counsellorFailuresFr[code], clerkFailuresFr[code]]) {
        expect(what).toMatch(/^[A-ZÀÉ].*[^.]$/);
        expect(todo).toMatch(/^[A-ZÀÉ].*\.$/);
        expect(what + todo).not.toContain(code);
      }
    }
  });

  it('say so for every finding of a self-test too', () => {
    for (const finding of selfTestFinding.options) {
      for (const { what, todo } of [terminalFindingsFr[finding], ownFindingsFr[finding]]) {
        expect(what).toMatch(/^[A-ZÀÉ].*[^.]$/);
        expect(todo).toMatch(/^[A-ZÀÉ].*\.$/);
      }
    }
  });

  it('say a self-test’s figures with their units, and only those there are', () => {
    const measured = {
      camera: { state: 'absent' },
      microphone: { state: 'heard', noise: -61.5 },
      speaker: 'present',
      sound: { level: -33.2, delay: 84.25, echo: { reduction: 41.4, orMore: true } },
    } as const;
    expect(figures(measured)).toBe(
      'son −33\u00a0dB, bruit −62\u00a0dB, retard 84\u00a0ms, écho réduit de 41\u00a0dB ou plus',
    );
    expect(figures({ ...measured, sound: null })).toBe('bruit −62\u00a0dB');
    expect(figures({ ...measured, microphone: { state: 'absent' }, sound: null })).toBe('');
  });

  it('joins both in one sentence', () => {
    expect(sentence(counsellorFailure('printerOutOfPaper'))).toBe(
      'Plus de papier dans l’imprimante\u00a0: prévenez l’accueil, l’impression reprendra seule.',
    );
  });

  it.each([
    ['2026-11-23T14:30:00+01:00', 'à 14\u00a0h\u00a030'],
    ['2026-11-24T09:00:00+01:00', 'demain à 9\u00a0h'],
    ['2026-11-27T09:05:00+01:00', 'vendredi à 9\u00a0h\u00a005'],
    ['2026-11-30T09:00:00+01:00', 'lundi 30 novembre à 9\u00a0h'],
  ])('says of %s, on a Monday morning: %s', (at, expected) => {
    const now = Date.parse('2026-11-23T08:00:00+01:00');
    expect(openingWhen({ at: Date.parse(at), timeZone: 'Europe/Paris' }, now)).toBe(expected);
  });

  it('says a wait as people do', () => {
    expect(duration(-5)).toBe('moins d’une minute');
    expect(duration(59_999)).toBe('moins d’une minute');
    expect(duration(4 * 60_000)).toBe('4\u00a0min');
    expect(duration(65 * 60_000)).toBe('1\u00a0h\u00a005');
  });
});

/** What is wanted of this terminal: from whoever sits there, or from a file; the same steps ask either (install.ts). */
import { type Answers, answerFields } from './answers.ts';
import type { Dialogue } from './dialogue.ts';
import type { FoundPrinter } from './printers.ts';
import type { FoundScanner } from './scanners.ts';
import { words } from './words-fr.ts';

export type MediaKind = 'camera' | 'microphone' | 'speaker';

export interface Wishes {
  /** @param silent one that did not answer; asked again. Null: there is no other. */
  readonly hub: (silent: string | null) => Promise<string | null>;
  readonly commune: () => Promise<Answers['commune']>;
  /** @param refused an earlier one was. Null: there is no other. */
  readonly code: (refused: boolean) => Promise<string | null>;
  /** @param refused the one chosen before could not be used. Null: none, or no other. */
  readonly printer: (found: readonly FoundPrinter[], refused: boolean) => Promise<string | null>;
  /** Null: none. */
  readonly scanner: (found: readonly FoundScanner[]) => Promise<string | null>;
  /** Null: the system's default. */
  readonly media: (kind: MediaKind, labels: readonly string[]) => Promise<string | null>;
  readonly face: Answers['face'];
  /** With both screens before one's eyes. */
  readonly isFaceRight: () => Promise<boolean>;
  readonly rest: Pick<Answers, 'button' | 'selfTest'>;
}

/** Of one who sits there; Enter keeps what was there before. */
export function askedWishes(dialogue: Dialogue, before: Partial<Answers>): Wishes {
  const { ask, say } = dialogue;
  const text = <T>(schema: { safeParse: (value: unknown) => { success: boolean; data?: T } }) => {
    return (answer: string): T | null => schema.safeParse(answer).data ?? null;
  };
  const fromList = <T>(labels: readonly string[], values: readonly T[]) => {
    for (const [at, label] of labels.entries()) say(`  ${at + 1}. ${label}`);
    return (answer: string): T | null =>
      (/^\d{1,3}$/.test(answer) ? values[Number(answer) - 1] : undefined) ?? null;
  };
  const NONE = Symbol('none');

  async function device(
    question: string,
    found: readonly { readonly label: string; readonly value: string }[],
    typed: (answer: string) => string | null,
  ): Promise<string | null> {
    const listed = fromList(
      found.map(({ label }) => label),
      found.map(({ value }) => value),
    );
    const usual = found.length > 0 ? '1' : '0';
    const answer = await ask<string | typeof NONE>(
      question,
      (given) => (given === '0' ? NONE : (listed(given) ?? typed(given))),
      usual,
    );
    return answer === NONE ? null : answer;
  }

  return {
    hub: async (silent) => {
      if (silent) say(words.hubSilent(silent));
      return ask(words.ask.hub, text<string>(answerFields.hub), before.hub);
    },
    commune: async () => {
      const { name } = answerFields.commune.shape;
      const known = before.commune;
      const given = await ask(words.ask.commune, text<string>(name), known?.name);
      return answerFields.commune.parse({ ...known, name: given });
    },
    code: async (refused) => {
      if (refused) say(words.outOfService.codeRefused);
      return ask(words.ask.code, text<string>(answerFields.enrolmentCode));
    },
    printer: (found) =>
      device(
        words.ask.printer,
        found.map(({ label, choice }) => ({ label, value: choice })),
        (given) => (/[.:]/.test(given) ? given : null),
      ),
    scanner: (found) =>
      device(
        words.ask.scanner,
        found.map(({ label, device: value }) => ({ label, value })),
        () => null,
      ),
    media: (kind, labels) => ask(words.ask[kind], fromList(labels, labels), '1'),
    face: before.face ?? 'left',
    isFaceRight: () =>
      ask(
        words.ask.face,
        (given) => (words.yes.test(given) ? { is: true } : words.no.test(given) ? { is: false } : null),
        'o',
      ).then(({ is }) => is),
    rest: {
      button: before.button ?? { driver: 'none' },
      selfTest: before.selfTest ?? answerFields.selfTest.parse({}),
    },
  };
}

/** Of a file: nobody is asked. */
export function writtenWishes(answers: Answers): Wishes {
  const one = <T>(wanted: string, found: readonly T[], choiceOf: (one: T) => string): string | null => {
    if (wanted === 'none') return null;
    if (wanted !== 'auto') return wanted;
    const [only] = found;
    return only && found.length === 1 ? choiceOf(only) : null;
  };
  return {
    hub: async (silent) => (silent ? null : answers.hub),
    commune: async () => answers.commune,
    code: async (refused) => (refused ? null : answers.enrolmentCode),
    printer: async (found, refused) => (refused ? null : one(answers.printer, found, ({ choice }) => choice)),
    scanner: async (found) => one(answers.scanner, found, ({ device }) => device),
    media: async (kind) => answers[kind],
    face: answers.face,
    isFaceRight: async () => true,
    rest: { button: answers.button, selfTest: answers.selfTest },
  };
}

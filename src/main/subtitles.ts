/**
 * What the counsellor says, in writing, for a resident who hears badly: the last two sentences, gone after a silence.
 * In memory only; never logged.
 */

export interface Subtitles {
  /** Null: not asked for. */
  readonly lines: () => string[] | null;
  readonly set: (on: boolean) => void;
  /** The same `id` again is the same sentence, further on. */
  readonly heard: (id: string, text: string) => void;
  readonly clear: () => void;
}

/** ms that the last words stay to be read. */
const READING_TIME = 8_000;
/** Characters of a sentence that fit: the end of a longer one is what was just said. */
const LONGEST = 110;

export function createSubtitles(onChange: () => void): Subtitles {
  let on = false;
  let sentences: { readonly id: string; readonly text: string }[] = [];
  let timer: NodeJS.Timeout | undefined;

  function reset(next: boolean): void {
    clearTimeout(timer);
    on = next;
    sentences = [];
  }

  return {
    lines: () => (on ? sentences.map(({ text }) => endOf(text)) : null),
    set(next) {
      if (next === on) return;
      reset(next);
      onChange();
    },
    heard(id, text) {
      if (!on) return;
      sentences = [...sentences.filter((one) => one.id !== id), { id, text }].slice(-2);
      clearTimeout(timer);
      timer = setTimeout(() => {
        sentences = [];
        onChange();
      }, READING_TIME);
      onChange();
    },
    clear: () => reset(false),
  };
}

/** From a whole word on. */
function endOf(text: string): string {
  if (text.length <= LONGEST) return text;
  const end = text.slice(-LONGEST);
  return `… ${end.slice(end.indexOf(' ') + 1)}`;
}

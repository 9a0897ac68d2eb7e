/** Days as forms want them written. Formats use Acrobat's letters: "dd/mm/yyyy", "ddmmyyyy", "yyyy-mm-dd". */

export interface Day {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

/** What French forms use where they do not say. */
const USUAL_DATE = 'dd/mm/yyyy';
const USUAL_CELLS = 'ddmmyyyy';
/** AFDate_Format(n): Acrobat's numbered formats that have a day, a month and a year (JavaScript for Acrobat API). */
const NUMBERED: Readonly<Record<number, string>> = {
  2: 'mm/dd/yy',
  3: 'mm/dd/yyyy',
  5: 'dd-mmm-yy',
  6: 'dd-mmm-yyyy',
};

/** The format that a field's own script asks for, or null. */
export function formatOfScript(script: string): string | null {
  const named = /AFDate_(?:Format|Keystroke)Ex\s*\(\s*["']([^"']{4,30})["']/.exec(script)?.[1];
  const numbered = /AFDate_(?:Format|Keystroke)\s*\(\s*(\d{1,2})\s*\)/.exec(script)?.[1];
  const format = named ?? (numbered ? NUMBERED[Number(numbered)] : undefined);
  return format && isWritable(format) ? format.toLowerCase() : null;
}

/** A day, a month and a year in figures: what can be typed and checked. */
function isWritable(format: string): boolean {
  return /^(?=.*d{1,2})(?=.*y{2})(?!.*m{3})[dmy/. -]+$/i.test(format) && /m{1,2}/i.test(format);
}

/** Where no script says it: by what the field is called. */
export function formatOfWords(words: string, cells: number | null): string | null {
  if (cells !== null && cells !== 8) return null;
  const plain = words
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  const isDate = /\bdate\b|\bne\(?e?\)? le\b|^le$|^(fait )?le\b.*\bjour|jj ?\/ ?mm/.test(
    plain.replaceAll('_', ' '),
  );
  if (!isDate) return null;
  return cells === 8 ? USUAL_CELLS : USUAL_DATE;
}

/** What was typed as a day of the calendar; null where it is none. Any separators, or none, are understood. */
export function parseDay(text: string, format: string): Day | null {
  const order = [...format.toLowerCase().matchAll(/d+|m+|y+/g)].map(([letters]) => letters);
  const parts =
    text.includes('/') || /\D/.test(text.trim()) ? text.trim().split(/\D+/) : cut(text.trim(), order);
  if (parts.length !== 3 || order.length !== 3) return null;
  const found: Record<string, number> = {};
  for (const [at, letters] of order.entries()) {
    const part = parts[at] ?? '';
    const isYear = letters.startsWith('y');
    if (!(isYear ? /^(\d{4}|\d{2})$/ : /^\d{1,2}$/).test(part)) return null;
    if (isYear && letters.length === 4 && part.length !== 4) return null;
    found[letters.charAt(0)] = isYear && part.length === 2 ? 2000 + Number(part) : Number(part);
  }
  const { y: year = 0, m: month = 0, d: day = 0 } = found;
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1000;
  return exists ? { year, month, day } : null;
}

function cut(digits: string, order: readonly string[]): string[] {
  let at = 0;
  const parts = order.map((letters) => {
    const length = letters.startsWith('y') ? letters.length : 2;
    at += length;
    return digits.slice(at - length, at);
  });
  return at === digits.length ? parts : [];
}

/** As the form writes it. */
export function formatDay({ year, month, day }: Day, format: string): string {
  return format
    .toLowerCase()
    .replace(/y+/, (letters) => (letters.length === 2 ? String(year % 100).padStart(2, '0') : String(year)))
    .replace(/m+/, (letters) => String(month).padStart(letters.length, '0'))
    .replace(/d+/, (letters) => String(day).padStart(letters.length, '0'));
}

/** Days from one to the other; negative where the second comes first. */
export function daysBetween(from: Day, to: Day): number {
  const at = ({ year, month, day }: Day) => Date.UTC(year, month - 1, day) / 86_400_000;
  return at(to) - at(from);
}

/** "jj/mm/aaaa", as a French reader knows the format. */
export function formatInFrench(format: string): string {
  return format.toLowerCase().replaceAll('d', 'j').replaceAll('y', 'a');
}

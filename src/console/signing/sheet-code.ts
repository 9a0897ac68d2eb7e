/** The code in a printed page's margin: a random number and the page, nothing of the resident or the form. */

export interface SheetCode {
  /** Ten digits, new for each print: of a form that is to come back signed. */
  readonly number: string;
  /** From 1. */
  readonly page: number;
}

/** Sixteen alphanumeric characters: all that the smallest QR code holds with a quarter of it in reserve (ISO/IEC 18004, table 7). */
export function sheetCodeText({ number, page }: SheetCode): string {
  return `VV${number}P${String(page).padStart(3, '0')}`;
}

/** Null: some other code. */
export function readSheetCode(text: string): SheetCode | null {
  const [, number, page] = /^VV(\d{10})P(\d{3})$/.exec(text) ?? [];
  return number && page ? { number, page: Number(page) } : null;
}

export function newSheetNumber(): string {
  const digits = crypto.getRandomValues(new Uint32Array(2));
  return [...digits].map((part) => String(part % 100_000).padStart(5, '0')).join('');
}

/** "482 913 7560 · 2", to be read by a person. */
export function sheetCodeDigits({ number, page }: SheetCode): string {
  return `${groupedNumber(number)} · ${page}`;
}

export function groupedNumber(number: string): string {
  return [number.slice(0, 3), number.slice(3, 6), number.slice(6)].join('\u00a0');
}

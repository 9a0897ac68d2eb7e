/** RFC 4180, with what French spreadsheets expect beside it: UTF-8 with its mark (BOM), semicolons. */
import { countingWords } from '../words/words.ts';
import type { CountingRow } from './counting-rows.ts';

export function countingCsv(rows: readonly CountingRow[]): Uint8Array<ArrayBuffer> {
  const lines = [
    countingWords.table.columns.map(field),
    ...rows.map(({ words, count }) => [
      ...words.map(field),
      count === null ? field(countingWords.hidden) : String(count),
    ]),
  ];
  return new TextEncoder().encode(`\ufeff${lines.map((line) => `${line.join(';')}\r\n`).join('')}`);
}

/**
 * Spreadsheets compute what begins with one of these, in quotes too; what stands behind an apostrophe stays text (OWASP,
 * "CSV Injection").
 */
const FORMULA = /^[\s\p{Cf}]*[=+\-@\t\r]/u;

function field(text: string): string {
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/**
 * The spaces at which French does not break a line become no-break ones: before : ; ? ! » € %, after «, and within a
 * number. What was typed looks the same.
 */
export function noBreakSpaces(text: string): string {
  return text
    .replace(/ (?=[:;?!»%€])/g, '\u00a0')
    .replace(/(?<=«) /g, '\u00a0')
    .replace(/(?<=\d) (?=\d{3}(?!\d))/g, '\u00a0');
}

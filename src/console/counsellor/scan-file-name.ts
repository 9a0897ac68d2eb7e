/**
 * "numerisation-2026-03-09-14h05.pdf", or "…-14h05-2.pdf" for the second of several, by this computer's clock. No name of a
 * person: files outlive visits.
 */
export function scanFileName(date: Date, rank: number | null): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}h${two(date.getMinutes())}`;
  return `numerisation-${day}-${time}${rank === null ? '' : `-${rank}`}.pdf`;
}

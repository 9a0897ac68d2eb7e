/** "numerisation-2026-03-09-14h05.pdf", by this computer's clock. No name of a person: files outlive visits. */
export function scanFileName(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `numerisation-${day}-${two(date.getHours())}h${two(date.getMinutes())}.pdf`;
}

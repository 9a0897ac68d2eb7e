/** "9 h 30", "9h", "9:30", "0930": "09:30", as the hub wants it. Null: no time of day. */
export function readTime(typed: string): string | null {
  const found = /^(\d{1,2})(?:[h:.]?(\d{2})?)$/i.exec(typed.replace(/\s/g, ''));
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

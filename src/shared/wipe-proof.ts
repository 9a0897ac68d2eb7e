import type { WipeReport } from './protocol/terminal-report.ts';

/**
 * What a terminal signs (Ed25519, RFC 8032, with the key that it was enrolled with) when it says how a wipe went. One
 * line each: for whom, of which visit, when, how it ended, and every check. Its own words at the beginning, so that no
 * other signature of the terminal's passes for this one.
 */
export function wipeMessage(terminalId: string, { visitId, at, ok, checked }: WipeReport): string {
  return [
    'vis-a-vis wipe 1',
    terminalId,
    visitId ?? 'no visit',
    String(at),
    ok ? 'nothing left' : 'something left',
    ...checked.map((check) => `${check.name} ${check.looked} ${check.left} ${check.ok ? 'ok' : 'not ok'}`),
  ].join('\n');
}

/** Nothing was left, by every line of the report and not only by its first word. */
export function nothingLeft({ ok, checked }: WipeReport): boolean {
  return ok && checked.length > 0 && checked.every((check) => check.ok && check.left === 0);
}

import { describe, expect, it } from 'vitest';
import type { WipeReport } from './protocol/terminal-report.ts';
import { nothingLeft, wipeMessage } from './wipe-proof.ts';

const TERMINAL = '00000000-0000-4000-8000-000000000001';
const report: WipeReport = {
  ok: true,
  at: 1_790_000_000_000,
  visitId: '00000000-0000-4000-8000-000000000002',
  checked: [
    { name: 'print-jobs', looked: 2, left: 0, ok: true },
    { name: 'clipboard', looked: 1, left: 0, ok: true },
  ],
};
const [first, second] = report.checked;

describe('the message that is signed', () => {
  it('holds the whole report in a text that another program can make again', () => {
    expect(wipeMessage(TERMINAL, report)).toBe(
      [
        'vis-a-vis wipe 1',
        TERMINAL,
        '00000000-0000-4000-8000-000000000002',
        '1790000000000',
        'nothing left',
        'print-jobs 2 0 ok',
        'clipboard 1 0 ok',
      ].join('\n'),
    );
  });

  it.each<[what: string, terminalId: string, other: Partial<WipeReport>]>([
    ['terminal', '00000000-0000-4000-8000-000000000009', {}],
    ['visit', TERMINAL, { visitId: null }],
    ['time', TERMINAL, { at: 1_790_000_000_001 }],
    ['end', TERMINAL, { ok: false }],
    ['check', TERMINAL, { checked: first ? [first] : [] }],
    ['order of checks', TERMINAL, { checked: first && second ? [second, first] : [] }],
    ['number', TERMINAL, { checked: first && second ? [{ ...first, left: 1 }, second] : [] }],
  ])('is another for another %s', (_what, terminalId, other) => {
    expect(wipeMessage(terminalId, { ...report, ...other })).not.toBe(wipeMessage(TERMINAL, report));
  });
});

describe('nothing left', () => {
  it('is believed of a report whose every line says so', () => {
    expect(nothingLeft(report)).toBe(true);
  });

  it.each<[what: string, report: WipeReport]>([
    ['says that it failed', { ...report, ok: false }],
    ['looked at nothing', { ...report, checked: [] }],
    ['counts one thing left', { ...report, checked: first ? [{ ...first, left: 1 }] : [] }],
    ['has a check that failed', { ...report, checked: first ? [{ ...first, ok: false }] : [] }],
  ])('is not believed of one that %s', (_what, doubtful) => {
    expect(nothingLeft(doubtful)).toBe(false);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { playwrightTotals, sum, vitestTotals } from './test-totals.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'totals-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(content: unknown): string {
  const file = path.join(folder, `${Math.random()}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test.each([
  [
    { success: true, numPassedTests: 7, numFailedTests: 0 },
    { passed: 7, failed: 0 },
  ],
  [
    { success: false, numPassedTests: 7, numFailedTests: 2 },
    { passed: 7, failed: 2 },
  ],
  // A test file that does not even load.
  [
    { success: false, numPassedTests: 7, numFailedTests: 0 },
    { passed: 7, failed: 1 },
  ],
])('Vitest %o counts as %o', (report, totals) => {
  expect(vitestTotals(written(report))).toEqual(totals);
});

test.each([
  [{ stats: { expected: 3, unexpected: 0, flaky: 0 } }, { passed: 3, failed: 0 }],
  [{ stats: { expected: 3, unexpected: 1, flaky: 1 } }, { passed: 3, failed: 2 }],
  [
    { errors: [{}], stats: { expected: 0, unexpected: 0, flaky: 0 } },
    { passed: 0, failed: 1 },
  ],
])('Playwright %o counts as %o', (report, totals) => {
  expect(playwrightTotals(written(report))).toEqual(totals);
});

test('a run that left no report has failed', () => {
  const missing = path.join(folder, 'none.json');
  expect(sum([vitestTotals(missing), playwrightTotals(missing)])).toEqual({ passed: 0, failed: 2 });
});

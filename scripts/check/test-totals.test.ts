import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { playwrightTotals, sum, vitestTotals } from './test-totals.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'totals-'));
const none = path.join(folder, 'none.json');
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
  expect(vitestTotals(written(report), none)).toMatchObject(totals);
});

test.each([
  [{ stats: { expected: 3, unexpected: 0, flaky: 0 } }, { passed: 3, failed: 0 }],
  [{ stats: { expected: 3, unexpected: 1, flaky: 1 } }, { passed: 3, failed: 2 }],
  [
    { errors: [{}], stats: { expected: 0, unexpected: 0, flaky: 0 } },
    { passed: 0, failed: 1 },
  ],
])('Playwright %o counts as %o', (report, totals) => {
  expect(playwrightTotals(written(report))).toMatchObject(totals);
});

test('a run that left no report has failed', () => {
  expect(sum([vitestTotals(none, none), playwrightTotals(none)])).toMatchObject({ passed: 0, failed: 2 });
});

test('each failed test of Vitest is named with the beginning of its message, a file that does not load too', () => {
  const red = '\u001b[31mexpected 1\u001b[39m';
  const { failures } = vitestTotals(
    written({
      success: false,
      numPassedTests: 1,
      numFailedTests: 1,
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: 'fine', failureMessages: [] },
            { status: 'failed', fullName: 'counts', failureMessages: [red + 'x'.repeat(5_000)] },
          ],
        },
        { name: 'b.test.ts', status: 'failed', message: 'cannot load', assertionResults: [] },
      ],
    }),
    none,
  );
  expect(failures).toHaveLength(2);
  expect(failures[0]).toMatch(/^✗ a\.test\.ts › counts\nexpected 1x+$/);
  expect(failures[0]?.length).toBeLessThan(1_500);
  expect(failures[1]).toBe('✗ b.test.ts\ncannot load');
});

test('an error that no test caught counts as a failure, and is told with the file that ran', () => {
  const report = written({ success: true, numPassedTests: 7, numFailedTests: 0 });
  const uncaught = written([{ during: 'd.test.ts', message: 'connection lost' }]);
  expect(vitestTotals(report, uncaught)).toEqual({
    passed: 7,
    failed: 1,
    failures: ['✗ caught by no test, during d.test.ts\nconnection lost'],
  });
});

test('each failed test of Playwright is named, in whatever suite of suites it stands; one that needed a second try too', () => {
  const spec = (title: string, ok: boolean, messages: string[]) => ({
    title,
    file: 'c.spec.ts',
    ok,
    tests: [{ results: [{ errors: messages.map((message) => ({ message })) }] }],
  });
  const { failures } = playwrightTotals(
    written({
      errors: [{ message: 'no display' }],
      stats: { expected: 1, unexpected: 1, flaky: 1 },
      suites: [
        {
          specs: [spec('prints', true, [])],
          suites: [{ specs: [spec('scans', false, ['too late']), spec('wipes', true, ['once'])] }],
        },
      ],
    }),
  );
  expect(failures).toEqual([
    '✗ c.spec.ts › scans\ntoo late',
    '✗ c.spec.ts › wipes\nonce',
    '✗ outside any test\nno display',
  ]);
});

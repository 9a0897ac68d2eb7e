/**
 * `npm test`: sets the machine up, then runs everything: checks, every Vitest test, the build, the end-to-end tests.
 * Goes on after a failure, so that one run tells all; its last line is the number of tests.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { endLeftovers } from '../test/rig/run-folder.ts';
import { build } from './build.ts';
import { staticChecks } from './check/static-checks.ts';
import { report, root, runStep } from './check/step.ts';
import { playwrightTotals, sum, type Totals, vitestTotals } from './check/test-totals.ts';
import { ensureElectronRuntime } from './setup/electron-runtime.ts';
import { ensureSystemPackages } from './setup/system-packages.ts';

const output = path.join(root, 'test-output');
const reports = {
  vitest: path.join(output, 'vitest.json'),
  unhandled: path.join(output, 'vitest-unhandled.json'),
  playwright: path.join(output, 'playwright.json'),
};
const endToEnd = path.join(root, 'test/e2e/playwright.config.ts');

async function timed(name: string, work: () => Promise<unknown>): Promise<boolean> {
  const start = performance.now();
  try {
    await work();
    report(name, true, start);
    return true;
  } catch (error) {
    report(name, false, start);
    console.log(error instanceof Error ? error.message : error);
    return false;
  }
}

async function setUp(): Promise<void> {
  const ended = endLeftovers();
  if (ended > 0) console.log(`Ended ${ended} processes that an earlier run had left.`);
  const missing = ensureSystemPackages();
  if (missing.size > 0) throw new Error('The machine lacks what these tests are made with.');
  await ensureElectronRuntime();
}

async function main(): Promise<boolean> {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  if (!(await timed('set-up', setUp))) return false;
  const results = [await staticChecks(), await timed('build', () => build())];
  const totals: Totals[] = [];

  console.log('Unit and rig tests…');
  results.push(
    await runStep(
      {
        name: 'unit and rig tests',
        program: 'vitest',
        args: ['run'],
        env: { VITEST_REPORT: reports.vitest, VITEST_UNHANDLED: reports.unhandled },
      },
      { loud: true },
    ),
  );
  totals.push(vitestTotals(reports.vitest, reports.unhandled));

  if (existsSync(endToEnd)) {
    console.log('End-to-end tests…');
    results.push(
      await runStep(
        {
          name: 'end-to-end tests',
          program: 'playwright',
          args: ['test', '-c', endToEnd, '--reporter=list,json'],
          env: { PLAYWRIGHT_JSON_OUTPUT_NAME: reports.playwright },
        },
        { loud: true },
      ),
    );
    totals.push(playwrightTotals(reports.playwright));
  }
  const { passed, failed, failures } = sum(totals);
  const ok = results.every(Boolean) && failed === 0;
  if (!ok && failed === 0) console.log('Every test passed, but a check did not: see above.');
  // Last, so that who sees only the end of the output knows.
  for (const failure of failures) console.log(failure);
  console.log(`${passed} passed, ${failed} failed`);
  return ok;
}

process.exitCode = (await main()) ? 0 : 1;

/**
 * `npm run test:build`: builds the packages twice from nothing, then signs, installs, starts, attacks and removes them in
 * roots that are thrown away. On Debian, as root; its last line is the number of tests.
 */
import { globSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dist } from './build/targets.ts';
import { root, runStep } from './check/step.ts';
import { vitestTotals } from './check/test-totals.ts';
import { ensureSystemPackages } from './setup/system-packages.ts';

const output = path.join(root, 'test-output/build');
const first = path.join(output, 'first');
const report = path.join(output, 'vitest.json');
const unhandled = path.join(output, 'vitest-unhandled.json');

async function buildAnew(name: string): Promise<boolean> {
  rmSync(dist, { recursive: true, force: true });
  return runStep({ name, program: 'node', args: [path.join(root, 'scripts/dist.ts')] });
}

async function main(): Promise<boolean> {
  if (process.getuid?.() !== 0) {
    console.error('Packages are installed in roots of their own here: run this as root, on Debian.');
    return false;
  }
  const missing = [...ensureSystemPackages(), ...ensureSystemPackages(['packages'])];
  if (missing.length > 0) return false;
  rmSync(output, { recursive: true, force: true });
  mkdirSync(first, { recursive: true });
  if (!(await buildAnew('packages'))) return false;
  for (const deb of globSync('*.deb', { cwd: dist })) renameSync(path.join(dist, deb), path.join(first, deb));
  if (!(await buildAnew('packages, once more'))) return false;
  const ran = await runStep(
    {
      name: 'tests of the packages',
      program: 'vitest',
      args: ['run', '-c', path.join(root, 'test/build/vitest.config.ts')],
      env: { VITEST_REPORT: report, VITEST_UNHANDLED: unhandled, BUILT_FIRST: first },
    },
    { loud: true },
  );
  const { passed, failed, failures } = vitestTotals(report, unhandled);
  for (const failure of failures) console.log(failure);
  console.log(`${passed} passed, ${failed} failed`);
  return ran && failed === 0;
}

process.exitCode = (await main()) ? 0 : 1;

import { defineConfig } from 'vitest/config';
import { UnhandledErrors } from './scripts/check/unhandled-errors.ts';

/** Where `npm test` reads how it went. */
const { VITEST_REPORT: report, VITEST_UNHANDLED: unhandled } = process.env;

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/build/**', 'test/fixtures/**', '**/node_modules/**'],
    globalSetup: 'test/rig/vitest-leftovers.ts',
    reporters: [
      'default',
      ...(report ? ['json'] : []),
      ...(unhandled ? [new UnhandledErrors(unhandled)] : []),
    ],
    outputFile: { json: report ?? '' },
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

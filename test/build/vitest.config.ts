import { defineConfig } from 'vitest/config';
import { UnhandledErrors } from '../../scripts/check/unhandled-errors.ts';

/** Where `npm run test:build` reads how it went. */
const { VITEST_REPORT: report, VITEST_UNHANDLED: unhandled } = process.env;

export default defineConfig({
  test: {
    include: ['test/build/**/*.test.ts'],
    globalSetup: 'test/rig/vitest-leftovers.ts',
    reporters: [
      'default',
      ...(report ? ['json'] : []),
      ...(unhandled ? [new UnhandledErrors(unhandled)] : []),
    ],
    outputFile: { json: report ?? '' },
    pool: 'forks',
    // What is installed and signed is one and the same for all.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});

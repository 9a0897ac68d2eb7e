/** Reads how many tests passed, and which failed and why, from the JSON reports of Vitest and Playwright. */
import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  /** A text for each failed test that the report names: its file, its name, the beginning of its message. */
  readonly failures: readonly string[];
}

/** Characters. Enough of a message to know what was expected; the rest stands in the run's own output. */
const MESSAGE = 1_200;

const vitestReport = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z
    .array(
      z.object({
        name: z.string(),
        status: z.string(),
        message: z.string().default(''),
        assertionResults: z.array(
          z.object({
            status: z.string(),
            fullName: z.string(),
            failureMessages: z.array(z.string()).nullish(),
          }),
        ),
      }),
    )
    .default([]),
});

const unhandledErrors = z.array(z.object({ during: z.string(), message: z.string() }));

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  ok: z.boolean(),
  tests: z.array(
    z.object({
      results: z.array(
        z.object({ errors: z.array(z.object({ message: z.string().default('') })).default([]) }),
      ),
    }),
  ),
});
const playwrightSuite = z.object({
  specs: z.array(playwrightSpec).default([]),
  get suites() {
    return z.array(playwrightSuite).default([]);
  },
});
const playwrightReport = z.object({
  errors: z.array(z.object({ message: z.string().default('') })).default([]),
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  suites: z.array(playwrightSuite).default([]),
});

/**
 * A run without a report, or one that failed before its tests could, counts as one failure; so does each
 * error that no test caught.
 * @param unhandled a file of `unhandled-errors.ts`
 */
export function vitestTotals(file: string, unhandled: string): Totals {
  if (!existsSync(file)) return noReport;
  const report = vitestReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  const failures = report.testResults.flatMap((suite) => {
    const failed = suite.assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && suite.status === 'failed') return [failure(suite.name, suite.message)];
    return failed.map(({ fullName, failureMessages }) =>
      failure(`${suite.name} › ${fullName}`, failureMessages?.join('\n') ?? ''),
    );
  });
  const { success, numPassedTests, numFailedTests } = report;
  const uncaught = existsSync(unhandled)
    ? unhandledErrors.parse(JSON.parse(readFileSync(unhandled, 'utf8')))
    : [];
  return {
    passed: numPassedTests,
    failed: (success ? numFailedTests : Math.max(1, numFailedTests)) + uncaught.length,
    failures: [
      ...failures,
      ...uncaught.map(({ during, message }) => failure(`caught by no test, during ${during}`, message)),
    ],
  };
}

/** As above; a test that passed only when it was tried again has failed. */
export function playwrightTotals(file: string): Totals {
  if (!existsSync(file)) return noReport;
  const { errors, stats, suites } = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  const failures = suites
    .flatMap(specsOf)
    .map((spec) => ({ spec, messages: messagesOf(spec) }))
    .filter(({ spec, messages }) => !spec.ok || messages.length > 0)
    .map(({ spec, messages }) => failure(`${spec.file} › ${spec.title}`, messages.join('\n')));
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    failures: [...failures, ...errors.map(({ message }) => failure('outside any test', message))],
  };
}

export function sum(all: readonly Totals[]): Totals {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.reduce((total, { failed }) => total + failed, 0),
    failures: all.flatMap(({ failures }) => failures),
  };
}

const noReport: Totals = { passed: 0, failed: 1, failures: ['a run that left no report'] };

function specsOf(suite: z.infer<typeof playwrightSuite>): z.infer<typeof playwrightSpec>[] {
  return [...suite.specs, ...suite.suites.flatMap(specsOf)];
}

function messagesOf(spec: z.infer<typeof playwrightSpec>): string[] {
  return spec.tests.flatMap(({ results }) =>
    results.flatMap(({ errors }) => errors.map(({ message }) => message)),
  );
}

function failure(name: string, message: string): string {
  return `✗ ${name}\n${stripVTControlCharacters(message).slice(0, MESSAGE)}`.trimEnd();
}

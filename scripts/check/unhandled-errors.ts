/**
 * A Vitest reporter that writes down the errors that no test caught: they turn a run red, and stand in no
 * report of Vitest's own.
 */
import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError } from 'vitest/node';

export class UnhandledErrors implements Reporter {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  onTestRunEnd(_modules: unknown, errors: readonly SerializedError[]): void {
    writeFileSync(this.#file, JSON.stringify(errors.map(described)));
  }
}

function described({ message, stack, VITEST_TEST_PATH: during }: SerializedError) {
  return { during: typeof during === 'string' ? during : '', message: stack ?? message };
}

/** Vitest ends its workers without letting them tidy up: what they left is ended here, before and after a run. */
import { endLeftovers } from './run-folder.ts';

export function setup(): void {
  endLeftovers();
}

export function teardown(): void {
  endLeftovers();
}

/** `npm run check`: the quick part, on any machine. Stops at the first step that fails. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { staticChecks } from './check/static-checks.ts';
import { root, runStep } from './check/step.ts';

/** What a test imports when it needs programs that a machine may lack: the rig, a browser, PostgreSQL. */
const NEEDS_MACHINE =
  /#rig\/|\/rig\/|@playwright\/test|testing\/test-(databases|hub)|open-screens|built-console/;

function testsWithoutMachine(): string[] {
  return globSync(['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'], { cwd: root }).filter(
    (file) => !NEEDS_MACHINE.test(readFileSync(path.join(root, file), 'utf8')),
  );
}

const ok =
  (await staticChecks()) &&
  (await runStep({ name: 'unit tests', program: 'vitest', args: ['run', ...testsWithoutMachine()] }));
process.exitCode = ok ? 0 : 1;

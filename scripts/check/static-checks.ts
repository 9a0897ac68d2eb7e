/** Everything that reads the source without running it: format, lint, types per runtime, dead code, layers. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { checkLayers } from '../layers.ts';
import { report, root, runStep, type Step } from './step.ts';

/** One line a step; stops at the first that fails. */
export async function staticChecks(): Promise<boolean> {
  for (const step of steps()) if (!(await runStep(step))) return false;
  return layers();
}

function steps(): Step[] {
  const projects = ['tsconfig.json', ...globSync('src/**/tsconfig.json', { cwd: root }).sort()];
  return [
    { name: 'format and lint', program: 'biome', args: ['check', '--error-on-warnings'] },
    ...projects.map((project) => ({
      name: `types ${path.dirname(project).replace(/^\.$/, 'scripts, test')}`,
      program: 'tsc',
      args: ['-p', project],
    })),
    { name: 'dead code', program: 'knip', args: ['--no-progress'] },
  ];
}

function layers(): boolean {
  const start = performance.now();
  const violations = checkLayers(root);
  report('layers', violations.length === 0, start);
  for (const { file, line, rule } of violations) console.log(`  ${file}:${line}  ${rule}`);
  return violations.length === 0;
}

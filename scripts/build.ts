/** `npm run build [target…]`: makes dist/ out of src/, only what changed since the last time. */
import { inputStamp } from './build/input-stamp.ts';
import { targets } from './build/targets.ts';

/** Builds the named targets, or all; returns the names of those that were out of date. */
export async function build(options: { readonly only?: readonly string[] } = {}): Promise<string[]> {
  const { only } = options;
  const all = targets();
  const unknown = only?.filter((name) => !all.some((target) => target.name === name)) ?? [];
  if (unknown.length > 0) throw new Error(`No such target: ${unknown.join(', ')}.`);
  const built: string[] = [];
  for (const target of all) {
    if (only && !only.includes(target.name)) continue;
    const stamp = inputStamp(target);
    if (stamp.isCurrent()) continue;
    const start = performance.now();
    stamp.forget();
    await asProduction(target.run);
    stamp.remember();
    built.push(target.name);
    console.log(`built ${target.name} (${Math.round(performance.now() - start)} ms)`);
  }
  return built;
}

/** Vite reads NODE_ENV: a test runner's own would put React's development build on the terminal. */
async function asProduction(run: () => Promise<void>): Promise<void> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await run();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

if (import.meta.main) {
  const only = process.argv.slice(2);
  try {
    await build(only.length > 0 ? { only } : {});
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

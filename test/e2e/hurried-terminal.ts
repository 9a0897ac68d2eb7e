/** The terminal's own minute, made shorter from outside: the program has no setting for it, and no test waits that long. */
import type { TerminalProcess } from '#rig/terminal-process.ts';

/** The minute that a resident who left has to come back lasts three seconds from now on. Returns what undoes it. */
export async function hurryTerminal(terminal: TerminalProcess): Promise<() => Promise<void>> {
  await terminal.app().evaluate(() => {
    const real = globalThis.setTimeout;
    const hurried = (fire: () => void, ms?: number, ...rest: unknown[]) =>
      real(fire, ms === 60_000 ? 3_000 : ms, ...(rest as []));
    Object.assign(globalThis, { realSetTimeout: real, setTimeout: Object.assign(hurried, real) });
  });
  return async () => {
    await terminal.app().evaluate(() => {
      Object.assign(globalThis, { setTimeout: Reflect.get(globalThis, 'realSetTimeout') });
    });
  };
}

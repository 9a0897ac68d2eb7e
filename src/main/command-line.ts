/**
 * What the installed terminal may be started with. Chromium's own switches could open its pages to a debugger, to
 * another certificate or another proxy, and Electron has a fuse for none of them.
 */
const OWN = /^--config=./;

/** @param given behind the program's name. @returns those that it does not know. */
export function strangeArguments(given: readonly string[]): string[] {
  return given.filter((argument) => !OWN.test(argument));
}

/** Reads the terminal's configuration. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type TerminalConfiguration, terminalConfiguration } from '#shared/configuration/terminal.ts';

/** @throws Error with the path of each wrong field, for the operator who wrote the file. */
export function readConfiguration(file: string): TerminalConfiguration {
  const parsed = terminalConfiguration.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`The configuration is wrong:\n${z.prettifyError(parsed.error)}`);
}

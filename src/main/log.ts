/** One line of JSON per event on standard output. Never a name, a document, a motive or a message's content. */
import { type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

export function createLog(level: 'info' | 'silent' = 'info'): Log {
  return pino({ base: null, level, serializers: { error: describeError } });
}

/** The message of an error may quote what a document or a person said: only its kind and its place are kept. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { kind: error.name, code, stack: error.stack?.split('\n').slice(1, 6).join('\n') };
}

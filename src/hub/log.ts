/** What of an error may be logged: its kind and where it happened. A database error carries the values that met it. */

export function describeError(error: unknown): {
  type: string;
  message: string;
  code: string | null;
  stack: string;
} {
  if (!(error instanceof Error)) return { type: typeof error, message: '', code: null, stack: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  // The first line is the message, which may quote what somebody typed.
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { type: error.name, message: '', code, stack: frames.join('\n') };
}

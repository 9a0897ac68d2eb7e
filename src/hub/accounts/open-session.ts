import type { FastifyRequest } from 'fastify';
import type { Hub } from '../hub.ts';

/** Logs the browser in. With a new id: one that somebody planted or saw before the log-in is worth nothing after it. */
export async function openSession(
  request: FastifyRequest,
  { clock, timings }: Pick<Hub, 'clock' | 'timings'>,
  accountId: string,
): Promise<void> {
  await request.session.regenerate();
  // Read again: it is another object now.
  request.session.accountId = accountId;
  request.session.expiresAt = clock() + timings.session;
}

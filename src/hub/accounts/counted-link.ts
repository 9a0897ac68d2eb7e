/** Looks at what a stranger's link leads to; links that lead to nothing are counted, by network. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuditAction } from '../audit/store.ts';
import type { Hub } from '../hub.ts';
import { networkOf } from './attempts.ts';
import { refuse } from './guard.ts';

/** A whole office behind one address; 256 bits are not guessed in any number of tries. */
const LIMIT = { attempts: 40, window: 15 * 60_000 } as const;

interface CountedLink<T> {
  /** Counted apart from other kinds. */
  readonly kind: string;
  readonly action: AuditAction;
  /** Null: to nothing, or not any more. */
  readonly look: () => Promise<T | null>;
}

/** Null once it is refused and answered. */
export async function countedLink<T>(
  { attempts, refuseStranger }: Pick<Hub, 'attempts' | 'refuseStranger'>,
  { ip }: Pick<FastifyRequest, 'ip'>,
  reply: FastifyReply,
  { kind, action, look }: CountedLink<T>,
): Promise<T | null> {
  async function refused(outcome: 'tooManyAttempts' | 'linkSpent'): Promise<null> {
    await refuseStranger(ip, { action, outcome });
    await refuse(reply, outcome);
    return null;
  }
  const subject = `${kind} ${networkOf(ip)}`;
  if (!(await attempts.take([[subject, LIMIT]]))) return refused('tooManyAttempts');
  const found = await look();
  if (found === null) return refused('linkSpent');
  await attempts.giveBack(subject);
  return found;
}

/** Tries to log in, by a password or a passkey, counted together. */
import type { Hub } from '../hub.ts';
import { LONGEST_WINDOW, networkOf } from './attempts.ts';

const MINUTE = 60_000;
/**
 * Failures alone count. Few for one account from one network, so that a guesser is stopped and the owner, elsewhere,
 * is not; more for one network (a whole office behind one address); and a ceiling for one account, against many
 * networks at once: asked last, so that no single network can close an account to its owner.
 */
const LIMITS = {
  accountAndNetwork: { attempts: 5, window: 15 * MINUTE },
  network: { attempts: 40, window: 15 * MINUTE },
  account: { attempts: 60, window: LONGEST_WINDOW },
} as const;

/**
 * Counts one try.
 * @param email null: nobody knows whose account it is about.
 * @returns what is to be done once it was no failure; null where there were too many.
 */
export async function countLogIn(
  { attempts }: Pick<Hub, 'attempts'>,
  address: string,
  email: string | null,
): Promise<(() => Promise<void>) | null> {
  const network = networkOf(address);
  const fromNetwork = `log-in ${network}`;
  if (email === null) {
    return (await attempts.take([[fromNetwork, LIMITS.network]]))
      ? () => attempts.giveBack(fromNetwork)
      : null;
  }
  const [here, ofAccount] = [`log-in ${email} ${network}`, `log-in ${email}`];
  const allowed = await attempts.take([
    [here, LIMITS.accountAndNetwork],
    [fromNetwork, LIMITS.network],
    [ofAccount, LIMITS.account],
  ]);
  if (!allowed) return null;
  return async () => {
    await attempts.forget(here);
    for (const subject of [fromNetwork, ofAccount]) await attempts.giveBack(subject);
  };
}

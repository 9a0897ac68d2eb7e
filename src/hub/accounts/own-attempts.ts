/** Guesses at what only the owner knows, counted as those at the log-in are: failures alone. */
import type { FailureCode } from '#shared/failure.ts';
import type { Hub } from '../hub.ts';
import { LONGEST_WINDOW, networkOf } from './attempts.ts';
import { isPassword } from './password.ts';
import { passwordHashOf } from './store.ts';

const MINUTE = 60_000;
/** Against a million codes, three of which are right at a time. */
const CODE_LIMITS = {
  here: { attempts: 5, window: 15 * MINUTE },
  account: { attempts: 20, window: LONGEST_WINDOW },
} as const;
const PASSWORD_LIMIT = { attempts: 5, window: 15 * MINUTE } as const;

/** Null: right. `code` undefined asks for it where there is a second factor. Counted only after a right password. */
export async function checkSecondFactor(
  hub: Hub,
  { accountId, address, code }: { accountId: string; address: string; code: string | undefined },
): Promise<FailureCode | null> {
  if (!(await hub.secondFactors.of(accountId))) return null;
  if (code === undefined) return 'secondFactorNeeded';
  const [here, everywhere] = [`code ${accountId} ${networkOf(address)}`, `code ${accountId}`];
  const allowed = await hub.attempts.take([
    [here, CODE_LIMITS.here],
    [everywhere, CODE_LIMITS.account],
  ]);
  if (!allowed) return 'tooManyAttempts';
  const taken = await hub.secondFactors.take(accountId, code);
  if (!taken) return 'wrongSecondFactor';
  await hub.attempts.forget(here);
  await hub.attempts.giveBack(everywhere);
  if (taken === 'recovery') {
    await hub.audit({ actor: accountId, action: 'account.recoveryCode', outcome: 'ok' });
  }
  return null;
}

/** Of somebody who is logged in already: an open desk must not be enough to change the way in. */
export async function checkOwnPassword(
  hub: Hub,
  accountId: string,
  password: string,
): Promise<FailureCode | null> {
  const subject = `own password ${accountId}`;
  if (!(await hub.attempts.take([[subject, PASSWORD_LIMIT]]))) return 'tooManyAttempts';
  if (!(await isPassword(await passwordHashOf(hub.database, accountId), password))) return 'wrongCredentials';
  await hub.attempts.forget(subject);
  return null;
}

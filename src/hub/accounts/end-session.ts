/** Sessions that are over, and accounts that changed: their pages are told at whichever hub they are connected. */
import { assertNever } from '#shared/assert-never.ts';
import type { Queries } from '../database/database.ts';
import type { Hub } from '../hub.ts';
import { closeCodes } from '../live/line.ts';
import type { AccountAnnouncement } from '../neighbours/announcement.ts';
import { hashSessionId } from './session-store.ts';

type Pages = Pick<Hub, 'switchboard' | 'neighbours'>;

/** @param except the session that goes on. */
export async function removeSessions(queries: Queries, accountId: string, except = ''): Promise<void> {
  await queries.run('delete from sessions where account_id = $1 and id_hash <> $2', [accountId, except]);
}

/**
 * After the session is gone from the database.
 * @param session its hash, as the database has it.
 */
export function endSession(hub: Pages, session: string): Promise<void> {
  return everywhere(hub, { what: 'loggedOut', session });
}

/**
 * After its sessions are gone from the database.
 * @param except hash of the session that goes on.
 */
export function endSessionsOf(hub: Pages, account: string, except: string | null = null): Promise<void> {
  return everywhere(hub, { what: 'accountLoggedOut', account, except });
}

/** What it may do has changed: its pages come back at once, as what it is now. */
export function reconnectPagesOf(hub: Pages, account: string): Promise<void> {
  return everywhere(hub, { what: 'accountChanged', account });
}

async function everywhere(hub: Pages, said: AccountAnnouncement): Promise<void> {
  closePagesHere(hub, said);
  await hub.neighbours.announce(said);
}

/** What follows at this hub. */
export function closePagesHere({ switchboard }: Pick<Hub, 'switchboard'>, said: AccountAnnouncement): void {
  for (const { account, sessionId, line } of [...switchboard.consoles()]) {
    const own = account.accountId;
    switch (said.what) {
      case 'loggedOut':
        if (hashSessionId(sessionId) === said.session) line.close(closeCodes.refused, 'logged out');
        break;
      case 'accountLoggedOut':
        if (own === said.account && hashSessionId(sessionId) !== said.except) {
          line.close(closeCodes.refused, 'the session was ended');
        }
        break;
      case 'accountChanged':
        if (own === said.account) line.close(closeCodes.goingAway, 'the account was changed');
        break;
      default:
        assertNever(said);
    }
  }
}

import type { Queries } from '../database/database.ts';
import type { Hub } from '../hub.ts';
import { closeCodes } from '../live/line.ts';
import { hashSessionId } from './session-store.ts';

/** @param except the session that goes on. */
export async function removeSessions(queries: Queries, accountId: string, except = ''): Promise<void> {
  await queries.run('delete from sessions where account_id = $1 and id_hash <> $2', [accountId, except]);
}

/** After the sessions are gone from the database: consoles that are open here lose their connection at once. */
export function cutConsoles(hub: Hub, isMeant: (seat: { accountId: string; sessionKey: string }) => boolean) {
  for (const { account, sessionId, line } of [...hub.switchboard.consoles()]) {
    if (isMeant({ accountId: account.accountId, sessionKey: hashSessionId(sessionId) })) {
      line.close(closeCodes.refused, 'the session was ended');
    }
  }
}

/** What it may do has changed: it comes back at once, as what it is now. */
export function reconnectConsoles(hub: Hub, accountId: string): void {
  for (const { account, line } of [...hub.switchboard.consoles()]) {
    if (account.accountId === accountId) line.close(closeCodes.goingAway, 'the account was changed');
  }
}

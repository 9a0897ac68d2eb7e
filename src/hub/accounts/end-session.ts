/** The pages of a session that is over are sent away, at whichever hub they are connected. */
import type { Hub } from '../hub.ts';
import { closeCodes } from '../live/line.ts';
import { hashSessionId } from './session-store.ts';

/** @param session its hash, as the database has it. */
export async function endSession(
  hub: Pick<Hub, 'switchboard' | 'neighbours'>,
  session: string,
): Promise<void> {
  endSessionHere(hub, session);
  await hub.neighbours.announce({ what: 'loggedOut', session });
}

export function endSessionHere({ switchboard }: Pick<Hub, 'switchboard'>, session: string): void {
  for (const seat of [...switchboard.consoles()]) {
    if (hashSessionId(seat.sessionId) === session) seat.line.close(closeCodes.refused, 'logged out');
  }
}

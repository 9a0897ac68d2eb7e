/** What the hub wrote into the address of somebody who came back from the provider. */
import { type ReturnRefusal, returnRefusal } from '#shared/protocol/provider-log-in.ts';

export interface Returned {
  readonly refused: ReturnRefusal | null;
  /** Logged out there too. */
  readonly left: boolean;
}

/** Read once: whoever loads the page again does not read an old refusal. */
export function takeReturned(): Returned {
  const query = new URLSearchParams(location.search);
  const refused = returnRefusal.safeParse(query.get('refused'));
  const returned = { refused: refused.success ? refused.data : null, left: query.has('left') };
  if (location.search !== '') history.replaceState(null, '', location.pathname + location.hash);
  return returned;
}

/** How many connections may be open that have not proved yet whose they are: strangers must not use up the hub's. */
import { networkOf } from '../accounts/attempts.ts';

/** A proof takes a second: room for every terminal of a territory that comes back at once behind one address, … */
const MOST_A_NETWORK = 40;
/** … and for all of them after a restart of the hub. */
const MOST = 1_000;

export interface Unproved {
  /** False where there are too many. Otherwise leave() must follow, once. */
  readonly enter: (address: string) => boolean;
  readonly leave: (address: string) => void;
}

export function createUnproved(): Unproved {
  const networks = new Map<string, number>();
  let all = 0;
  return {
    enter(address) {
      const network = networkOf(address);
      const here = networks.get(network) ?? 0;
      if (here >= MOST_A_NETWORK || all >= MOST) return false;
      networks.set(network, here + 1);
      all += 1;
      return true;
    },
    leave(address) {
      const network = networkOf(address);
      const here = networks.get(network) ?? 0;
      if (here <= 1) networks.delete(network);
      else networks.set(network, here - 1);
      all -= 1;
    },
  };
}

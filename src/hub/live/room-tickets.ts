/** The two tickets of each visit in call: minted once, the same in every view, and renewed before they run out. */
import type { RoomTicket } from '#shared/protocol.ts';
import { mintRoomTicket, type RoomRole } from '../room/room-ticket.ts';
import type { VisitRecord } from '../visits/store.ts';
import type { Tickets } from './snapshot.ts';

/** A call already joined goes on without a valid ticket; joining again after a cut needs one. */
const LIFE_SECONDS = 2 * 3600;

interface RoomTicketsDeps {
  readonly secret: Uint8Array;
  /** host[:port] of the room. */
  readonly domain: () => string;
  readonly clock: () => number;
}

export function createRoomTickets({ secret, domain, clock }: RoomTicketsDeps) {
  const minted = new Map<string, { readonly room: string; readonly at: number; readonly tickets: Tickets }>();

  return {
    async ticketsFor(visit: VisitRecord): Promise<Tickets | null> {
      if (!visit.call) return null;
      const { room, counsellor } = visit.call;
      const known = minted.get(visit.visitId);
      if (known?.room === room && clock() - known.at < (LIFE_SECONDS * 1000) / 2) return known.tickets;
      const mint = (role: RoomRole, name: string): Promise<RoomTicket> =>
        mintRoomTicket({ secret, domain: domain(), room, role, name, lifeSeconds: LIFE_SECONDS });
      const tickets = {
        terminal: await mint('terminal', visit.terminal),
        counsellor: await mint('counsellor', counsellor),
      };
      minted.set(visit.visitId, { room, at: clock(), tickets });
      return tickets;
    },
    /** Keeps only those of visits still under way. */
    keep(visitIds: ReadonlySet<string>): void {
      for (const visitId of minted.keys()) if (!visitIds.has(visitId)) minted.delete(visitId);
    },
  };
}

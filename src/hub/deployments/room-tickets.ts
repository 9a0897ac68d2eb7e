/** The two tickets of each visit in call: minted once, the same in every view, and renewed before they run out. */
import { createHmac } from 'node:crypto';
import type { RoomTicket } from '#shared/protocol/views.ts';
import { domainOf } from '#shared/room.ts';
import type { Tickets } from '../live/snapshot.ts';
import { mintRoomToken, type RoomRole } from '../room/room-ticket.ts';
import type { VisitRecord } from '../visits/store.ts';
import type { Deployments } from './deployments.ts';

/** A call already joined goes on without a valid ticket; joining again after a cut needs one. */
const LIFE_SECONDS = 2 * 3600;

interface RoomTicketsDeps {
  /** Key of the built-in room's own tokens. */
  readonly secret: Uint8Array;
  readonly deployments: Deployments;
  readonly originOf: (visit: VisitRecord) => string;
  readonly clock: () => number;
}

export interface RoomTickets {
  readonly ticketsFor: (visit: VisitRecord) => Promise<Tickets | null>;
  /** Of the visit's room as it is now, for whoever was invited into the call; null without a call. */
  readonly forInvited: (visit: VisitRecord, name: string) => Promise<RoomTicket | null>;
  /** Keeps only those of visits still under way. */
  readonly keep: (visitIds: ReadonlySet<string>) => void;
}

interface Minted {
  readonly room: string;
  readonly origin: string;
  readonly at: number;
  readonly tickets: Tickets;
}

export function createRoomTickets({ secret, deployments, originOf, clock }: RoomTicketsDeps): RoomTickets {
  const minted = new Map<string, Minted>();

  async function tokenFor(
    origin: string,
    room: string,
    role: RoomRole,
    name: string,
  ): Promise<string | null> {
    const common = { domain: domainOf(origin), room, role, name, lifeSeconds: LIFE_SECONDS };
    if (deployments.isBuiltIn(origin)) return mintRoomToken({ ...common, secret });
    const settings = deployments.tokenOf(origin);
    if (!settings) return null;
    return mintRoomToken({
      ...common,
      secret: Buffer.from(settings.secret),
      issuer: settings.appId,
      audience: settings.audience,
      ...(settings.subject === undefined ? {} : { subject: settings.subject }),
    });
  }

  async function ticketOf(origin: string, room: string, role: RoomRole, name: string): Promise<RoomTicket> {
    // A deployment without tokens lets anyone in who learns the name: whoever is moderator there locks the door.
    const open = !deployments.isBuiltIn(origin) && deployments.tokenOf(origin) === null;
    return {
      origin,
      room,
      jwt: await tokenFor(origin, room, role, name),
      password: open ? passwordOf(secret, origin, room) : null,
    };
  }

  return {
    async ticketsFor(visit) {
      if (!visit.call) return null;
      const { room, counsellor } = visit.call;
      const origin = originOf(visit);
      const known = minted.get(visit.visitId);
      const fresh = known && clock() - known.at < (LIFE_SECONDS * 1000) / 2;
      if (fresh && known.room === room && known.origin === origin) return known.tickets;
      const tickets = {
        terminal: await ticketOf(origin, room, 'terminal', visit.terminal),
        counsellor: await ticketOf(origin, room, 'counsellor', counsellor),
      };
      minted.set(visit.visitId, { room, origin, at: clock(), tickets });
      return tickets;
    },
    forInvited: async (visit, name) =>
      visit.call ? ticketOf(originOf(visit), visit.call.room, 'invited', name) : null,
    keep(visitIds) {
      for (const visitId of minted.keys()) if (!visitIds.has(visitId)) minted.delete(visitId);
    },
  };
}

/** The same from every hub, because the two sides may be told by different ones. */
function passwordOf(secret: Uint8Array, origin: string, room: string): string {
  return createHmac('sha256', secret).update(`password ${origin} ${room}`).digest('hex').slice(0, 32);
}

/**
 * The built-in room with its guests at several hubs: the hub that asks first holds the room, guests elsewhere sit in it
 * through their own hub. Where the link between the two breaks their sockets are cut, as by any cut, and they come
 * back; pictures and voices go from page to page and do not notice.
 */
import { randomUUID } from 'node:crypto';
import type { Guest, Rooms, Seat } from '../room/rooms.ts';
import type { ToNeighbour } from './contract.ts';
import type { Incoming } from './links.ts';
import type { Neighbours } from './neighbours.ts';

type RoomMessage = Extract<ToNeighbour, { type: `room.${string}` }>;

export interface SharedRooms {
  /** `full`: the chair is taken by someone else. `unreachable`: the hub that holds the room; asking again may help. */
  readonly sit: (guest: Guest) => Promise<Seat | 'full' | 'unreachable'>;
  readonly onMessage: (from: Incoming, message: RoomMessage) => void;
  readonly onOutgoingLost: (hubId: string) => void;
  readonly onIncomingLost: (from: Incoming) => void;
}

type Answer = 'seated' | 'full' | 'unreachable';

/** ms that the hub that holds the room has to answer. */
const ANSWER_WITHIN = 5_000;

/** Of this hub, in a room that another one holds. */
interface Away {
  readonly home: string;
  readonly guest: Guest;
  readonly answer: (answer: Answer) => void;
}

/** Of another hub, in a room that this one holds. */
interface Visitor {
  readonly from: Incoming;
  readonly seat: Seat;
}

export function createSharedRooms(
  rooms: Rooms,
  { hubId, homeOfRoom, send }: Pick<Neighbours, 'hubId' | 'homeOfRoom' | 'send'>,
): SharedRooms {
  const away = new Map<string, Away>();
  const visitors = new Map<string, Visitor>();

  async function sitAt(home: string, guest: Guest): Promise<Seat | 'full' | 'unreachable'> {
    const guestId = randomUUID();
    const { participant, session } = guest;
    const late = setTimeout(() => leaveToItself(guestId), ANSWER_WITHIN);
    const answer = await new Promise<Answer>((resolve) => {
      away.set(guestId, { home, guest, answer: resolve });
      if (!send(home, { type: 'room.sit', guestId, session, participant })) resolve('unreachable');
    });
    clearTimeout(late);
    if (answer !== 'seated') {
      away.delete(guestId);
      return answer;
    }
    const end = (type: 'room.leave' | 'room.drop') => () => {
      if (away.delete(guestId)) send(home, { type, guestId });
    };
    return {
      signal: (to, data) => send(home, { type: 'room.signal', guestId, to, data }),
      leave: end('room.leave'),
      drop: end('room.drop'),
    };
  }

  function host(
    from: Incoming,
    { guestId, session, participant }: Extract<RoomMessage, { type: 'room.sit' }>,
  ) {
    const seat = rooms.sit({
      participant,
      session,
      send: (message) => send(from.hubId, { type: 'room.say', guestId, message }),
      close: () => send(from.hubId, { type: 'room.close', guestId }),
    });
    if (seat) visitors.set(guestId, { from, seat });
    send(from.hubId, { type: 'room.seated', guestId, seated: seat !== null });
  }

  /** The room is not reached (any more) from here: the page comes back and asks again. */
  function leaveToItself(guestId: string): void {
    const known = away.get(guestId);
    away.delete(guestId);
    known?.answer('unreachable');
    known?.guest.close();
  }

  function drop(guestId: string): void {
    visitors.get(guestId)?.seat.drop();
    visitors.delete(guestId);
  }

  return {
    async sit(guest) {
      const home = await homeOfRoom(guest.participant.room);
      return home === hubId ? (rooms.sit(guest) ?? 'full') : sitAt(home, guest);
    },
    onMessage(from, message) {
      const { guestId } = message;
      const guest = away.get(guestId);
      const visitor = visitors.get(guestId);
      switch (message.type) {
        case 'room.sit':
          return host(from, message);
        case 'room.signal':
          return visitor?.seat.signal(message.to, message.data);
        case 'room.leave':
          visitors.delete(guestId);
          return visitor?.seat.leave();
        case 'room.drop':
          return drop(guestId);
        case 'room.seated':
          return guest?.answer(message.seated ? 'seated' : 'full');
        case 'room.say':
          return guest?.guest.send(message.message);
        case 'room.close':
          return leaveToItself(guestId);
      }
    },
    onOutgoingLost(hub) {
      for (const [guestId, { home }] of [...away]) if (home === hub) leaveToItself(guestId);
      // They may have missed something: they come back as well.
      for (const [guestId, { from }] of [...visitors]) {
        if (from.hubId !== hub) continue;
        drop(guestId);
        send(hub, { type: 'room.close', guestId });
      }
    },
    onIncomingLost(from) {
      for (const [guestId, visitor] of [...visitors]) if (visitor.from === from) drop(guestId);
    },
  };
}

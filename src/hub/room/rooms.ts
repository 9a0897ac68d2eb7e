/**
 * Who sits in which room. Three chairs a room, one for each role. A newer connection of the same participant takes its
 * chair at once, so a reload leaves no ghost; anyone else finds the chair taken.
 */

import type { RoomParticipant, RoomRole } from './room-ticket.ts';
import type { FromRoom, IceServer, Peer, SignalData } from './signal-contract.ts';

export interface Seat {
  /** Passes data on, if `to` still sits in the room. */
  readonly signal: (to: string, data: SignalData) => void;
  /** Hung up: the others are told that it left for good. */
  readonly leave: () => void;
  /** The socket broke: the others are told that it may come back. */
  readonly drop: () => void;
}

export interface Guest {
  readonly participant: RoomParticipant;
  readonly session: string;
  readonly send: (message: FromRoom) => void;
  /** Ends the connection after what was sent. */
  readonly close: () => void;
}

export interface Rooms {
  /** Null: the chair is taken by someone else. */
  readonly sit: (guest: Guest) => Seat | null;
  /** Tells everyone in it that the visit is over, and ends their connections. */
  readonly close: (room: string) => void;
  /** Ends every connection without a word: the hub stops, the pages come back to the next one. */
  readonly closeAll: () => void;
}

export function createRooms(iceServers: () => readonly IceServer[]): Rooms {
  const rooms = new Map<string, Map<RoomRole, Guest>>();

  function sit(guest: Guest): Seat | null {
    const { room, role, participantId } = guest.participant;
    const chairs = rooms.get(room) ?? new Map<RoomRole, Guest>();
    const before = chairs.get(role);
    if (before && before.participant.participantId !== participantId) return null;
    rooms.set(room, chairs);
    chairs.set(role, guest);
    if (before) {
      // The same page on a new socket only loses its old socket; another page of the same person is told why.
      if (before.session !== guest.session) before.send({ type: 'replaced' });
      before.close();
    }
    const others = () => [...chairs.values()].filter((one) => one.participant.role !== role);
    guest.send({
      type: 'welcome',
      self: asPeer(guest),
      peers: others().map(asPeer),
      iceServers: [...iceServers()],
    });
    for (const one of others()) one.send({ type: 'peer', peer: asPeer(guest) });

    /** False once someone else has the chair: nothing that this connection does then counts. */
    const seated = () => chairs.get(role) === guest;
    function stand(message: 'left' | 'away'): void {
      if (!seated()) return;
      chairs.delete(role);
      for (const one of others()) one.send({ type: message, session: guest.session });
      if (chairs.size === 0 && rooms.get(room) === chairs) rooms.delete(room);
    }
    return {
      signal(to, data) {
        const target = others().find(({ session }) => session === to);
        if (seated()) target?.send({ type: 'signal', from: guest.session, data });
      },
      leave: () => stand('left'),
      drop: () => stand('away'),
    };
  }

  function close(room: string): void {
    const chairs = rooms.get(room);
    const everyone = [...(chairs?.values() ?? [])];
    rooms.delete(room);
    chairs?.clear();
    for (const guest of everyone) {
      guest.send({ type: 'over' });
      guest.close();
    }
  }

  return {
    sit,
    close,
    closeAll() {
      const everyone = [...rooms.values()].flatMap((chairs) => [...chairs.values()]);
      for (const chairs of rooms.values()) chairs.clear();
      rooms.clear();
      for (const guest of everyone) guest.close();
    },
  };
}

function asPeer(guest: Guest): Peer {
  return { session: guest.session, name: guest.participant.name, role: guest.participant.role };
}

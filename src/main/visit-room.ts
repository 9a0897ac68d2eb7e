/** The call of the visit: the room over the face screen, joined again whenever the visit asks, and the self view. */

import type { BrowserWindow } from 'electron';
import type { RoomDevices } from '#shared/ipc.ts';
import type { RoomTicket } from '#shared/protocol.ts';
import type { VisitEvent } from '#shared/visit.ts';
import type { Log } from './log.ts';
import type { VisitSession } from './media-session.ts';
import { openRoomView, type RoomView } from './room-view.ts';
import { openSelfView, type SelfView } from './self-view.ts';

export interface VisitRoom {
  /** Joins, or leaves and joins again. */
  readonly join: (ticket: RoomTicket) => void;
  /** The room is seen only while the counsellor is. */
  readonly setVisible: (visible: boolean) => void;
  readonly setSelfView: (on: boolean) => void;
  readonly leave: () => void;
  /** Every session that this visit opened, for the wipe to look into; forgotten by forget(). */
  readonly sessions: () => readonly VisitSession[];
  readonly forget: () => void;
}

export interface VisitRoomOptions {
  readonly face: BrowserWindow;
  readonly desk: BrowserWindow;
  readonly dist: string;
  readonly devices: RoomDevices;
  readonly displayName: string;
  readonly log: Log;
  readonly dispatch: (event: VisitEvent) => void;
}

export function createVisitRoom(options: VisitRoomOptions): VisitRoom {
  const { face, desk, dist, devices, displayName, log, dispatch } = options;
  let room: RoomView | null = null;
  let self: SelfView | null = null;
  let sessions: VisitSession[] = [];

  function join(ticket: RoomTicket): void {
    room?.close();
    room = openRoomView({
      window: face,
      dist,
      ticket,
      devices,
      displayName,
      log,
      onEvent(event) {
        log.info({ event: `room.${event.type}` });
        if (event.type === 'live') dispatch({ type: 'callLive' });
        // "left" is how Jitsi speaks of any long cut: never the end of a visit.
        else if (event.type !== 'joined') dispatch({ type: 'callLost' });
      },
    });
    sessions.push(room.session);
  }

  return {
    join,
    setVisible: (visible) => room?.setVisible(visible),
    setSelfView(on) {
      if (on === (self !== null)) return;
      self?.close();
      self = on ? openSelfView(desk, dist, devices.camera, log) : null;
      if (self) sessions.push(self.session);
    },
    leave() {
      room?.close();
      room = null;
      self?.close();
      self = null;
    },
    sessions: () => sessions,
    forget() {
      sessions = [];
    },
  };
}

/**
 * The call of the visit: the room over the face screen, warmed at the announcement, joined again whenever the visit
 * asks, and the self view. A page serves one deployment, and no second join after one that failed in it.
 */
import type { BrowserWindow } from 'electron';
import { assertNever } from '#shared/assert-never.ts';
import type { RoomDevices, RoomEvent } from '#shared/ipc.ts';
import type { SentMedia } from '#shared/jitsi-call.ts';
import type { RoomTicket } from '#shared/protocol/views.ts';
import type { VisitEvent } from '#shared/visit-state.ts';
import type { Log } from './log.ts';
import type { VisitSession } from './media-session.ts';
import { watchPicture } from './picture-watch.ts';
import { openRoomView, type RoomView } from './room-view.ts';
import { createSelfCamera, type SelfCamera, type SelfCameraOptions } from './self-camera.ts';
import { openSelfView } from './self-view.ts';
import { type SlowLine, watchSlowLine } from './slow-line.ts';

export interface VisitRoom {
  /** Has the deployment's page ready. Harmless when repeated. */
  readonly warm: (origin: string) => void;
  /** Joins, or leaves and joins again. */
  readonly join: (ticket: RoomTicket) => void;
  /** The room is seen only while the counsellor is. */
  readonly setVisible: (visible: boolean) => void;
  readonly send: (media: SentMedia) => void;
  /** False while the counsellor sends no picture on purpose. */
  readonly expectPicture: (expected: boolean) => void;
  /** What the counsellor says, in writing: asked of every room from now on. False: this deployment has none. */
  readonly setSubtitles: (on: boolean) => boolean;
  readonly line: Pick<SlowLine, 'isSlow' | 'still'>;
  /** The resident's own picture on the desk, and its share of the camera. */
  readonly self: SelfCamera;
  /** How many are in the room besides this terminal, as the deployment says. */
  readonly others: () => number;
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
  /** How the terminal is named in the room. No personal data. */
  readonly displayName: string;
  readonly log: Log;
  readonly dispatch: (event: VisitEvent) => void;
  readonly onCompany: () => void;
  /** The same `id` again is the same sentence, further on. */
  readonly onSaid: (id: string, text: string) => void;
  /** The line became too slow for pictures, or good again. */
  readonly onLine: () => void;
  /** ms to the hub and back; null: not known. */
  readonly roundTrip: () => number | null;
  /** Of shots, taken by the self view. */
  readonly onCamera: Pick<SelfCameraOptions, 'onReady' | 'onShot' | 'onFailed'>;
  /** What a deployment did not know of what is used of it. */
  readonly onDrift: (origin: string, missing: string[]) => void;
}

interface OpenRoom {
  readonly origin: string;
  readonly view: RoomView;
  /** A join was ordered and nothing has been live since: the page itself may be what is wrong. */
  doubtful: boolean;
  /** What the deployment says. */
  live: boolean;
  /** What is seen: the picture had moved, and stands still. */
  still: boolean;
  /** Of what is used of the API, what this deployment lacks. */
  missing: readonly string[];
  stopWatching: () => void;
}

export function createVisitRoom(options: VisitRoomOptions): VisitRoom {
  const { face, desk, dist, devices, displayName, log, dispatch } = options;
  const { onCompany, onDrift, onLine, onSaid, roundTrip } = options;
  let room: OpenRoom | null = null;
  let visible = false;
  let sent: SentMedia = { audio: true, video: true };
  let pictureExpected = true;
  let subtitles = false;
  let others = 0;
  /** The call lets go of the camera for a moment, whatever it is to send. */
  let resting = false;
  /** Pictures of the other side that this room brought. */
  let decoded: number | null = null;
  const line = watchSlowLine({
    pictures: () => (pictureExpected && !line.isSlow() ? decoded : null),
    roundTrip,
    capture: async () => room?.view.picture() ?? null,
    onChange: onLine,
    log,
  });
  const self = createSelfCamera({
    open(onEvent, onCrash) {
      const view = openSelfView({ window: desk, dist, camera: devices.camera, log, onEvent, onCrash });
      note(view.session);
      return view;
    },
    onRest(next) {
      if (next === resting) return;
      resting = next;
      log.info({ event: 'camera.rest', resting });
      room?.view.order({ type: 'send', ...sentNow() });
    },
    ...options.onCamera,
  });
  /** Each session once, with every origin whose pages ran in it. */
  const sessions = new Map<VisitSession['session'], Set<string>>();

  function note({ session, origins }: VisitSession): void {
    sessions.set(session, new Set([...(sessions.get(session) ?? []), ...origins]));
  }

  function open(origin: string): OpenRoom {
    close();
    const view = openRoomView({
      window: face,
      dist,
      origin,
      log,
      onEvent: (event) => hear(opened, event),
      onCrash() {
        if (room === opened) leaveRoom();
        dispatch({ type: 'callLost' });
      },
    });
    const opened: OpenRoom = {
      ...{ origin, view, doubtful: false, live: false, still: false, missing: [] },
      stopWatching: () => undefined,
    };
    room = opened;
    note(view.session);
    view.setVisible(visible);
    view.order({ type: 'prepare', origin });
    view.order({ type: 'send', ...sentNow() });
    showSubtitles(opened);
    return opened;
  }

  function sentNow(): SentMedia {
    return { audio: sent.audio, video: sent.video && !resting };
  }

  function hear(from: OpenRoom, event: RoomEvent): void {
    // What is said is nobody's business but the resident's.
    if (event.type !== 'said')
      log.info({ event: `room.${event.type}`, ...('why' in event ? { why: event.why } : {}) });
    switch (event.type) {
      case 'live':
        from.doubtful = false;
        from.live = true;
        if (!from.still) dispatch({ type: 'callLive' });
        break;
      case 'lost':
      case 'left':
        from.live = false;
        // "left" is how Jitsi speaks of any long cut: never the end of a visit.
        dispatch({ type: 'callLost' });
        break;
      case 'failed':
        // Of its own deployment only, whatever a stranger's script says.
        dispatch({ type: 'roomFailed', origin: from.origin, why: event.why });
        break;
      case 'reachable':
        dispatch({ type: 'roomReachable' });
        break;
      case 'others':
        count(event.count);
        break;
      case 'drift':
        from.missing = event.missing;
        onDrift(from.origin, event.missing);
        break;
      case 'said':
        onSaid(event.id, event.text);
        break;
      case 'joined':
        break;
      default:
        assertNever(event);
    }
  }

  function showSubtitles({ view }: OpenRoom): void {
    view.order({ type: 'subtitles', on: subtitles });
    view.makeRoom(subtitles);
  }

  function count(now: number): void {
    const before = others;
    others = now;
    if (before !== now && Math.max(before, now) > 1) onCompany();
  }

  function close(): void {
    line.watch(false);
    room?.stopWatching();
    room?.view.close();
    room = null;
  }

  /** Anew for each join: the next picture comes in its own time. */
  function watch(opened: OpenRoom): void {
    opened.stopWatching();
    opened.live = false;
    opened.still = false;
    decoded = null;
    line.watch(true);
    opened.stopWatching = watchPicture({
      async count() {
        const frames = await opened.view.frames();
        if (room === opened) decoded = frames;
        return frames;
      },
      onStill() {
        // A counsellor who hides their own picture is not lost, and a slow line is no cut.
        if (!pictureExpected || line.explains()) return;
        opened.still = true;
        log.info({ event: 'room.still' });
        dispatch({ type: 'callLost' });
      },
      onMoving() {
        opened.still = false;
        if (opened.live) dispatch({ type: 'callLive' });
      },
    });
  }

  function leaveRoom(): void {
    close();
    count(0);
  }

  return {
    warm(origin) {
      if (room?.origin !== origin) open(origin);
    },
    join(ticket) {
      const fit = room?.origin === ticket.origin && !room.doubtful ? room : open(ticket.origin);
      fit.doubtful = true;
      count(0);
      watch(fit);
      fit.view.order({ type: 'join', ticket, devices, displayName });
    },
    setVisible(next) {
      visible = next;
      room?.view.setVisible(next);
    },
    send(media) {
      if (media.audio === sent.audio && media.video === sent.video) return;
      sent = media;
      room?.view.order({ type: 'send', ...sentNow() });
    },
    expectPicture(expected) {
      pictureExpected = expected;
    },
    setSubtitles(on) {
      if (on && room?.missing.includes('setSubtitles')) return false;
      subtitles = on;
      if (room) showSubtitles(room);
      return true;
    },
    self,
    leave() {
      leaveRoom();
      self.show('gone');
    },
    line,
    others: () => others,
    sessions: () => [...sessions].map(([session, origins]) => ({ session, origins: [...origins] })),
    forget() {
      sessions.clear();
      sent = { audio: true, video: true };
      subtitles = false;
      line.reset();
    },
  };
}

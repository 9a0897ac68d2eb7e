/** The room page: reads its orders from the hash, starts camera and signalling at once, and wires one to the other. */
import '#shared/zod-without-eval.ts';
import type { FromRoom, Peer, Refusal } from '../signal-contract.ts';
import { openAside } from './aside.ts';
import { waitToBegin } from './beginning.ts';
import { openBridge } from './bridge.ts';
import type { RequestName, RoomEvents } from './bridge-contract.ts';
import { createCallStats } from './call-stats.ts';
import { createCalls } from './calls.ts';
import { type HashOptions, readHash, readWarmHash } from './hash-options.ts';
import { type DeviceList, openOwnMedia } from './own-media.ts';
import { openSignalLink } from './signal-link.ts';
import { openStage } from './stage.ts';
import { fr } from './words/fr.ts';

/** As lib-jitsi-meet names them. */
const errorNames: Record<Refusal, string> = {
  forbidden: 'conference.authenticationRequired',
  expired: 'conference.authenticationRequired',
  unknownRoom: 'conference.destroyed',
  full: 'conference.max_users',
  invalid: 'conference.connectionError',
  tooFast: 'conference.connectionError',
};

function start(hash: HashOptions): void {
  const session = crypto.randomUUID();
  const roomName = decodeURIComponent(location.pathname.slice(1));
  const stage = openStage(fr, {
    selfView: !hash.config.disableSelfView,
    texts: hash.config.notifications?.length !== 0,
  });
  const aside = openAside(fr);
  const stats = createCallStats();
  /** The tracks change, their common name does not. */
  const stream = new MediaStream();
  let own: Peer | null = null;
  /** Whoever else is there, by session. */
  const others = new Map<string, Peer>();
  /** To the one who is met here. */
  let connected = false;
  /** Refused while the picture goes on: said only once the picture is gone too. */
  let refused: Refusal | null = null;

  const media = openOwnMedia({
    wishes: hash.devices,
    startMuted: { audio: hash.config.startWithAudioMuted, video: hash.config.startWithVideoMuted },
    onTrack(kind, track) {
      calls.setTrack(kind, track);
      if (kind === 'video') stage.setOwn(track);
      tellMedia();
    },
    onMuted(kind, muted) {
      emit(kind === 'audio' ? 'audioMuteStatusChanged' : 'videoMuteStatusChanged', { muted });
      tellMedia();
    },
    onAvailable: (kind, available) =>
      emit(kind === 'audio' ? 'audioAvailabilityChanged' : 'videoAvailabilityChanged', { available }),
    onTrouble: (kind, error) =>
      emit(kind === 'audio' ? 'micError' : 'cameraError', {
        type: error.name,
        message: error.message.slice(0, 500),
      }),
    onDevices(devices) {
      stage.setSpeaker(media.speaker());
      aside.setSpeaker(media.speaker());
      emit('deviceListChanged', { devices });
    },
  });
  const link = openSignalLink({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/room-signal`,
    token: hash.jwt,
    session,
    onMessage: receive,
  });
  const calls = createCalls({
    own: () => own?.role ?? null,
    stream,
    tracks: media.tracks,
    send: link.signal,
    onJoined(peer) {
      others.set(peer.session, peer);
      viewOf(peer.role).setPerson(peer.name);
      emit('participantJoined', { id: peer.session, displayName: peer.name });
    },
    onLeft(role, id) {
      others.delete(id);
      viewOf(role).setPerson(null);
      emit('participantLeft', { id });
      if (refused && role === met()) fail(refused);
    },
    onTracks: (role, tracks) => viewOf(role).setRemote(tracks),
    onConnected(role, now) {
      viewOf(role).setConnected(now);
      if (role !== met()) return;
      connected = now;
      if (!now && refused) fail(refused);
    },
    onMedia: (role, now) => viewOf(role).setRemoteMedia(now),
    media: sent,
  });
  const bridge = openBridge({ parentOrigin: hash.parentOrigin, onCommand: command, onRequest: answer });

  /** Whom this page is for: the resident meets the counsellor, everybody else the resident. */
  function met(): Peer['role'] {
    return own?.role === 'terminal' ? 'counsellor' : 'terminal';
  }

  function viewOf(role: Peer['role']) {
    return role === met() ? stage : aside;
  }

  function emit<Name extends keyof RoomEvents>(name: Name, data: RoomEvents[Name]): void {
    bridge.emit(name, data);
  }

  function sent(): { audio: boolean; video: boolean } {
    const tracks = media.tracks();
    return { audio: tracks.audio?.enabled === true, video: tracks.video !== null };
  }

  function tellMedia(): void {
    for (const id of others.keys()) link.signal(id, { kind: 'media', ...sent() });
  }

  function receive(message: FromRoom): void {
    switch (message.type) {
      case 'welcome': {
        const first = own === null;
        own = message.self;
        calls.setIceServers(message.iceServers);
        if (first) {
          const { session: id, name: displayName, role } = message.self;
          emit('videoConferenceJoined', { roomName, id, displayName, avatarURL: '', breakoutRoom: false });
          emit('participantRoleChanged', { id, role: role === 'counsellor' ? 'moderator' : 'participant' });
        }
        calls.seated(message.peers);
        return;
      }
      case 'peer':
        calls.meet(message.peer);
        return;
      case 'signal':
        calls.receive(message.from, message.data);
        return;
      case 'left':
        calls.left(message.session);
        return;
      case 'away':
        calls.away(message.session);
        return;
      case 'refused':
        refused = message.reason;
        if (!connected) fail(message.reason);
        return;
      case 'replaced':
      case 'over':
        hangUp();
    }
  }

  function stop(): void {
    calls.close();
    media.stop();
    if (own) emit('videoConferenceLeft', { roomName });
    own = null;
    others.clear();
    aside.setPerson(null);
  }

  function hangUp(): void {
    link.leave();
    stop();
    stage.end('over');
    emit('readyToClose', {});
  }

  function fail(reason: Refusal): void {
    refused = null;
    emit('errorOccurred', { name: errorNames[reason], type: 'CONFERENCE', isFatal: true });
    stop();
    stage.end('refused');
  }

  function command(name: string): void {
    if (name === 'hangup') hangUp();
    if (name === 'toggleAudio') media.toggle('audio');
    if (name === 'toggleVideo') media.toggle('video');
  }

  function answer(name: RequestName, list: readonly unknown[]): unknown {
    switch (name) {
      case 'getAvailableDevices':
        return media.devices();
      case 'getCurrentDevices':
        return media.current();
      case 'getConnectionStats':
        return stats(calls.connectionTo(met()), idOf(met()));
      case 'getRoomsInfo':
        return { rooms: [{ isMainRoom: true, id: roomName, jid: roomName, participants: participants() }] };
      case 'isAudioAvailable':
        return media.isAvailable('audio');
      case 'isVideoAvailable':
        return media.isAvailable('video');
      case 'isAudioMuted':
        return media.isMuted('audio');
      case 'isVideoMuted':
        return media.isMuted('video');
      case 'isP2pActive':
        return connected;
      case 'setDevice': {
        const [kind, label, id] = list;
        if (!isDeviceList(kind)) throw new Error('Unknown kind of device.');
        return media.choose(kind, text(label), text(id));
      }
    }
  }

  function idOf(role: Peer['role']): string | null {
    return [...others.values()].find((one) => one.role === role)?.session ?? null;
  }

  function participants() {
    return [...(own ? [own] : []), ...others.values()].map(({ session: id, name, role }) => ({
      id,
      jid: `${roomName}/${id}`,
      role: role === 'counsellor' ? 'moderator' : 'participant',
      displayName: name,
    }));
  }
}

function isDeviceList(value: unknown): value is DeviceList {
  return value === 'audioInput' || value === 'audioOutput' || value === 'videoInput';
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

const hash = readHash(location.hash);
const warmFor = readWarmHash(location.hash);
if (hash) {
  // The first connection of a process takes a tenth of a second: spent while camera and signalling are on their way.
  new RTCPeerConnection().close();
  start(hash);
} else if (warmFor !== null && window.parent !== window) waitToBegin(warmFor, start);
else openStage(fr, { selfView: false, texts: true }).end('refused');

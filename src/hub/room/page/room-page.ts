/** The room page: reads its orders from the hash, starts camera and signalling at once, and wires one to the other. */
import '#shared/zod-without-eval.ts';
import type { FromRoom, Refusal } from '../signal-contract.ts';
import { waitToBegin } from './beginning.ts';
import { openBridge } from './bridge.ts';
import type { RequestName, RoomEvents } from './bridge-contract.ts';
import { createCallKeeper } from './call-keeper.ts';
import { createCallStats } from './call-stats.ts';
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
  const stats = createCallStats();
  /** The tracks change, their common name does not. */
  const stream = new MediaStream();
  let own: Extract<FromRoom, { type: 'welcome' }>['self'] | null = null;
  let other: { id: string; name: string; role: string } | null = null;
  let connected = false;
  /** Refused while the picture goes on: said only once the picture is gone too. */
  let refused: Refusal | null = null;

  const media = openOwnMedia({
    wishes: hash.devices,
    startMuted: { audio: hash.config.startWithAudioMuted, video: hash.config.startWithVideoMuted },
    onTrack(kind, track) {
      keeper.setTrack(kind, track);
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
      emit('deviceListChanged', { devices });
    },
  });
  const link = openSignalLink({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/room-signal`,
    token: hash.jwt,
    session,
    onMessage: receive,
  });
  const keeper = createCallKeeper({
    opens: () => own?.role === 'counsellor',
    stream,
    tracks: media.tracks,
    send: link.signal,
    onJoined(peer) {
      other = { id: peer.session, name: peer.name, role: peer.role };
      stage.setPerson(peer.name);
      emit('participantJoined', { id: peer.session, displayName: peer.name });
    },
    onLeft(id) {
      other = null;
      stage.setPerson(null);
      emit('participantLeft', { id });
      if (refused) fail(refused);
    },
    onTracks: stage.setRemote,
    onConnected(now) {
      connected = now;
      stage.setConnected(now);
      if (!now && refused) fail(refused);
    },
    onMedia: stage.setRemoteMedia,
    media: sent,
  });
  const bridge = openBridge({ parentOrigin: hash.parentOrigin, onCommand: command, onRequest: answer });

  function emit<Name extends keyof RoomEvents>(name: Name, data: RoomEvents[Name]): void {
    bridge.emit(name, data);
  }

  function sent(): { audio: boolean; video: boolean } {
    const tracks = media.tracks();
    return { audio: tracks.audio?.enabled === true, video: tracks.video !== null };
  }

  function tellMedia(): void {
    if (other) link.signal(other.id, { kind: 'media', ...sent() });
  }

  function receive(message: FromRoom): void {
    switch (message.type) {
      case 'welcome': {
        const first = own === null;
        own = message.self;
        keeper.setIceServers(message.iceServers);
        if (first) {
          const { session: id, name: displayName, role } = message.self;
          emit('videoConferenceJoined', { roomName, id, displayName, avatarURL: '', breakoutRoom: false });
          emit('participantRoleChanged', { id, role: role === 'counsellor' ? 'moderator' : 'participant' });
        }
        if (message.peer) keeper.meet(message.peer);
        return;
      }
      case 'peer':
        keeper.meet(message.peer);
        return;
      case 'signal':
        keeper.receive(message.from, message.data);
        return;
      case 'left':
        keeper.left(message.session);
        return;
      case 'away':
        keeper.away(message.session);
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
    keeper.close();
    media.stop();
    if (own) emit('videoConferenceLeft', { roomName });
    own = null;
    other = null;
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
        return stats(keeper.connection(), other?.id ?? null);
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

  function participants() {
    const me = own ? [{ id: own.session, name: own.name, role: own.role }] : [];
    return [...me, ...(other ? [other] : [])].map(({ id, name, role }) => ({
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

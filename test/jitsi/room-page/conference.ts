/** One conference through lib-jitsi-meet over Prosody, told with the names and data of Jitsi Meet's API.js. */
import type { JitsiConference, JitsiConnection, JitsiParticipant, JitsiTrack } from './jitsi-globals.ts';
import type { RoomPageSettings } from './settings.ts';
import type { UrlOptions } from './url-options.ts';

export interface Conference {
  /** Null before there is a conference. */
  readonly current: () => JitsiConference | null;
  readonly replaceTrack: (old: JitsiTrack | null, next: JitsiTrack) => Promise<void>;
  /** As API.js answers `connection-stats`. */
  readonly stats: () => object;
  readonly participants: () => readonly JitsiParticipant[];
  /** Opens a locked room that wants one, or locks the room that one is in, as Jitsi Meet's `password` command. */
  readonly usePassword: (password: string) => void;
  readonly leave: () => Promise<void>;
}

export interface ConferenceOptions {
  readonly url: UrlOptions;
  readonly settings: RoomPageSettings;
  readonly tracks: () => readonly JitsiTrack[];
  readonly emit: (name: string, data?: object) => void;
  readonly onRemote: (track: JitsiTrack, there: boolean) => void;
  readonly onKicked: () => void;
  /** Jitsi Meet itself loads the page again after this. */
  readonly onFatal: () => void;
}

/** Of connection and conference, as isFatalJitsiConnectionError and isFatalJitsiConferenceError say. */
const FATAL = new Set([
  'connection.droppedError',
  'connection.otherError',
  'connection.serverError',
  'conference.focusDisconnected',
  'conference.focusLeft',
  'conference.iceFailed',
  'conference.offerAnswerFailed',
  'conference.videobridgeNotAvailable',
]);

export function joinConference(options: ConferenceOptions): Conference {
  const { url, settings, emit } = options;
  const { events } = window.JitsiMeetJS;
  const connection = connect(settings, url);
  let conference: JitsiConference | null = null;
  let stats: object = {};
  let locked = false;

  function fail(type: 'CONNECTION' | 'CONFERENCE', name: string, rest: object): void {
    const isFatal = FATAL.has(name);
    locked = name === 'conference.passwordRequired';
    if (locked) emit('password-required');
    emit('error-occurred', { error: { name, ...rest, type, isFatal } });
    if (!isFatal) return;
    // A connection that dropped has left by itself.
    if (type === 'CONFERENCE') conference?.leave().catch((error: unknown) => console.error(error));
    options.onFatal();
  }

  function enter(): void {
    const entered = connection.initJitsiConference(url.room, {
      p2p: { enabled: url.p2p, stunServers: [] },
      pcStatsInterval: url.statsInterval,
      disableAudioLevels: false,
      openBridgeChannel: false,
    });
    conference = entered;
    listen(entered);
    if (url.displayName !== '') entered.setDisplayName(url.displayName);
    for (const track of options.tracks())
      entered.addTrack(track).catch((error: unknown) => console.error(error));
    entered.join();
  }

  function listen(entered: JitsiConference): void {
    const { conference: on } = events;
    entered.on(on.CONFERENCE_JOINED, () =>
      emit('video-conference-joined', {
        roomName: url.room,
        id: entered.myUserId(),
        displayName: url.displayName,
        formattedDisplayName: url.displayName,
        breakoutRoom: false,
        visitor: false,
      }),
    );
    entered.on(on.CONFERENCE_FAILED, (name: string, ...params: unknown[]) =>
      fail('CONFERENCE', name, { params }),
    );
    entered.on(on.USER_JOINED, (id: string, user: JitsiParticipant) =>
      emit('participant-joined', {
        id,
        displayName: user.getDisplayName(),
        formattedDisplayName: user.getDisplayName() ?? 'Fellow Jitster',
      }),
    );
    entered.on(on.USER_LEFT, (id: string) => emit('participant-left', { id }));
    entered.on(on.USER_ROLE_CHANGED, (id: string, role: string) =>
      emit('participant-role-changed', { id, role: role === 'moderator' ? 'moderator' : 'participant' }),
    );
    entered.on(on.P2P_STATUS, (_conference: never, isP2p: boolean) => emit('p2p-status-changed', { isP2p }));
    entered.on(on.SUSPEND_DETECTED, () => emit('suspend-detected'));
    entered.on(events.connectionQuality.LOCAL_STATS_UPDATED, (next: object) => {
      stats = next;
    });
    entered.on(on.TRACK_ADDED, (track: JitsiTrack) => {
      if (!track.isLocal()) options.onRemote(track, true);
    });
    entered.on(on.TRACK_REMOVED, (track: JitsiTrack) => {
      if (!track.isLocal()) options.onRemote(track, false);
    });
    entered.on(on.TRACK_MUTE_CHANGED, (track: JitsiTrack) => {
      if (track.isLocal()) return;
      const [id, mediaType, isMuted] = [track.getParticipantId(), track.getType(), track.isMuted()];
      emit('participant-muted', { participantId: id, isMuted, mediaType, isSelfMuted: true });
    });
    entered.on(on.KICKED, (by: JitsiParticipant | undefined) => {
      const kicked = { id: entered.myUserId(), name: url.displayName, local: true };
      emit('participant-kicked-out', { kicked, kicker: { id: by?.getId(), name: by?.getDisplayName() } });
      options.onKicked();
    });
    entered.on(on.PARTICIPANT_KICKED, (by: JitsiParticipant, kicked: JitsiParticipant) =>
      emit('participant-kicked-out', {
        kicked: { id: kicked.getId(), name: kicked.getDisplayName(), local: false },
        kicker: { id: by.getId(), name: by.getDisplayName(), local: false },
      }),
    );
  }

  connection.addEventListener(events.connection.CONNECTION_ESTABLISHED, enter);
  connection.addEventListener(events.connection.CONNECTION_FAILED, (name: string, message?: string) =>
    fail('CONNECTION', name, { message }),
  );
  connection.connect();

  return {
    current: () => conference,
    async replaceTrack(old, next) {
      await conference?.replaceTrack(old, next);
    },
    usePassword(password) {
      if (locked) conference?.join(password);
      else conference?.lock(password).catch((error: unknown) => console.error(error));
    },
    stats: () => ({ ...stats, iceConnected: conference?.getConnectionState() === 'connected' }),
    participants: () => conference?.getParticipants() ?? [],
    async leave() {
      await conference?.leave();
      await connection.disconnect();
    },
  };
}

function connect(settings: RoomPageSettings, url: UrlOptions): JitsiConnection {
  const { host } = window.location;
  const service =
    settings.signalling === 'bosh' ? `https://${host}/http-bind` : `wss://${host}/xmpp-websocket`;
  return new window.JitsiMeetJS.JitsiConnection(null, url.jwt, {
    hosts: settings.hosts,
    serviceUrl: `${service}?room=${encodeURIComponent(url.room)}`,
    p2p: { stunServers: [] },
    // Jitsi's own keep-alive asks the web server once a minute for nothing that a test needs.
    websocketKeepAlive: -1,
  });
}

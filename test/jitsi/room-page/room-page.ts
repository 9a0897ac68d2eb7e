/** The room page: what external_api.js orders and asks, answered with lib-jitsi-meet as Jitsi Meet answers it. */
import { type Conference, joinConference } from './conference.ts';
import { type DeviceRequest, type Embedder, openEmbedder } from './embedder.ts';
import { type DeviceList, openOwnTracks } from './own-tracks.ts';
import { openStage } from './stage.ts';
import { readUrlOptions } from './url-options.ts';

const { JitsiMeetJS, roomSettings: settings } = window;
JitsiMeetJS.setLogLevel(JitsiMeetJS.logLevels.ERROR);
JitsiMeetJS.init({ disableThirdPartyRequests: true });

const url = readUrlOptions(window.location);
const stage = openStage({ selfView: url.selfView });
let conference: Conference | null = null;

const own = openOwnTracks({
  startMuted: url.startMuted,
  wishes: url.devices,
  resolution: url.resolution,
  async onReplaced(medium, old, next) {
    if (medium === 'video') stage.setOwn(next);
    await conference?.replaceTrack(old, next);
    embedder?.emit(`${medium}-availability-changed`, { available: true });
  },
  onMuted: (medium, muted) => embedder?.emit(`${medium}-mute-status-changed`, { muted }),
  onTrouble: (medium, { name, message }) =>
    embedder?.emit(medium === 'audio' ? 'mic-error' : 'camera-error', { type: name, message }),
  onDevices: (devices) => embedder?.emit('device-list-changed', { devices }),
});

/** Stands in for the transcriber, which needs a videobridge: says what a test puts into its mouth. */
let subtitles = false;
Object.assign(window, {
  transcribe: (data: object) => {
    if (subtitles) embedder?.emit('transcription-chunk-received', { data });
    return subtitles;
  },
});

const lists: Partial<Record<string, DeviceList>> = {
  audioinput: 'audioInput',
  audiooutput: 'audioOutput',
  videoinput: 'videoInput',
};

const embedder: Embedder | null =
  url.apiId === null
    ? null
    : openEmbedder({
        apiId: url.apiId,
        commands: {
          'set-subtitles': (on: boolean) => {
            subtitles = on;
          },
          'toggle-audio': () => ignore(own.toggle('audio')),
          'toggle-video': () => ignore(own.toggle('video')),
          'video-hangup': () => ignore(hangUp()),
          'display-name': (name: string) => conference?.current()?.setDisplayName(name),
          password: (password: string) => conference?.usePassword(password),
          'kick-participant': (id: string) => conference?.current()?.kickParticipant(id),
          'mute-remote-participant': (id: string, medium: 'audio' | 'video') =>
            conference?.current()?.muteParticipant(id, medium),
          'mute-everyone': (medium: 'audio' | 'video') => {
            for (const one of conference?.participants() ?? []) {
              conference?.current()?.muteParticipant(one.getId(), medium ?? 'audio');
            }
          },
        },
        requests: {
          'is-audio-muted': () => own.isMuted('audio'),
          'is-video-muted': () => own.isMuted('video'),
          'is-audio-available': () => own.all().some((track) => track.getType() === 'audio'),
          'is-video-available': () => own.all().some((track) => track.getType() === 'video'),
          'get-p2p-status': () => conference?.current()?.isP2PActive() ?? null,
          'connection-stats': () => conference?.stats() ?? { iceConnected: false },
          'capture-largevideo-screenshot': () => ({ dataURL: stage.capture() }),
          'rooms-info': roomsInfo,
          isDeviceListAvailable: () => true,
          isDeviceChangeAvailable: ({ deviceType }) =>
            JitsiMeetJS.mediaDevices.isDeviceChangeAvailable(deviceType),
          isMultipleAudioInputSupported: () => JitsiMeetJS.isMultipleAudioInputSupported(),
          getAvailableDevices: () => own.devices(),
          getCurrentDevices: () => own.current(),
          setDevice,
        },
      });

function setDevice({ device }: DeviceRequest): Promise<boolean> | boolean {
  const list = device && lists[device.kind];
  return list ? own.choose(list, device.label, device.id) : false;
}

function roomsInfo(): object {
  const me = conference?.current();
  const roomJid = `${url.room}@${settings.hosts.muc}`;
  const participants = (conference?.participants() ?? []).map((one) => ({
    role: one.getRole() === 'moderator' ? 'moderator' : 'participant',
    displayName: one.getDisplayName(),
    id: one.getId(),
    jid: one.getJid(),
  }));
  const self = me && {
    role: me.getRole(),
    displayName: url.displayName,
    id: me.myUserId(),
    jid: me.myUserId(),
  };
  return {
    rooms: [
      { isMainRoom: true, id: roomJid, jid: roomJid, participants: self ? [self, ...participants] : [] },
    ],
  };
}

async function hangUp(): Promise<void> {
  await conference?.leave();
  for (const track of own.all()) await track.dispose();
  embedder?.emit('video-conference-left', { roomName: url.room });
  embedder?.emit('video-ready-to-close');
}

/** Jitsi Meet shows a countdown, and loads its page again. */
function reloadLater(): void {
  const { least, more } = settings.reloadAfter;
  window.setTimeout(
    () => {
      embedder?.emit('video-conference-left', { roomName: url.room });
      embedder?.dispose();
      window.location.reload();
    },
    (least + Math.random() * more) * 1000,
  );
}

function ignore(work: Promise<unknown>): void {
  work.catch((error: unknown) => console.error(error));
}

async function start(): Promise<void> {
  await own.open();
  if (url.prejoin) {
    embedder?.emit('prejoin-screen-loaded', { id: 'local', displayName: url.displayName });
    return;
  }
  conference = joinConference({
    url,
    settings,
    tracks: own.all,
    emit: (name, data) => embedder?.emit(name, data),
    onRemote: (track, there) => (there ? stage.add(track) : stage.remove(track)),
    onKicked: () => ignore(hangUp()),
    onFatal: reloadLater,
  });
}

ignore(start());

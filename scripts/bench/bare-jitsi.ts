/** Runs in a page: one participant made of lib-jitsi-meet alone, with nothing around it. Types of what is used here. */
import type { JitsiConnection, JitsiTrack } from '../../test/jitsi/room-page/jitsi-globals.ts';

export interface BareJitsi {
  readonly hosts: { readonly domain: string; readonly muc: string; readonly focus: string };
  /** wss://…/xmpp-websocket */
  readonly service: string;
  readonly room: string;
  readonly jwt: string | null;
}

/** Camera and connection at the same time, then the room. Must need nothing from outside: it is sent to a page. */
export async function bareJitsi(join: BareJitsi | undefined): Promise<void> {
  if (!join) throw new Error('Nothing to join.');
  const { JitsiMeetJS } = window;
  const { connection: onConnection, conference: onConference } = JitsiMeetJS.events;
  JitsiMeetJS.setLogLevel(JitsiMeetJS.logLevels.ERROR);
  JitsiMeetJS.init({ disableThirdPartyRequests: true });
  const p2p = { enabled: true, stunServers: [] };
  const connection: JitsiConnection = new JitsiMeetJS.JitsiConnection(null, join.jwt, {
    ...{ hosts: join.hosts, serviceUrl: join.service, p2p, websocketKeepAlive: -1 },
  });
  const connected = new Promise<void>((resolve, reject) => {
    connection.addEventListener(onConnection.CONNECTION_ESTABLISHED, resolve);
    connection.addEventListener(onConnection.CONNECTION_FAILED, (name: string) => reject(new Error(name)));
  });
  connection.connect();
  const tracks: JitsiTrack[] = await JitsiMeetJS.createLocalTracks({ devices: ['audio', 'video'] });
  await connected;
  const conference = connection.initJitsiConference(join.room, { p2p, openBridgeChannel: false });
  const video = document.body.appendChild(document.createElement('video'));
  video.autoplay = true;
  video.muted = true;
  conference.on(onConference.TRACK_ADDED, (track: JitsiTrack) => {
    if (!track.isLocal() && track.getType() === 'video') track.attach(video);
  });
  for (const track of tracks) await conference.addTrack(track);
  conference.join();
}

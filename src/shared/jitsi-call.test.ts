import { describe, expect, it } from 'vitest';
import type { RoomDevices } from './ipc.ts';
import { type JitsiApi, type JitsiEvent, jitsiOptions } from './jitsi-api.ts';
import { type CallNews, watchCall } from './jitsi-call.ts';

const failed = { type: 'failed', why: 'refused', origin: 'https://meet.example' };
const noDevices: RoomDevices = { camera: null, microphone: null, speaker: null };

/** An API object whose deployment answers whatever the test says, and a clock that ticks when the test says. */
function call(answers: Partial<JitsiApi> = {}, devices = noDevices, password: string | null = null) {
  const sent = { audio: true, video: true };
  const listeners = new Map<JitsiEvent, (data: unknown) => void>();
  const commands: string[] = [];
  const set: string[] = [];
  const news: CallNews[] = [];
  let tick: (() => void) | null = null;
  const api: JitsiApi = {
    addListener: (event, listener) => void listeners.set(event, listener),
    executeCommand: (command, ...list) => void commands.push([command, ...list].join(' ')),
    dispose: () => undefined,
    isAudioMuted: async () => false,
    isVideoMuted: async () => false,
    getCurrentDevices: async () => ({}),
    setVideoInputDevice: async (label) => void set.push(`camera ${label}`),
    setAudioInputDevice: async (label) => void set.push(`microphone ${label}`),
    setAudioOutputDevice: async (label) => void set.push(`speaker ${label}`),
    ...answers,
  };
  const watched = watchCall({
    api,
    devices,
    origin: 'https://meet.example',
    sent,
    subtitles: false,
    password,
    every: (_ms, next) => {
      tick = next;
      return () => {
        if (tick === next) tick = null;
      };
    },
    onNews: (item) => news.push(item),
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    commands,
    set,
    ...watched,
    types: () => news.map(({ type }) => type).filter((type) => type !== 'others'),
    news,
    ticking: () => tick !== null,
    async emit(event: JitsiEvent, data: unknown = {}) {
      listeners.get(event)?.(data);
      await settled();
    },
    async tick(times = 1) {
      for (let count = 0; count < times; count += 1) {
        tick?.();
        await settled();
      }
    },
  };
}

describe('a watched call', () => {
  it('is live once someone is there and something arrives', async () => {
    let connected = false;
    const seen = call({ isP2pActive: async () => connected });
    await seen.emit('videoConferenceJoined');
    await seen.tick(5);
    await seen.emit('participantJoined', { id: 'a', displayName: 'A' });
    await seen.tick(2);
    expect(seen.types()).toEqual(['joined']);
    connected = true;
    await seen.tick();
    expect(seen.types()).toEqual(['joined', 'live']);
  });

  it('counts what arrives through a bridge as well', async () => {
    const stats = { bitrate: { download: 0 } };
    const seen = call({ isP2pActive: async () => false, getConnectionStats: async () => stats });
    await seen.emit('participantJoined', { id: 'a' });
    await seen.tick(3);
    expect(seen.types()).toEqual([]);
    stats.bitrate.download = 300;
    await seen.tick();
    expect(seen.types()).toEqual(['live']);
  });

  it('is lost after three silences in a row, not after one, and live again', async () => {
    let connected = true;
    const seen = call({ isP2pActive: async () => connected });
    await seen.emit('participantJoined', { id: 'a' });
    connected = false;
    await seen.tick(2);
    connected = true;
    await seen.tick();
    connected = false;
    await seen.tick(2);
    expect(seen.types()).toEqual(['live']);
    await seen.tick();
    expect(seen.types()).toEqual(['live', 'lost']);
    connected = true;
    await seen.tick();
    expect(seen.types()).toEqual(['live', 'lost', 'live']);
  });

  it('is lost at once when the other one leaves, and stays so', async () => {
    const seen = call({ isP2pActive: async () => true });
    await seen.emit('participantJoined', { id: 'a' });
    await seen.emit('participantLeft', { id: 'a' });
    await seen.tick(5);
    expect(seen.types()).toEqual(['live', 'lost']);
  });

  it('believes presence alone where an older deployment can say no more', async () => {
    const seen = call();
    await seen.emit('participantJoined', { id: 'a' });
    expect(seen.types()).toEqual(['live']);
    const refusing = call({ isP2pActive: () => Promise.reject(new Error('unknown')) });
    await refusing.emit('participantJoined', { id: 'a' });
    expect(refusing.types()).toEqual(['live']);
    const silent = call({ isP2pActive: () => new Promise(() => undefined) });
    await silent.emit('participantJoined', { id: 'a' });
    expect(silent.types()).toEqual([]);
    await silent.tick(30);
    expect(silent.types()).toEqual(['live']);
  });

  it('tells that it was put out of the room, and fatal errors only', async () => {
    const seen = call({ isP2pActive: async () => true });
    await seen.emit('participantJoined', { id: 'a' });
    await seen.emit('errorOccurred', { name: 'x', isFatal: false });
    await seen.emit('videoConferenceLeft', { roomName: 'x' });
    await seen.emit('errorOccurred', { name: 'x', isFatal: true });
    expect(seen.types()).toEqual(['live', 'lost', 'left', 'failed']);
  });

  it('does not take an outage for a refusal', async () => {
    const seen = call();
    await seen.emit('videoConferenceJoined', { id: 'me' });
    await seen.emit('errorOccurred', { error: { name: 'connection.droppedError', isFatal: true } });
    expect(seen.types()).toEqual(['joined', 'broken']);
  });

  it('does not believe in a connection that is down', async () => {
    const seen = call({
      isP2pActive: async () => true,
      getConnectionStats: async () => ({ iceConnected: false }),
    });
    await seen.emit('participantJoined', { id: 'a' });
    await seen.tick(5);
    expect(seen.types()).toEqual([]);
  });

  it('reads an error as Jitsi Meet sends it, and a refused ticket as what it is', async () => {
    const seen = call();
    await seen.emit('errorOccurred', { error: { name: 'conference.connectionError', isFatal: false } });
    await seen.emit('errorOccurred', { error: { name: 'connection.passwordRequired', isFatal: false } });
    await seen.emit('errorOccurred', { error: { name: 'connection.droppedError', isFatal: true } });
    expect(seen.news).toEqual([failed, failed]);
  });

  it('locks a room that has no tokens, and opens one that is locked', async () => {
    const moderator = call({}, noDevices, 'secret');
    await moderator.emit('videoConferenceJoined', { id: 'me' });
    await moderator.emit('participantRoleChanged', { id: 'other', role: 'moderator' });
    expect(moderator.commands).toEqual([]);
    await moderator.emit('participantRoleChanged', { id: 'me', role: 'moderator' });
    expect(moderator.commands).toEqual(['password secret']);
    const guest = call({}, noDevices, 'secret');
    await guest.emit('passwordRequired');
    expect(guest.commands).toEqual(['password secret']);
    const locked = { error: { name: 'conference.passwordRequired', isFatal: false } };
    await guest.emit('errorOccurred', locked);
    expect(guest.news).toEqual([]);
    await guest.emit('errorOccurred', locked);
    expect(guest.news).toEqual([failed]);
    const withToken = call();
    await withToken.emit('videoConferenceJoined', { id: 'me' });
    await withToken.emit('participantRoleChanged', { id: 'me', role: 'moderator' });
    await withToken.emit('passwordRequired');
    expect(withToken.commands).toEqual([]);
  });

  it('never starts with a microphone left muted', async () => {
    const muted = call({ isAudioMuted: async () => true });
    await muted.emit('videoConferenceJoined');
    expect(muted.commands).toEqual(['toggleAudio']);
    const open = call({ isAudioMuted: async () => false });
    await open.emit('videoConferenceJoined');
    expect(open.commands).toEqual([]);
  });

  it('sends what is wanted and nothing else, whatever the deployment does', async () => {
    const state = { audio: false, video: false };
    const seen = call({ isAudioMuted: async () => state.audio, isVideoMuted: async () => state.video });
    seen.send({ audio: false, video: true });
    await seen.tick();
    expect(seen.commands).toEqual([]);
    await seen.emit('videoConferenceJoined');
    expect(seen.commands).toEqual(['toggleAudio']);
    state.audio = true;
    await seen.emit('audioMuteStatusChanged', { muted: true });
    expect(seen.commands).toEqual(['toggleAudio']);
    // Something there opens it again.
    state.audio = false;
    await seen.emit('audioMuteStatusChanged', { muted: false });
    expect(seen.commands).toEqual(['toggleAudio', 'toggleAudio']);
    state.audio = true;
    seen.send({ audio: true, video: false });
    await seen.tick();
    expect(seen.commands.slice(2)).toEqual(['toggleAudio', 'toggleVideo']);
  });

  it('tells everyone else in the room, by the names that the deployment gives', async () => {
    const seen = call();
    await seen.emit('participantJoined', { id: 'a', displayName: 'Borne' });
    await seen.emit('participantJoined', { id: 'b', displayName: 'x'.repeat(500) });
    expect(seen.news.findLast(({ type }) => type === 'others')).toEqual({
      type: 'others',
      others: [
        { id: 'a', name: 'Borne' },
        { id: 'b', name: 'x'.repeat(120) },
      ],
    });
    await seen.emit('participantLeft', { id: 'b' });
    expect(seen.news.findLast(({ type }) => type === 'others')).toMatchObject({ others: [{ id: 'a' }] });
  });

  it('tells both mute states whichever changed', async () => {
    const seen = call();
    await seen.emit('videoMuteStatusChanged', { muted: true });
    await seen.emit('audioMuteStatusChanged', { muted: true });
    await seen.emit('audioMuteStatusChanged', { muted: 'yes' });
    expect(seen.news).toEqual([
      { type: 'muted', audio: false, video: true },
      { type: 'muted', audio: true, video: true },
    ]);
  });

  it('sets a chosen device again when it is back, and leaves the right one alone', async () => {
    const current = { videoInput: { label: 'other' }, audioInput: { label: 'mic' } };
    const seen = call(
      { getCurrentDevices: async () => current },
      { camera: 'cam', microphone: 'mic', speaker: 'missing' },
    );
    const devices = { videoInput: [{ label: 'cam' }], audioInput: [{ label: 'mic' }], audioOutput: [] };
    await seen.emit('deviceListChanged', { devices });
    expect(seen.set).toEqual(['camera cam']);
  });

  it('is silent once it is not watched any more', async () => {
    const seen = call({ isP2pActive: async () => true });
    seen.stop();
    await seen.emit('participantJoined', { id: 'a' });
    await seen.emit('videoConferenceLeft');
    expect(seen.types()).toEqual([]);
    expect(seen.ticking()).toBe(false);
  });

  it('believes no malformed event', async () => {
    const seen = call({ isP2pActive: async () => true });
    await seen.emit('participantJoined', { id: 7 });
    await seen.emit('errorOccurred', 'fatal');
    await seen.tick();
    expect(seen.types()).toEqual([]);
  });
});

describe('what is said', () => {
  const chunk = { messageID: 'a', participant: { id: 'you', name: 'Nadia' }, language: 'fr' };

  it('is asked for at the join and at each change, and is not shown by the deployment itself', async () => {
    const seen = call();
    seen.setSubtitles(true);
    expect(seen.commands).toEqual([]);
    await seen.emit('videoConferenceJoined', { id: 'me' });
    expect(seen.commands).toContain('setSubtitles true false fr');
    seen.setSubtitles(true);
    seen.setSubtitles(false);
    expect(seen.commands.filter((one) => one.startsWith('setSubtitles'))).toEqual([
      'setSubtitles true false fr',
      'setSubtitles false false fr',
    ]);
  });

  it('is told as far as it is understood, of the others only, and only while it is asked for', async () => {
    const seen = call();
    await seen.emit('videoConferenceJoined', { id: 'me' });
    const said = () => seen.news.filter(({ type }) => type === 'said');
    await seen.emit('transcriptionChunkReceived', { data: { ...chunk, final: 'Bonjour' } });
    expect(said()).toEqual([]);
    seen.setSubtitles(true);
    await seen.emit('transcriptionChunkReceived', { data: { ...chunk, stable: 'Bon', unstable: 'jour' } });
    await seen.emit('transcriptionChunkReceived', { ...chunk, final: 'Bonjour.' });
    await seen.emit('transcriptionChunkReceived', {
      data: { ...chunk, participant: { id: 'me' }, final: 'Oui' },
    });
    await seen.emit('transcriptionChunkReceived', { data: { ...chunk, final: { html: '<b>' } } });
    await seen.emit('transcriptionChunkReceived', { data: { ...chunk, final: 'x'.repeat(3_000) } });
    expect(said()).toEqual([
      { type: 'said', id: 'a', text: 'Bonjour' },
      { type: 'said', id: 'a', text: 'Bonjour.' },
    ]);
  });
});

describe('the options of a call', () => {
  it('ask nothing of the resident and show nothing but faces', () => {
    const ticket = { origin: 'https://meet.example', room: 'r'.repeat(48), jwt: 'jwt', password: null };
    const options = jitsiOptions({
      ticket,
      displayName: 'Borne',
      parentNode: null,
      devices: { camera: 'cam', microphone: null, speaker: 'spk' },
      sent: { audio: false, video: true },
      selfView: false,
      texts: false,
    });
    expect(options).toMatchObject({ roomName: ticket.room, jwt: 'jwt', lang: 'fr' });
    expect(options.devices).toEqual({ videoInput: 'cam', audioOutput: 'spk' });
    expect(options.configOverwrite).toMatchObject({
      prejoinConfig: { enabled: false },
      toolbarButtons: [],
      notifications: [],
      disableSelfView: true,
      startWithAudioMuted: true,
      startWithVideoMuted: false,
    });
  });
});

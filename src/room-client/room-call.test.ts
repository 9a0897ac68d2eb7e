import { expect, it, vi } from 'vitest';
import type { JitsiApi, JitsiConstructor, JitsiOptions } from '#shared/jitsi-api.ts';
import type { CallNews } from '#shared/jitsi-call.ts';
import { createRoomCall } from './room-call.ts';

type Script = ReturnType<typeof newScript>;

function newScript() {
  let resolve: (Api: JitsiConstructor<string>) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<JitsiConstructor<string>>((come, fail) => {
    resolve = come;
    reject = fail;
  });
  return { promise, resolve, reject };
}

/** Deployments whose scripts come when the test says so. */
function playedDeployments(ownDomain: string | null = null) {
  const calls: string[] = [];
  const loads: string[] = [];
  const news: CallNews['type'][] = [];
  const scripts = new Map<string, Script>();
  const stopTicking = vi.fn();
  const scriptOf = (domain: string) => {
    const script = scripts.get(domain) ?? newScript();
    scripts.set(domain, script);
    return script;
  };
  const call = createRoomCall<string>({
    parentNode: 'room',
    selfView: false,
    texts: false,
    ownDomain,
    load: (domain) => {
      loads.push(domain);
      return scriptOf(domain).promise;
    },
    every: () => stopTicking,
    onNews: ({ type }) => news.push(type),
  });
  const constructorOf = (from: string): JitsiConstructor<string> =>
    class implements JitsiApi {
      readonly #room: string;
      constructor(domain: string, options: JitsiOptions<string>) {
        this.#room = options.roomName;
        calls.push(`${from} calls ${domain} ${options.roomName}`);
      }
      addListener = () => undefined;
      executeCommand = (command: string) => void calls.push(command);
      dispose = () => void calls.push(`${this.#room} disposed`);
      isAudioMuted = async () => false;
      isVideoMuted = async () => false;
      getCurrentDevices = async () => ({});
      setVideoInputDevice = async () => undefined;
      setAudioInputDevice = async () => undefined;
      setAudioOutputDevice = async () => undefined;
    };
  return {
    call,
    calls,
    loads,
    news,
    stopTicking,
    join: (domain: string, room: string) =>
      call.join({
        ticket: { domain, room, jwt: null },
        displayName: 'Borne',
        devices: { camera: null, microphone: null, speaker: null },
      }),
    give: (domain: string) => scriptOf(domain).resolve(constructorOf(domain)),
    refuse: (domain: string) => scriptOf(domain).reject(new Error('no script')),
  };
}

it('joins with the deployment’s own script, and leaves with nothing left running', async () => {
  const played = playedDeployments();
  played.join('meet.example', 'one');
  played.give('meet.example');
  await vi.waitFor(() => expect(played.calls).toEqual(['meet.example calls meet.example one']));
  played.call.execute('toggleAudio');
  played.call.leave();
  played.call.execute('toggleVideo');
  expect(played.calls.slice(1)).toEqual(['toggleAudio', 'one disposed']);
  expect(played.stopTicking).toHaveBeenCalledOnce();
  expect(played.news).toEqual(['left']);
});

it('does nothing of a join that was overtaken while its script came', async () => {
  const played = playedDeployments();
  played.join('slow.example', 'one');
  played.join('meet.example', 'two');
  await vi.waitFor(() => expect(played.loads).toEqual(['slow.example', 'meet.example']));
  played.give('meet.example');
  played.refuse('slow.example');
  await vi.waitFor(() => expect(played.calls).toEqual(['meet.example calls meet.example two']));
  played.join('again.example', 'three');
  await vi.waitFor(() => expect(played.loads).toHaveLength(3));
  played.call.leave();
  played.give('again.example');
  await new Promise(setImmediate);
  expect(played.calls.slice(1)).toEqual(['two disposed']);
  expect(played.news).toEqual(['left']);
});

it('says that it failed where the script does not come', async () => {
  const played = playedDeployments();
  played.join('meet.example', 'one');
  played.refuse('meet.example');
  await vi.waitFor(() => expect(played.news).toEqual(['failed']));
});

it('has the script of its own deployment ready, and never loads another before it', async () => {
  const played = playedDeployments('room.example');
  expect(played.loads).toEqual(['room.example']);
  played.join('room.example', 'one');
  played.give('room.example');
  await vi.waitFor(() => expect(played.calls).toEqual(['room.example calls room.example one']));
  expect(played.loads).toEqual(['room.example']);

  const other = playedDeployments('room.example');
  other.join('meet.example', 'one');
  await new Promise(setImmediate);
  expect(other.loads).toEqual(['room.example']);
  other.refuse('room.example');
  await vi.waitFor(() => expect(other.loads).toEqual(['room.example', 'meet.example']));
});

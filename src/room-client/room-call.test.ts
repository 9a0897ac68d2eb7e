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
function playedDeployments() {
  const calls: string[] = [];
  const loads: string[] = [];
  const news: CallNews['type'][] = [];
  const scripts = new Map<string, Script>();
  let supported: { commands: unknown; events: unknown } = { commands: undefined, events: undefined };
  let drift: readonly string[] = [];
  const warmed: string[] = [];
  const listeners = new Map<string, (data: unknown) => void>();
  const stopTicking = vi.fn();
  const ticks: { readonly ms: number; readonly tick: () => void }[] = [];
  const scriptOf = (domain: string) => {
    const script = scripts.get(domain) ?? newScript();
    scripts.set(domain, script);
    return script;
  };
  const call = createRoomCall<string>({
    parentNode: 'room',
    selfView: false,
    texts: false,
    load: (origin) => {
      loads.push(origin);
      return scriptOf(origin).promise;
    },
    warm: (origin) => {
      warmed.push(origin);
      return () => void warmed.push('cold');
    },
    every: (ms, tick) => {
      ticks.push({ ms, tick });
      return stopTicking;
    },
    onNews(item) {
      if (item.type === 'drift') drift = item.missing;
      else news.push(item.type);
    },
  });
  const constructorOf = (from: string): JitsiConstructor<string> =>
    class implements JitsiApi {
      readonly #room: string;
      constructor(domain: string, options: JitsiOptions<string>) {
        this.#room = options.roomName;
        calls.push(`${from} calls ${domain} ${options.roomName}`);
      }
      addListener = (event: string, listener: (data: unknown) => void) => void listeners.set(event, listener);
      executeCommand = (command: string, ...list: readonly (string | boolean)[]) =>
        void calls.push([command, ...list].join(' '));
      dispose = () => void calls.push(`${this.#room} disposed`);
      getSupportedCommands = () => supported.commands;
      getSupportedEvents = () => supported.events;
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
    warmed,
    missing: () => drift,
    supports(known: { commands: unknown; events: unknown }) {
      supported = known;
    },
    emit: (event: string) => listeners.get(event)?.({}),
    news,
    patienceEnds: () => ticks.find(({ ms }) => ms > 10_000)?.tick(),
    stopTicking,
    join: (domain: string, room: string) =>
      call.join({
        ticket: { origin: `https://${domain}`, room, jwt: null, password: null },
        displayName: 'Borne',
        devices: { camera: null, microphone: null, speaker: null },
      }),
    give: (domain: string) => scriptOf(`https://${domain}`).resolve(constructorOf(domain)),
    refuse: (domain: string) => scriptOf(`https://${domain}`).reject(new Error('no script')),
  };
}

it('joins with the deployment’s own script, and leaves with nothing left running', async () => {
  const played = playedDeployments();
  played.join('meet.example', 'one');
  played.give('meet.example');
  await vi.waitFor(() => expect(played.calls).toEqual(['meet.example calls meet.example one']));
  played.call.remove('someone');
  played.call.leave();
  played.call.remove('nobody');
  expect(played.calls.slice(1)).toEqual(['kickParticipant someone', 'one disposed']);
  // The patience of the join, and the watch.
  expect(played.stopTicking).toHaveBeenCalledTimes(2);
  expect(played.news).toEqual(['left']);
});

it('does nothing of a join that was overtaken while its script came', async () => {
  const played = playedDeployments();
  played.join('slow.example', 'one');
  played.join('meet.example', 'two');
  await vi.waitFor(() => expect(played.loads).toEqual(['https://slow.example', 'https://meet.example']));
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

it('has the script and the page of a deployment ready, and asks for neither twice', async () => {
  const played = playedDeployments();
  played.call.prepare('https://meet.example');
  played.call.prepare('https://meet.example');
  played.give('meet.example');
  await vi.waitFor(() =>
    expect(played.warmed).toEqual(['https://meet.example', 'cold', 'https://meet.example']),
  );
  played.join('meet.example', 'one');
  await vi.waitFor(() => expect(played.calls).toEqual(['meet.example calls meet.example one']));
  expect(played.loads).toEqual(['https://meet.example']);
  // Until the call's own page has said something, and no longer.
  expect(played.warmed.at(-1)).toBe('https://meet.example');
  played.emit('videoConferenceJoined');
  expect(played.warmed.at(-1)).toBe('cold');
});

it('warms nothing beside a call', async () => {
  const played = playedDeployments();
  played.call.prepare('https://meet.example');
  played.join('meet.example', 'one');
  played.give('meet.example');
  await vi.waitFor(() => expect(played.calls).toHaveLength(1));
  expect(played.warmed).toEqual([]);
});

it('says before the call that a deployment does not answer, and asks again at the call', async () => {
  const played = playedDeployments();
  played.call.prepare('https://meet.example');
  played.refuse('meet.example');
  await vi.waitFor(() => expect(played.news).toEqual(['failed']));
  played.join('meet.example', 'one');
  expect(played.loads).toHaveLength(2);
});

it('says what a deployment does not know of what is used of it', async () => {
  const played = playedDeployments();
  played.supports({ commands: ['toggleAudio', 'toggleVideo', 'hangup', 'password'], events: null });
  played.join('meet.example', 'one');
  played.give('meet.example');
  await vi.waitFor(() => expect(played.missing()).toEqual(['kickParticipant', 'setSubtitles']));
});

it('does not wait for ever for a page that never joins', async () => {
  const played = playedDeployments();
  played.join('meet.example', 'one');
  played.give('meet.example');
  await vi.waitFor(() => expect(played.calls).toHaveLength(1));
  played.patienceEnds();
  expect(played.news).toEqual(['failed']);
});

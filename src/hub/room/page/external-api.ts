/**
 * Built to external_api.js: window.JitsiMeetExternalAPI for the built-in room, with the constructor, functions,
 * commands and events of Jitsi's own (those that this room has; getSupportedCommands and getSupportedEvents say which).
 * https://jitsi.github.io/handbook/docs/dev-guide/dev-guide-iframe
 */
import '#shared/zod-without-eval.ts';
import {
  type Beginning,
  commandNames,
  type DeviceLists,
  eventNames,
  events,
  fromFrame,
  type RequestName,
  type RoomEvents,
  type ToFrame,
  toFrame,
} from './bridge-contract.ts';
import { writeHash } from './hash-options.ts';
import { ALLOW, takeWarmFrame, warmRoom } from './warm-frame.ts';

interface ApiOptions {
  readonly roomName?: string;
  readonly parentNode?: HTMLElement;
  readonly width?: number | string;
  readonly height?: number | string;
  readonly lang?: string;
  readonly jwt?: string;
  readonly configOverwrite?: Record<string, unknown>;
  readonly interfaceConfigOverwrite?: Record<string, unknown>;
  readonly userInfo?: { readonly displayName?: string; readonly email?: string };
  readonly devices?: { audioInput?: string; audioOutput?: string; videoInput?: string };
  readonly onload?: (event: Event) => void;
}

type EventName = keyof RoomEvents;
type Listener = (data: never) => void;
type Answer = { resolve: (value: unknown) => void; reject: (reason: Error) => void };

const EVENTS = new Set<string>(eventNames);
const COMMANDS = new Set<string>(commandNames);

function createApi(domain: string, options: ApiOptions = {}) {
  const origin = originOf(domain);
  const parentNode = options.parentNode ?? document.body;
  const warm = takeWarmFrame(origin, parentNode);
  const iframe = warm ?? document.createElement('iframe');
  const listeners = new Map<string, Set<Listener>>();
  const answers = new Map<number, Answer>();
  /** id -> display name of everyone else in the room. */
  const participants = new Map<string, string>();
  let self: { id: string; displayName: string } | null = null;
  let waiting: ToFrame[] | null = [];
  let lastRequest = 0;

  function emit(name: EventName, data: unknown): void {
    const parsed = events[name].safeParse(data);
    if (!parsed.success) return;
    remember(name, parsed.data);
    for (const listener of [...(listeners.get(name) ?? [])]) listener(parsed.data as never);
  }

  function remember(name: EventName, data: RoomEvents[EventName]): void {
    if (name === 'videoConferenceJoined') self = data as RoomEvents['videoConferenceJoined'];
    if (name === 'videoConferenceLeft') {
      self = null;
      participants.clear();
    }
    if (name === 'participantJoined') {
      const { id, displayName } = data as RoomEvents['participantJoined'];
      participants.set(id, displayName);
    }
    if (name === 'participantLeft') participants.delete((data as RoomEvents['participantLeft']).id);
  }

  function receive(event: MessageEvent): void {
    if (event.source !== iframe.contentWindow || event.origin !== origin) return;
    const parsed = fromFrame.safeParse(event.data);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.kind === 'event') {
      emit(message.name, message.data);
      return;
    }
    if (message.kind === 'response') {
      const answer = answers.get(message.request);
      answers.delete(message.request);
      if (message.ok) answer?.resolve(message.value);
      else answer?.reject(new Error('The room could not answer.'));
      return;
    }
    if (message.kind === 'waits') return;
    const queued = waiting ?? [];
    waiting = null;
    for (const order of queued) iframe.contentWindow?.postMessage(order, origin);
  }

  function send(message: ToFrame): void {
    if (waiting) waiting.push(message);
    else iframe.contentWindow?.postMessage(message, origin);
  }

  function request<T>(name: RequestName, ...list: (string | boolean | null)[]): Promise<T> {
    lastRequest += 1;
    const id = lastRequest;
    return new Promise<T>((resolve, reject) => {
      answers.set(id, { resolve: resolve as (value: unknown) => void, reject });
      send({ mark: 'vis-a-vis-room', kind: 'request', request: id, name, arguments: list });
    });
  }

  function setDevice(kind: keyof DeviceLists, label?: string, id?: string): Promise<unknown> {
    return request('setDevice', kind, label ?? null, id ?? null);
  }

  window.addEventListener('message', receive);
  iframe.allowFullscreen = true;
  iframe.title = 'Salon';
  iframe.style.border = '0';
  iframe.style.width = cssSize(options.width);
  iframe.style.height = cssSize(options.height);
  const orders = {
    parentOrigin: window.location.origin,
    jwt: options.jwt ?? '',
    lang: options.lang,
    devices: options.devices,
    config: options.configOverwrite as Beginning['options']['config'],
  };
  if (warm) {
    const room = options.roomName ?? '';
    const begin: Beginning = { mark: 'vis-a-vis-room', kind: 'begin', room, options: orders };
    warm.contentWindow?.postMessage(begin, origin);
    queueMicrotask(() => options.onload?.(new Event('load')));
  } else {
    iframe.allow = ALLOW;
    if (options.onload) iframe.addEventListener('load', options.onload);
    iframe.src = `${origin}/${encodeURIComponent(options.roomName ?? '')}${writeHash(orders)}`;
    parentNode.append(iframe);
  }

  function on(name: string, listener: Listener): void {
    if (!EVENTS.has(name)) return;
    listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
  }
  function off(name: string, listener: Listener): void {
    listeners.get(name)?.delete(listener);
  }
  function executeCommand(name: string, ...list: unknown[]): void {
    const parsed = COMMANDS.has(name)
      ? toFrame.safeParse({ mark: 'vis-a-vis-room', kind: 'command', name, arguments: list })
      : null;
    if (parsed?.success) send(parsed.data);
    else console.error('Not supported command name.');
  }

  return {
    on,
    off,
    addListener: on,
    removeListener: off,
    addEventListener: on,
    removeEventListener: off,
    once(name: string, listener: Listener): void {
      const first: Listener = (data) => {
        off(name, first);
        listener(data);
      };
      on(name, first);
    },
    removeAllListeners(name?: string): void {
      if (name === undefined) listeners.clear();
      else listeners.delete(name);
    },
    executeCommand,
    executeCommands(commands: Record<string, unknown[]>): void {
      for (const [name, list] of Object.entries(commands)) executeCommand(name, ...list);
    },
    getSupportedCommands: (): string[] => [...commandNames],
    getSupportedEvents: (): string[] => [...eventNames],
    getIFrame: (): HTMLIFrameElement => iframe,
    getAvailableDevices: () => request<DeviceLists>('getAvailableDevices'),
    getCurrentDevices: () => request('getCurrentDevices'),
    getConnectionStats: () => request('getConnectionStats'),
    getRoomsInfo: () => request('getRoomsInfo'),
    isAudioAvailable: () => request<boolean>('isAudioAvailable'),
    isAudioMuted: () => request<boolean>('isAudioMuted'),
    isVideoAvailable: () => request<boolean>('isVideoAvailable'),
    isVideoMuted: () => request<boolean>('isVideoMuted'),
    isP2pActive: () => request<boolean>('isP2pActive'),
    isDeviceListAvailable: () => Promise.resolve(true),
    isDeviceChangeAvailable: () => Promise.resolve(true),
    isMultipleAudioInputSupported: () => Promise.resolve(false),
    setAudioInputDevice: (label?: string, id?: string) => setDevice('audioInput', label, id),
    setAudioOutputDevice: (label?: string, id?: string) => setDevice('audioOutput', label, id),
    setVideoInputDevice: (label?: string, id?: string) => setDevice('videoInput', label, id),
    getNumberOfParticipants: (): number => participants.size + (self ? 1 : 0),
    getParticipantsInfo: () =>
      [...participants].map(([participantId, displayName]) => ({ participantId, displayName })),
    getDisplayName: (id: string): string | undefined =>
      id === self?.id ? self.displayName : participants.get(id),
    dispose(): void {
      window.removeEventListener('message', receive);
      listeners.clear();
      for (const answer of answers.values()) answer.reject(new Error('The room was disposed of.'));
      answers.clear();
      // The frame's own end closes its camera, microphone, peer connection and socket.
      iframe.remove();
    },
  };
}

/** https, except on this machine. */
function originOf(domain: string): string {
  const url = new URL(`https://${domain}`);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return `${local ? 'http' : 'https'}://${url.host}`;
}

/** A number is pixels; a string is a number followed by px, em, pt or %. */
function cssSize(size: number | string | undefined): string {
  if (typeof size === 'number') return `${size}px`;
  return size !== undefined && /^\d+(\.\d+)?(px|em|pt|%)$/.test(size) ? size : '100%';
}

/** `new` on a function that returns an object gives that object: the documented way to make one works. */
function JitsiMeetExternalAPI(domain: string, options?: ApiOptions) {
  return createApi(domain, options);
}

/** Not Jitsi's: the room's page, loaded ahead in the place where the next call will be. @returns what ends it. */
JitsiMeetExternalAPI.warm = (domain: string, parentNode: HTMLElement) =>
  warmRoom(originOf(domain), parentNode);

Object.assign(window, { JitsiMeetExternalAPI });

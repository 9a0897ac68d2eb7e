/** The call. Its page is a stranger's code on an origin of its own: it is framed, told what to do, and believed little. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { assertNever } from '#shared/assert-never.ts';
import type { SentMedia } from '#shared/jitsi-call.ts';
import { allowMessages } from '#shared/message-allowance.ts';
import type { Quiet, RoomTicket } from '#shared/protocol/views.ts';
import type { RoomTrouble } from '#shared/room.ts';
import { type ConsoleToRoom, type RoomToConsole, roomToConsole } from '../room/contract.ts';

export type CallState = 'preparing' | 'joining' | 'live' | 'lost' | 'left' | 'failed';

interface Heard {
  readonly state: CallState;
  readonly muted: { readonly audio: boolean; readonly video: boolean };
  readonly noCamera: boolean;
  readonly noMicrophone: boolean;
  /** Everyone else in the room, as the deployment names them. One is expected. */
  readonly others: readonly { readonly id: string; readonly name: string }[];
}

export interface Call extends Heard {
  readonly setMicrophone: (on: boolean) => void;
  readonly setCamera: (on: boolean) => void;
  readonly remove: (participantId: string) => void;
  /** Loads the room's page again and joins. */
  readonly retry: () => void;
  readonly frame: {
    readonly key: string;
    readonly src: string;
    readonly ref: (element: HTMLIFrameElement | null) => void;
  };
}

export interface CallOptions {
  readonly roomOrigin: string;
  /** Where the call is, or the next one will be: its page waits ready. */
  readonly deployment: string;
  /** Null while there is no call. */
  readonly ticket: RoomTicket | null;
  /** Somebody waits to be picked up. */
  readonly expecting: boolean;
  /** Null outside a visit; the same one through a private moment. */
  readonly visitId: string | null;
  readonly displayName: string;
  /** Calls back as soon as the hub has said something, before anything of it is drawn. */
  readonly onNews: (listener: () => void) => () => void;
  /** The ticket by what the hub said last. */
  readonly newestTicket: () => RoomTicket | null;
  /** The mairie's line is too slow for pictures: none is sent until it is good again. */
  readonly slowLine: boolean;
  /** The moderator's page is the one that may have what is said written down. */
  readonly subtitles: boolean;
  /** What the counsellor keeps back by what the hub said last: it holds in every room of the visit. */
  readonly newestQuiet: () => Quiet | null;
  /** The hub may answer with another room. */
  readonly onTrouble: (ticket: RoomTicket, what: RoomTrouble) => void;
}

/** Messages of the room's page. */
const ALLOWANCE = { burst: 120, perSecond: 20 };

const BEGINNING: Heard = {
  state: 'preparing',
  muted: { audio: false, video: false },
  noCamera: false,
  noMicrophone: false,
  others: [],
};

export function useCall(options: CallOptions): Call {
  const { roomOrigin, deployment, ticket, visitId, displayName, onNews, onTrouble } = options;
  const { newestTicket, newestQuiet, slowLine, subtitles, expecting } = options;
  const [heard, setHeard] = useState(BEGINNING);
  const [attempt, setAttempt] = useState(0);
  const element = useRef<HTMLIFrameElement | null>(null);
  const newest = useRef({ ticket, visitId, slowLine, subtitles, expecting, displayName, onTrouble });
  newest.current = { ticket, visitId, slowLine, subtitles, expecting, displayName, onTrouble };
  /** The room that this page was told to join. */
  const joined = useRef<string | null>(null);
  const listens = useRef(false);

  const tell = useCallback(
    (message: ConsoleToRoom) => element.current?.contentWindow?.postMessage(message, roomOrigin),
    [roomOrigin],
  );

  /** What the counsellor pressed in this visit, known here before the hub has it, or while it cannot be reached. */
  const pressed = useRef<{ visitId: string | null; sent: SentMedia } | null>(null);
  const wanted = useCallback((): SentMedia => {
    if (pressed.current && pressed.current.visitId === newest.current.visitId) return pressed.current.sent;
    const quiet = newestQuiet();
    return { audio: !quiet?.counsellorSound, video: !quiet?.counsellorPicture };
  }, [newestQuiet]);
  const send = useCallback(
    (change: Partial<SentMedia>) => {
      const sent = { ...wanted(), ...change };
      pressed.current = { visitId: newest.current.visitId, sent };
      tell({ type: 'send', ...onLine(sent, newest.current.slowLine) });
      // In a room it is the room that says so, once it is true.
      if (joined.current === null) setHeard((before) => ({ ...before, muted: mutedIn(sent) }));
    },
    [tell, wanted],
  );

  const join = useCallback(() => {
    const room = newestTicket();
    if (!room || joined.current === room.room) return;
    joined.current = room.room;
    tell({ type: 'send', ...onLine(wanted(), newest.current.slowLine) });
    tell({ type: 'subtitles', on: newest.current.subtitles });
    tell({ type: 'join', ticket: room, displayName: newest.current.displayName });
  }, [tell, newestTicket, wanted]);

  /** Each trouble of each room is told once. */
  const complained = useRef(new Set<string>());
  const complain = useCallback((what: RoomTrouble) => {
    const { ticket: room, onTrouble: tellHub } = newest.current;
    if (!room || complained.current.has(`${room.room} ${what}`)) return;
    complained.current.add(`${room.room} ${what}`);
    tellHub(room, what);
  }, []);

  const reload = useCallback(() => {
    complained.current.clear();
    joined.current = null;
    listens.current = false;
    setHeard({ ...BEGINNING, muted: mutedIn(wanted()) });
    setAttempt((before) => before + 1);
  }, [wanted]);

  useEffect(() => {
    const allowed = allowMessages({ ...ALLOWANCE, clock: () => performance.now() });
    const hear = (event: MessageEvent<unknown>) => {
      if (event.origin !== roomOrigin || event.source !== element.current?.contentWindow) return;
      // What comes faster than any honest page speaks is not listened to.
      if (!allowed()) return;
      const message = roomToConsole.safeParse(event.data);
      if (!message.success) return;
      if (message.data.type === 'ready') {
        listens.current = true;
        joined.current = null;
        tell({ type: 'expect', on: newest.current.expecting });
        join();
      }
      if (message.data.type === 'failed') complain(message.data.why);
      if (message.data.type === 'broken') complain('lost');
      const muted = mutedIn(wanted());
      setHeard((before) =>
        message.data.type === 'ready' ? { ...BEGINNING, muted } : { ...before, ...reading(message.data) },
      );
    };
    addEventListener('message', hear);
    return () => removeEventListener('message', hear);
  }, [roomOrigin, join, complain, tell, wanted]);

  // A page that listens joins at once: drawing the visit takes as long as joining does. Another deployment is another
  // page, which says `ready`.
  useEffect(() => {
    const here = deployment;
    return onNews(() => {
      if (listens.current && newestTicket()?.origin === here) join();
    });
  }, [onNews, newestTicket, deployment, join]);

  // Another room, not merely a fresh token for the same one.
  const room = ticket?.room ?? null;
  const before = useRef(room);
  useEffect(() => {
    if (before.current === room) return;
    const over = room === null;
    before.current = room;
    // A page that has seen a call is not kept for the next one.
    if (over) reload();
    else if (listens.current) join();
  }, [room, join, reload]);

  // Both sides stop at once, and begin again at once.
  useEffect(() => {
    if (joined.current !== null) tell({ type: 'send', ...onLine(wanted(), slowLine) });
  }, [slowLine, tell, wanted]);

  useEffect(() => {
    if (listens.current) tell({ type: 'expect', on: expecting });
  }, [expecting, tell]);

  useEffect(() => {
    if (joined.current !== null) tell({ type: 'subtitles', on: subtitles });
  }, [subtitles, tell]);

  const setElement = useCallback((next: HTMLIFrameElement | null) => {
    element.current = next;
    listens.current = false;
  }, []);

  const src = useMemo(() => {
    const view = new URL('/view', roomOrigin);
    if (deployment !== roomOrigin) view.searchParams.set('deployment', deployment);
    return view.href;
  }, [roomOrigin, deployment]);

  return useMemo(
    () => ({
      ...heard,
      setMicrophone: (audio) => send({ audio }),
      setCamera: (video) => send({ video }),
      remove: (participantId) => tell({ type: 'remove', participantId }),
      retry: reload,
      frame: { key: `${src} ${attempt}`, src, ref: setElement },
    }),
    [heard, attempt, src, reload, setElement, send, tell],
  );
}

function onLine({ audio, video }: SentMedia, slow: boolean): SentMedia {
  return { audio, video: video && !slow };
}

function mutedIn({ audio, video }: SentMedia): Heard['muted'] {
  return { audio: !audio, video: !video };
}

function reading(message: Exclude<RoomToConsole, { type: 'ready' }>): Partial<Heard> {
  switch (message.type) {
    case 'joined':
      return { state: 'joining' };
    case 'broken':
      return {};
    case 'live':
    case 'lost':
    case 'left':
    case 'failed':
      return { state: message.type };
    case 'others':
      return { others: message.others };
    case 'muted':
      return { muted: { audio: message.audio, video: message.video } };
    case 'noCamera':
      return { noCamera: true };
    case 'noMicrophone':
      return { noMicrophone: true };
    default:
      return assertNever(message);
  }
}

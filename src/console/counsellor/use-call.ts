/** The call. Its page is a stranger's code on an origin of its own: it is framed, told what to do, and believed little. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { assertNever } from '#shared/assert-never.ts';
import type { RoomTicket } from '#shared/protocol.ts';
import { type ConsoleToRoom, type RoomToConsole, roomToConsole } from '../room/contract.ts';

export type CallState = 'preparing' | 'joining' | 'live' | 'lost' | 'left' | 'failed';

export interface Call {
  readonly state: CallState;
  readonly muted: { readonly audio: boolean; readonly video: boolean };
  readonly noCamera: boolean;
  readonly noMicrophone: boolean;
  readonly toggleMicrophone: () => void;
  readonly toggleCamera: () => void;
  /** Loads the room's page again and joins. */
  readonly retry: () => void;
  readonly frame: {
    readonly key: number;
    readonly src: string;
    readonly ref: (element: HTMLIFrameElement | null) => void;
  };
}

const BEGINNING = {
  state: 'preparing' as CallState,
  muted: { audio: false, video: false },
  noCamera: false,
  noMicrophone: false,
};

export function useCall(roomOrigin: string, ticket: RoomTicket, displayName: string): Call {
  const [heard, setHeard] = useState(BEGINNING);
  const [attempt, setAttempt] = useState(0);
  const element = useRef<HTMLIFrameElement | null>(null);
  const newest = useRef({ ticket, displayName });
  newest.current = { ticket, displayName };

  const tell = useCallback(
    (message: ConsoleToRoom) => element.current?.contentWindow?.postMessage(message, roomOrigin),
    [roomOrigin],
  );

  useEffect(() => {
    const hear = (event: MessageEvent<unknown>) => {
      if (event.origin !== roomOrigin || event.source !== element.current?.contentWindow) return;
      const message = roomToConsole.safeParse(event.data);
      if (!message.success) return;
      if (message.data.type === 'ready') tell({ type: 'join', ...newest.current });
      setHeard((before) => ({ ...before, ...reading(message.data) }));
    };
    addEventListener('message', hear);
    return () => removeEventListener('message', hear);
  }, [roomOrigin, tell]);

  // Another room, not merely a fresh token for the same one.
  const address = `${ticket.domain}/${ticket.room}`;
  const joinedAddress = useRef(address);
  useEffect(() => {
    if (joinedAddress.current === address) return;
    joinedAddress.current = address;
    tell({ type: 'join', ...newest.current });
  }, [address, tell]);

  const setElement = useCallback((next: HTMLIFrameElement | null) => {
    element.current = next;
  }, []);

  return useMemo(
    () => ({
      ...heard,
      toggleMicrophone: () => tell({ type: 'toggleMicrophone' }),
      toggleCamera: () => tell({ type: 'toggleCamera' }),
      retry: () => {
        setHeard(BEGINNING);
        setAttempt((before) => before + 1);
      },
      frame: { key: attempt, src: new URL('/view', roomOrigin).href, ref: setElement },
    }),
    [heard, attempt, roomOrigin, setElement, tell],
  );
}

function reading(message: RoomToConsole): Partial<typeof BEGINNING> {
  switch (message.type) {
    case 'ready':
    case 'joined':
      return { state: 'joining' };
    case 'live':
    case 'lost':
    case 'left':
    case 'failed':
      return { state: message.type };
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

/** The room page's end of the postMessage bridge: it speaks to the one origin that embeds it and hears no other. */
import { type FromFrame, type RequestName, type RoomEvents, toFrame } from './bridge-contract.ts';

export interface Bridge {
  readonly emit: <Name extends keyof RoomEvents>(name: Name, data: RoomEvents[Name]) => void;
}

type Argument = string | number | boolean | null;

export interface BridgeOptions {
  readonly parentOrigin: string;
  readonly onCommand: (name: string, list: readonly Argument[]) => void;
  readonly onRequest: (name: RequestName, list: readonly Argument[]) => unknown;
}

export function openBridge(options: BridgeOptions): Bridge {
  const { parentOrigin } = options;
  const send = (message: FromFrame) => {
    if (window.parent !== window) window.parent.postMessage(message, parentOrigin);
  };

  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== parentOrigin) return;
    const parsed = toFrame.safeParse(event.data);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.kind === 'command') return options.onCommand(message.name, message.arguments);
    const respond = (ok: boolean, value: unknown) =>
      send({ mark: 'vis-a-vis-room', kind: 'response', request: message.request, ok, value });
    Promise.resolve(options.onRequest(message.name, message.arguments)).then(
      (value) => respond(true, value ?? null),
      () => respond(false, null),
    );
  });
  send({ mark: 'vis-a-vis-room', kind: 'ready' });

  return {
    emit: (name, data) => send({ mark: 'vis-a-vis-room', kind: 'event', name, data }),
  };
}

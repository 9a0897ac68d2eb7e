/** The preloads' only way to and from main: the typed channels of shared/ipc.ts, and no others. */
import { ipcRenderer } from 'electron';
import type { FromPage, ToPage } from '#shared/ipc.ts';

export function sendToMain<Channel extends keyof FromPage>(
  channel: Channel,
  message: FromPage[Channel],
): void {
  ipcRenderer.send(channel, message);
}

/** The page gets the message alone: never the IPC event, which would hand it the sender. Returns what stops it. */
export function listenToMain<Channel extends keyof ToPage>(
  channel: Channel,
  listener: (message: ToPage[Channel]) => void,
): () => void {
  const receive = (_event: unknown, message: ToPage[Channel]) => listener(message);
  ipcRenderer.on(channel, receive);
  return () => {
    ipcRenderer.off(channel, receive);
  };
}

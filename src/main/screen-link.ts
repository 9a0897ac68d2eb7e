/**
 * The only place where the main process listens to its pages. A message counts when it comes from the top frame of a
 * page of the right host and matches its one schema (shared/ipc.ts); anything else is dropped and noted.
 */

import { type IpcMainEvent, ipcMain, type WebContents } from 'electron';
import { type FromPage, fromPage, type ToPage } from '#shared/ipc.ts';
import { APP_SCHEME, SCREEN_HOSTS } from '#shared/screen-places.ts';
import type { Log } from './log.ts';

export type PageListener<Channel extends keyof FromPage> = (
  message: FromPage[Channel],
  from: WebContents,
) => void;

/** Returns a function that stops listening. */
export function listenToPage<Channel extends keyof FromPage>(
  channel: Channel,
  log: Log,
  listener: PageListener<Channel>,
): () => void {
  const page = channel.slice(0, channel.indexOf(':'));
  const receive = (event: IpcMainEvent, payload: unknown) => {
    if (!isTopPageOf(event, page)) {
      log.warn({ event: 'page.sender-refused', channel });
      return;
    }
    const parsed = fromPage[channel].safeParse(payload);
    if (parsed.success) listener(parsed.data as FromPage[Channel], event.sender);
    else log.warn({ event: 'page.message-refused', channel });
  };
  ipcMain.on(channel, receive);
  return () => ipcMain.off(channel, receive);
}

/** Sends nothing to a page that is gone. */
export function sendToPage<Channel extends keyof ToPage>(
  page: WebContents,
  channel: Channel,
  message: ToPage[Channel],
): void {
  if (!page.isDestroyed()) page.send(channel, message);
}

function isTopPageOf(event: IpcMainEvent, page: string): boolean {
  const frame = event.senderFrame;
  const hosts = page === 'face' || page === 'desk' ? SCREEN_HOSTS[page] : [page];
  return (
    frame !== null &&
    frame === event.sender.mainFrame &&
    hosts.some((host) => frame.url.startsWith(`${APP_SCHEME}://${host}/`))
  );
}

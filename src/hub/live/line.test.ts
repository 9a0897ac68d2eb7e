import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { type LineEvents, openLine } from './line.ts';

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** A peer whose texts a line handles. */
async function peerOf(events: Pick<LineEvents, 'onText'> & Partial<LineEvents>): Promise<WebSocket> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const run = (work: Promise<void>): void => void work.catch(() => undefined);
  server.on('connection', (socket) => {
    openLine(socket, 60_000, { onBytes: () => undefined, onClose: () => undefined, run, ...events });
  });
  await once(server, 'listening');
  const peer = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  open.push(server, { close: () => peer.terminate() });
  await once(peer, 'open');
  return peer;
}

test('what messages ask to be done is done one after the other; what is only passed on waits for none of it', async () => {
  const happened: string[] = [];
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const peer = await peerOf({
    onText(text) {
      if (text.startsWith('pass')) {
        happened.push(text);
        return null;
      }
      return async () => {
        happened.push(`${text} begins`);
        if (text === 'first') await finished;
        happened.push(`${text} ends`);
      };
    },
  });
  for (const text of ['first', 'second', 'pass this on']) peer.send(text);
  await vi.waitFor(() => expect([...happened].sort()).toEqual(['first begins', 'pass this on']));
  finish();
  await vi.waitFor(() => expect(happened.slice(2)).toEqual(['first ends', 'second begins', 'second ends']));
});

test('a bug in reading one message, or in what it asked for, is told, and the next one is read', async () => {
  const bugs: string[] = [];
  const read: string[] = [];
  const peer = await peerOf({
    onText(text) {
      if (text === 'unreadable') throw new Error('reading');
      if (text === 'undoable') return () => Promise.reject(new Error('doing'));
      read.push(text);
      return null;
    },
    run: (work) => void work.catch((bug: Error) => bugs.push(bug.message)),
  });
  for (const text of ['unreadable', 'undoable', 'fine']) peer.send(text);
  await vi.waitFor(() => expect(read).toEqual(['fine']));
  await vi.waitFor(() => expect(bugs.sort()).toEqual(['doing', 'reading']));
});

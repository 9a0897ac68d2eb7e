/** What the room's page (and the hidden page that lists devices) can tell main, and nothing more. */
import { contextBridge } from 'electron';
import type { RoomClient } from '#shared/ipc.ts';
import { listenToMain, sendToMain } from './channels.ts';

const client: RoomClient = {
  onOrder: (listener) => {
    const stop = listenToMain('room:order', listener);
    sendToMain('room:ready', {});
    return stop;
  },
  report: (event) => sendToMain('room:event', event),
  devices: (devices) => sendToMain('room:devices', devices),
};

contextBridge.exposeInMainWorld('terminal', client);

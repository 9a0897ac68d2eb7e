/** What the self view, which has the camera, can tell main and hear from it, and nothing more. */
import { contextBridge } from 'electron';
import type { SelfViewClient } from '#shared/ipc.ts';
import { listenToMain, sendToMain } from './channels.ts';

const client: SelfViewClient = {
  onOrder: (listener) => {
    const stop = listenToMain('room:selfOrder', listener);
    sendToMain('room:self', { type: 'ready' });
    return stop;
  },
  tell: (event) => sendToMain('room:self', event),
};

contextBridge.exposeInMainWorld('terminal', client);

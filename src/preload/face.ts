/** What the face screen's page can ask of main, and nothing more. */
import { contextBridge } from 'electron';
import type { ScreenClient } from '#shared/ipc.ts';
import { listenToMain, sendToMain } from './channels.ts';

const client: ScreenClient = {
  onView: (listener) => {
    const stop = listenToMain('face:view', listener);
    sendToMain('face:ready', {});
    return stop;
  },
  painted: () => sendToMain('face:painted', {}),
};

contextBridge.exposeInMainWorld('terminal', client);

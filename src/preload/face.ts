/** What the face screen's page can ask of main, and nothing more. */
import { contextBridge } from 'electron';
import type { FaceClient } from '#shared/ipc.ts';
import { listenToMain, sendToMain } from './channels.ts';

const client: FaceClient = {
  onView: (listener) => {
    const stop = listenToMain('face:view', listener);
    sendToMain('face:ready', {});
    return stop;
  },
  painted: () => sendToMain('face:painted', {}),
  greetingKey: (publicKey) => sendToMain('face:greetingKey', { publicKey }),
};

contextBridge.exposeInMainWorld('terminal', client);

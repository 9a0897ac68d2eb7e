/** What the desk screen's page can ask of main, and nothing more. */
import { contextBridge } from 'electron';
import type { DeskClient } from '#shared/ipc.ts';
import { listenToMain, sendToMain } from './channels.ts';

const client: DeskClient = {
  onView: (listener) => {
    const stop = listenToMain('desk:view', listener);
    sendToMain('desk:ready', {});
    return stop;
  },
  painted: () => sendToMain('desk:painted', {}),
  sheetFailed: (documentId, page) => sendToMain('desk:sheetFailed', { documentId, page }),
};

contextBridge.exposeInMainWorld('terminal', client);

/** What the self-test's page can tell main, and nothing more. */
import { contextBridge } from 'electron';
import type { SelfTestClient } from '#shared/ipc.ts';
import { sendToMain } from './channels.ts';

const client: SelfTestClient = {
  measured: (measured) => sendToMain('room:selfTest', { measured }),
};

contextBridge.exposeInMainWorld('terminal', client);

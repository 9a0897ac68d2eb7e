/** What the room's page (and the hidden page that lists devices) can tell main, and nothing more. */
import { contextBridge } from 'electron';
import type { RoomClient } from '#shared/ipc.ts';
import { allowMessages } from '#shared/message-allowance.ts';
import { listenToMain, sendToMain } from './channels.ts';

/** Main listens to every page with one ear: what floods it must not come as far. Main notices, and ends the page. */
const allowed = allowMessages({ burst: 120, perSecond: 20, clock: () => performance.now() });
/** Characters; nothing that a page has to report is longer. */
const LONGEST = 32_000;

/** Of text, keys and values; endless where it is not made of text, numbers, lists and plain objects. */
function weigh(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return Infinity;
  return Object.entries(value).reduce((sum, [key, part]) => sum + key.length + weigh(part), 1);
}

function mayPass(message: object): boolean {
  return allowed() && weigh(message) <= LONGEST;
}

const client: RoomClient = {
  onOrder: (listener) => {
    const stop = listenToMain('room:order', listener);
    if (allowed()) sendToMain('room:ready', {});
    return stop;
  },
  report: (event) => {
    if (mayPass(event)) sendToMain('room:event', event);
  },
  devices: (devices) => {
    if (mayPass(devices)) sendToMain('room:devices', devices);
  },
};

contextBridge.exposeInMainWorld('terminal', client);

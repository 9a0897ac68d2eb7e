/**
 * The counsellor's room view: a page of the room's origin inside the console's page, so that a deployment's script never
 * runs beside the documents. Joins when told to, and reports.
 */
import '#shared/zod-without-eval.ts';
import { type JitsiApi, type JitsiConstructor, jitsiOptions, jitsiOrigin } from '#shared/jitsi-api.ts';
import { watchCall } from '#shared/jitsi-call.ts';
import type { RoomTicket } from '#shared/protocol.ts';
import { consoleToRoom, type RoomToConsole } from './contract.ts';

declare global {
  interface Window {
    readonly JitsiMeetExternalAPI?: JitsiConstructor<HTMLElement>;
  }
}

const noDevices = { camera: null, microphone: null, speaker: null };
/**
 * The console's origin: the one that spoke first, and no other from then on. Who may frame this page at all is said by
 * its response (frame-ancestors), so nobody but the console can be first.
 */
let parentOrigin: string | null = null;
const room = document.getElementById('room') ?? document.body;
/** The built-in room's script is of this very origin: fetched while the console is still saying which room it is. */
const builtIn = loadApi(window.location.host).catch(() => null);
let api: JitsiApi | null = null;
let leave: (() => void) | null = null;
/** Counts the orders, so that a join that is overtaken while its script loads does nothing. */
let latest = 0;

function report(news: RoomToConsole): void {
  if (parentOrigin !== null) window.parent.postMessage(news, parentOrigin);
}

window.addEventListener('message', (event) => {
  if (event.source !== window.parent || window.parent === window) return;
  if (parentOrigin !== null && event.origin !== parentOrigin) return;
  const parsed = consoleToRoom.safeParse(event.data);
  if (!parsed.success) return;
  parentOrigin = event.origin;
  const order = parsed.data;
  if (order.type === 'toggleMicrophone') api?.executeCommand('toggleAudio');
  if (order.type === 'toggleCamera') api?.executeCommand('toggleVideo');
  if (order.type === 'toggleMicrophone' || order.type === 'toggleCamera') return;
  latest += 1;
  leave?.();
  leave = null;
  api = null;
  if (order.type === 'leave') {
    report({ type: 'left' });
    return;
  }
  const mine = latest;
  join(order.ticket, order.displayName, () => mine === latest).catch(() => {
    if (mine === latest) report({ type: 'failed' });
  });
});

async function join(ticket: RoomTicket, displayName: string, isLatest: () => boolean): Promise<void> {
  const isBuiltIn = ticket.domain === window.location.host;
  // Another deployment's script gives the same global name: it must be the last one loaded.
  const first = await builtIn;
  const Api = isBuiltIn && first ? first : await loadApi(ticket.domain);
  if (!isLatest()) return;
  const made = new Api(
    ticket.domain,
    jitsiOptions({ ticket, displayName, parentNode: room, devices: noDevices, selfView: true, texts: true }),
  );
  const stopWatching = watchCall({
    api: made,
    devices: noDevices,
    every: (ms, tick) => {
      const timer = window.setInterval(tick, ms);
      return () => window.clearInterval(timer);
    },
    onNews: report,
  });
  api = made;
  leave = () => {
    stopWatching();
    made.dispose();
  };
}

async function loadApi(domain: string): Promise<JitsiConstructor<HTMLElement>> {
  const src = `${jitsiOrigin(domain)}/external_api.js`;
  await new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = src;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error('The deployment did not give its script.'));
    document.head.append(script);
  });
  const Api = window.JitsiMeetExternalAPI;
  if (!Api) throw new Error('The deployment gave a script without the API.');
  return Api;
}

// Says nothing that is worth hearing, to a page that is not known yet.
const ready: RoomToConsole = { type: 'ready' };
window.parent.postMessage(ready, '*');

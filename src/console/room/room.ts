/**
 * The counsellor's room view: a page of the room's origin inside the console's page, so that a deployment's script never
 * runs beside the documents. Joins when told to, and reports.
 */
import '#shared/zod-without-eval.ts';
import { loadApi } from '#room-client/load-api.ts';
import { createRoomCall } from '#room-client/room-call.ts';
import { assertNever } from '#shared/assert-never.ts';
import { consoleToRoom, type RoomToConsole } from './contract.ts';

const noDevices = { camera: null, microphone: null, speaker: null };
/**
 * The console's origin: the one that spoke first, and no other from then on. Who may frame this page at all is said by
 * its response (frame-ancestors), so nobody but the console can be first.
 */
let parentOrigin: string | null = null;

function report(news: RoomToConsole): void {
  if (parentOrigin !== null) window.parent.postMessage(news, parentOrigin);
}

const call = createRoomCall({
  parentNode: document.getElementById('room') ?? document.body,
  selfView: true,
  texts: true,
  // The built-in room's script is of this very origin: fetched while the console is still saying which room it is.
  ownDomain: window.location.host,
  load: loadApi,
  every: (ms, tick) => {
    const timer = window.setInterval(tick, ms);
    return () => window.clearInterval(timer);
  },
  onNews: report,
});

window.addEventListener('message', (event) => {
  if (event.source !== window.parent || window.parent === window) return;
  if (parentOrigin !== null && event.origin !== parentOrigin) return;
  const parsed = consoleToRoom.safeParse(event.data);
  if (!parsed.success) return;
  parentOrigin = event.origin;
  const order = parsed.data;
  switch (order.type) {
    case 'join':
      return call.join({ ticket: order.ticket, displayName: order.displayName, devices: noDevices });
    case 'leave':
      return call.leave();
    case 'toggleMicrophone':
      return call.execute('toggleAudio');
    case 'toggleCamera':
      return call.execute('toggleVideo');
    default:
      return assertNever(order);
  }
});

// Says nothing that is worth hearing, to a page that is not known yet.
const ready: RoomToConsole = { type: 'ready' };
window.parent.postMessage(ready, '*');

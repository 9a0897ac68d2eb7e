/**
 * The counsellor's room view: a page of the room's origin inside the console's page, so that a deployment's script never
 * runs beside the documents. It serves one deployment; joins when told to, and reports.
 */
import '#shared/zod-without-eval.ts';
import { loadApi } from '#room-client/load-api.ts';
import { createRoomCall } from '#room-client/room-call.ts';
import { warmDeployment } from '#room-client/warm-deployment.ts';
import { assertNever } from '#shared/assert-never.ts';
import type { CallNews } from '#shared/jitsi-call.ts';
import { consoleToRoom, type RoomToConsole } from './contract.ts';

const noDevices = { camera: null, microphone: null, speaker: null };
/** The page's own policy allows this one and no other, whatever the address says. */
const deployment = new URLSearchParams(window.location.search).get('deployment') ?? window.location.origin;
/**
 * The console's origin: the one that spoke first, and no other from then on. Who may frame this page at all is said by
 * its response (frame-ancestors), so nobody but the console can be first.
 */
let parentOrigin: string | null = null;

function report(news: RoomToConsole): void {
  if (parentOrigin !== null) window.parent.postMessage(news, parentOrigin);
}

/** Kept open all day for nobody, a stranger's page would cost the counsellor's machine more than it saves. */
let expected = false;

const call = createRoomCall<HTMLElement>({
  parentNode: document.getElementById('room') ?? document.body,
  selfView: true,
  texts: true,
  load: loadApi,
  warm: (origin) => (expected ? warmDeployment(origin) : () => undefined),
  every: (ms, tick) => {
    const timer = window.setInterval(tick, ms);
    return () => window.clearInterval(timer);
  },
  onNews(news) {
    // The terminal says it to those who can do something about it.
    if (news.type !== 'drift' && news.type !== 'said') report(toConsole(news));
  },
});

function toConsole(news: Exclude<CallNews, { type: 'drift' | 'said' }>): RoomToConsole {
  if (news.type === 'failed') return { type: 'failed', why: news.why };
  if (news.type === 'others') return { type: 'others', others: news.others.map((other) => ({ ...other })) };
  return news;
}

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
    case 'send':
      return call.send({ audio: order.audio, video: order.video });
    case 'expect':
      expected = order.on;
      // The built-in room's own page is small, and waits from the beginning.
      if (deployment !== window.location.origin) call.prepare(deployment);
      return;
    case 'subtitles':
      return call.setSubtitles(order.on);
    case 'remove':
      return call.remove(order.participantId);
    default:
      return assertNever(order);
  }
});

// The script is fetched while the counsellor waits for someone.
call.prepare(deployment);
// Says nothing that is worth hearing, to a page that is not known yet.
const ready: RoomToConsole = { type: 'ready' };
window.parent.postMessage(ready, '*');

/**
 * The terminal's room page: joins whatever deployment the ticket names, hands free, and tells main how the call stands.
 * The deployment's script runs in this page, and this page can do nothing but report.
 */
import '#shared/zod-without-eval.ts';
import { createDeploymentPulse } from '#room-client/deployment-pulse.ts';
import { loadApi } from '#room-client/load-api.ts';
import { createRoomCall } from '#room-client/room-call.ts';
import { warmDeployment } from '#room-client/warm-deployment.ts';
import { assertNever } from '#shared/assert-never.ts';
import type { RoomClient } from '#shared/ipc.ts';
import type { CallNews } from '#shared/jitsi-call.ts';

declare global {
  interface Window {
    readonly terminal: RoomClient;
  }
}

const { terminal } = window;
const every = (ms: number, tick: () => void) => {
  const timer = window.setInterval(tick, ms);
  return () => window.clearInterval(timer);
};

const call = createRoomCall({
  parentNode: document.getElementById('room') ?? document.body,
  selfView: false,
  texts: false,
  load: loadApi,
  warm: warmDeployment,
  every,
  onNews: tell,
});
const pulse = createDeploymentPulse({ every, onReachable: () => terminal.report({ type: 'reachable' }) });

terminal.onOrder((order) => {
  switch (order.type) {
    case 'prepare':
      return call.prepare(order.origin);
    case 'join':
      pulse.watch(order.ticket.origin);
      return call.join(order);
    case 'send':
      return call.send({ audio: order.audio, video: order.video });
    case 'subtitles':
      return call.setSubtitles(order.on);
    case 'leave':
      pulse.rest();
      return call.leave();
    default:
      return assertNever(order);
  }
});

/** A sentence grows word by word, faster than anybody reads, and faster than main lets a page speak. */
let said: { readonly id: string; readonly text: string } | null = null;
let flushing = false;
function hear(id: string, text: string): void {
  if (said && said.id !== id) flush();
  said = { id, text };
  if (flushing) return;
  flushing = true;
  window.setTimeout(() => {
    flushing = false;
    flush();
  }, 500);
}
function flush(): void {
  if (said) terminal.report({ type: 'said', ...said });
  said = null;
}

function tell(news: CallNews): void {
  switch (news.type) {
    case 'live':
      pulse.calm();
      terminal.report({ type: 'live' });
      break;
    case 'lost':
      pulse.wake();
      terminal.report({ type: 'lost' });
      break;
    case 'broken':
      terminal.report({ type: 'reachable' });
      break;
    case 'drift':
      terminal.report({ type: 'drift', missing: [...news.missing] });
      break;
    case 'others':
      terminal.report({ type: 'others', count: news.others.length });
      break;
    case 'failed':
      terminal.report({ type: 'failed', why: news.why, origin: news.origin });
      break;
    case 'joined':
    case 'left':
      terminal.report({ type: news.type });
      break;
    case 'said':
      hear(news.id, news.text);
      break;
    case 'muted':
    case 'noCamera':
    case 'noMicrophone':
      break;
    default:
      assertNever(news);
  }
}

/**
 * The terminal's room page: joins whatever deployment the ticket names, hands free, and tells main how the call stands.
 * The deployment's script runs in this page, and this page can do nothing but report.
 */
import '#shared/zod-without-eval.ts';
import type { RoomClient, RoomEvent, RoomOrder } from '#shared/ipc.ts';
import { type JitsiConstructor, jitsiOptions, jitsiOrigin } from '#shared/jitsi-api.ts';
import { watchCall } from '#shared/jitsi-call.ts';

declare global {
  interface Window {
    readonly terminal: RoomClient;
    readonly JitsiMeetExternalAPI?: JitsiConstructor<HTMLElement>;
  }
}

const { terminal } = window;
const room = document.getElementById('room') ?? document.body;
let leave: (() => void) | null = null;
/** Counts the orders, so that one that is overtaken while its script loads does nothing. */
let latest = 0;

terminal.onOrder((order) => {
  latest += 1;
  leave?.();
  leave = null;
  if (order.type === 'leave') terminal.report({ type: 'left' });
  else {
    const mine = latest;
    join(order, () => mine === latest).catch(() => {
      if (mine === latest) terminal.report({ type: 'failed' });
    });
  }
});

async function join(order: Extract<RoomOrder, { type: 'join' }>, isLatest: () => boolean): Promise<void> {
  const { ticket, devices, displayName } = order;
  const Api = await loadApi(ticket.domain);
  if (!isLatest()) return;
  const api = new Api(
    ticket.domain,
    jitsiOptions({ ticket, displayName, parentNode: room, devices, selfView: false, texts: false }),
  );
  const stopWatching = watchCall({
    api,
    devices,
    every: (ms, tick) => {
      const timer = window.setInterval(tick, ms);
      return () => window.clearInterval(timer);
    },
    onNews(news) {
      if (isRoomEvent(news)) terminal.report(news);
    },
  });
  leave = () => {
    stopWatching();
    api.dispose();
  };
}

function isRoomEvent(news: { readonly type: string }): news is RoomEvent {
  return ['joined', 'live', 'lost', 'left', 'failed'].includes(news.type);
}

/** The script is the deployment's own, so that API and server always fit. */
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

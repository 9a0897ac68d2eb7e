/**
 * The terminal's room page: joins whatever deployment the ticket names, hands free, and tells main how the call stands.
 * The deployment's script runs in this page, and this page can do nothing but report.
 */
import '#shared/zod-without-eval.ts';
import { loadApi } from '#room-client/load-api.ts';
import { createRoomCall } from '#room-client/room-call.ts';
import type { RoomClient, RoomEvent } from '#shared/ipc.ts';

declare global {
  interface Window {
    readonly terminal: RoomClient;
  }
}

const { terminal } = window;

const call = createRoomCall({
  parentNode: document.getElementById('room') ?? document.body,
  selfView: false,
  texts: false,
  ownDomain: null,
  load: loadApi,
  every: (ms, tick) => {
    const timer = window.setInterval(tick, ms);
    return () => window.clearInterval(timer);
  },
  onNews: (news) => {
    if (isRoomEvent(news)) terminal.report(news);
  },
});

terminal.onOrder((order) => {
  if (order.type === 'leave') call.leave();
  else call.join(order);
});

function isRoomEvent(news: { readonly type: string }): news is RoomEvent {
  return ['joined', 'live', 'lost', 'left', 'failed'].includes(news.type);
}

/**
 * Which orders a terminal is told at each connection: those that are open, and those whose effect lasts (documents
 * taken, the page that lies on the desk, the resident's own picture, the subtitles), because a terminal that was
 * restarted in the middle of a visit has lost them. One that was not restarted answers that all of it is done.
 */
import type { OrderRecord } from './store.ts';

/** @param orders of one visit, in the order they were given. */
export function ordersToSay(orders: readonly OrderRecord[]): readonly OrderRecord[] {
  const done = orders.filter(({ status }) => status.status === 'done');
  const onDesk = done.findLast(({ request }) => request.kind === 'show' || request.kind === 'clearDesk');
  const selfView = done.findLast(({ request }) => request.kind === 'selfView');
  const subtitles = done.findLast(({ request }) => request.kind === 'subtitles');
  return orders.filter((order) => {
    const { request, status } = order;
    if (status.status === 'failed') return false;
    if (status.status !== 'done') return true;
    return (
      request.kind === 'take' ||
      (request.kind === 'show' && order === onDesk) ||
      (request.kind === 'selfView' && request.on && order === selfView) ||
      (request.kind === 'subtitles' && request.on && order === subtitles)
    );
  });
}

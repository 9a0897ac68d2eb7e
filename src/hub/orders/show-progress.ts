/** Progress that is not written is shown to the visit's counsellor, at whichever hub his pages are. */
import type { OrderStatus } from '#shared/protocol/orders.ts';
import type { Hub } from '../hub.ts';

/** @param status null: what the database holds is newer. */
export function showProgress(
  { switchboard, neighbours }: Pick<Hub, 'switchboard' | 'neighbours'>,
  visitId: string,
  orderId: string,
  status: OrderStatus | null,
): void {
  showProgressHere(switchboard, orderId, status);
  const snapshot = switchboard.snapshot();
  const counsellor = snapshot?.visits.find((visit) => visit.visitId === visitId)?.call?.counsellorId;
  const pages = snapshot?.elsewhere.counsellors.filter(({ accountId }) => accountId === counsellor) ?? [];
  for (const hubId of new Set(pages.map((page) => page.hubId))) {
    neighbours.send(hubId, { type: 'progress', orderId, status });
  }
}

export function showProgressHere(
  switchboard: Hub['switchboard'],
  orderId: string,
  status: OrderStatus | null,
): void {
  if (status) switchboard.progress.set(orderId, status);
  else switchboard.progress.delete(orderId);
  switchboard.refreshSoon();
}

/** What the resident is told of a print or a scan, from what the order's status says. Pure. */
import type { DeskWork } from '#shared/ipc.ts';
import type { OrderRequest, OrderStatus } from '#shared/protocol/orders.ts';

/** ms. How long the desk keeps a finished work in view: enough to stand up and take the paper. */
export const WORK_SHOWN = { printed: 12_000, scanned: 6_000, failed: 12_000 } as const;

/** Null: this status changes nothing on the desk. */
export function deskWorkOf(request: OrderRequest, status: OrderStatus): DeskWork | null {
  switch (status.status) {
    case 'sent':
      return null;
    case 'acknowledged':
      return request.kind === 'scan'
        ? { kind: 'scanning', source: request.source, page: 1, percent: 0 }
        : null;
    case 'underWay':
      if (status.progress.kind === 'printing') {
        const { printed, pages, reasons } = status.progress;
        // The one before it is what comes out.
        if (reasons.includes('printWaitsTurn')) return null;
        const page = Math.min(printed + 1, pages);
        const turned = request.kind === 'print' && request.options?.twoSided === true && pages > 1;
        return {
          ...{ kind: 'printing', page, pages, held: reasons[0] ?? null },
          ...(turned && { twoSided: true }),
        };
      }
      if (status.progress.kind === 'scanning' && request.kind === 'scan') {
        const { page, percent, source, waking } = status.progress;
        return { kind: 'scanning', source, page, percent, ...(waking && { waking }) };
      }
      return null;
    case 'done':
      if (status.outcome.kind === 'printed') return { kind: 'printed', pages: status.outcome.pages };
      if (status.outcome.kind === 'scanned') return { kind: 'scanned', pages: status.outcome.pages.length };
      return null;
    case 'failed':
      if (request.kind !== 'print' && request.kind !== 'scan') return null;
      // Another scan is under way, which is not touched by this one.
      if (status.code === 'deviceTaken') return null;
      return status.code === 'cancelled'
        ? { kind: 'none' }
        : { kind: 'failed', what: request.kind, code: status.code };
  }
}

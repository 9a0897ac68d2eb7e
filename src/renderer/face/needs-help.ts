import type { VisitEndReason } from '#shared/protocol/views.ts';

/** True where the visit ended without the resident being served: the secretary is whom to ask. */
export function needsHelp(reason: VisitEndReason): boolean {
  return reason !== 'completed' && reason !== 'residentGone';
}

/** What a terminal is told of its visit: no motive, and no name that the clerk did not allow on the screen. */
import type { TerminalVisit } from '#shared/protocol/views.ts';
import {
  deploymentOf,
  isCounsellorOnline,
  opensAtOf,
  positionOf,
  type Snapshot,
  waitOf,
} from '../live/snapshot.ts';
import type { VisitRecord } from '../visits/store.ts';

/** `greeting`: the name, sealed for the page that shows it (greetings.ts). */
export function terminalVisitOf(
  snapshot: Snapshot,
  visit: VisitRecord,
  greeting: string | null,
): TerminalVisit {
  const { call } = visit;
  return {
    visitId: visit.visitId,
    greeting,
    body: visit.body,
    stage: call ? 'inCall' : 'queued',
    position: positionOf(snapshot, visit),
    wait: waitOf(snapshot, visit),
    opensAt: opensAtOf(snapshot, visit),
    counsellor: call ? { name: call.counsellor, body: visit.body } : null,
    counsellorPresent: call ? isCounsellorOnline(snapshot, visit.bodyId, call.counsellorId) : false,
    residentPresent: visit.residentPresent,
    quiet: visit.quiet,
    invited: call ? (visit.invited?.name ?? null) : null,
    deployment: deploymentOf(snapshot, visit),
    room: snapshot.tickets.get(visit.visitId)?.terminal ?? null,
  };
}

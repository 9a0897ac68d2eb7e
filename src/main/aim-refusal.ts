import type { FailureCode } from '#shared/failure.ts';
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';
import type { VisitState } from '#shared/visit-state.ts';

/** Why no paper can be held before the camera now, or no longer; null: it can. */
export function aimRefusal({ at, hub }: VisitState, camera: DeviceReport): FailureCode | null {
  if (camera.state === 'trouble' || camera.state === 'none') return 'cameraAbsent';
  if (at.stage !== 'inCall') return 'callNotLive';
  if (at.guest.quiet.privateBy !== null || at.guest.quiet.residentPicture) return 'cameraCut';
  if (hub === 'lost' || !at.counsellorPresent) return 'lineCut';
  return at.call === 'live' ? null : 'callNotLive';
}

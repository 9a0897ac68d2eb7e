/** What both pages are sent: the visit without what a page has no use for. Pure. */
import type { DeskLive } from '#shared/desk-live.ts';
import type {
  CommuneLook,
  DeskAim,
  DeskSheet,
  DeskWork,
  FaceGuest,
  FaceStage,
  ScreenView,
} from '#shared/ipc.ts';
import type { NextAppointment } from '#shared/protocol/agenda.ts';
import type { DevicesReport } from '#shared/protocol/terminal-report.ts';
import type { Guest, VisitState } from '#shared/visit-state.ts';

export interface ScreenFacts {
  readonly commune: CommuneLook;
  readonly state: VisitState;
  readonly devices: DevicesReport;
  readonly sheet: DeskSheet;
  readonly work: DeskWork;
  readonly live: DeskLive | null;
  readonly selfView: boolean;
  readonly aim: DeskAim | null;
  readonly company: ScreenView['company'];
  readonly slowLine: boolean;
  readonly still: string | null;
  readonly subtitles: string[] | null;
  readonly checkCode: string | null;
  readonly selfTesting: boolean;
  readonly nextAppointment: NextAppointment | null;
  readonly shared: boolean;
}

export function screenViewOf({ state, ...facts }: ScreenFacts): ScreenView {
  return { ...facts, hub: state.hub, at: faceStageOf(state.at) };
}

export function faceStageOf(at: VisitState['at']): FaceStage {
  switch (at.stage) {
    case 'inCall': {
      const { stage, guest, counsellor, call, counsellorPresent } = at;
      return { stage, guest: faceGuestOf(guest), counsellor, call, counsellorPresent };
    }
    case 'announced':
    case 'welcomed':
    case 'waiting':
      return { stage: at.stage, guest: faceGuestOf(at.guest) };
    case 'ending':
    case 'wiping':
      return { stage: at.stage, reason: at.reason };
    default:
      return at;
  }
}

/** Where the call is made is no page's business. */
function faceGuestOf({ deployment: _deployment, ...guest }: Guest): FaceGuest {
  return guest;
}

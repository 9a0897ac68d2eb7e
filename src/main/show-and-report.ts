/** What follows from everything that changes: both screens are shown the whole of it, and the hub is told its part. */
import type { WebContents } from 'electron';
import type { TerminalConfiguration } from '#shared/configuration/terminal.ts';
import type { ScreenView } from '#shared/ipc.ts';
import type { TerminalReport } from '#shared/protocol/terminal-report.ts';
import { guestOf, type VisitState } from '#shared/visit-state.ts';
import type { Agenda } from './agenda.ts';
import type { Desk } from './desk.ts';
import type { Devices } from './devices.ts';
import type { Hardware } from './hardware.ts';
import type { MachineLink } from './machine/machine-link.ts';
import type { SandboxNetwork } from './pages/sandbox.ts';
import { sendToPage } from './screen-link.ts';
import { screenViewOf } from './screen-view.ts';
import type { Screens } from './screens.ts';
import type { SelfViewMode } from './self-camera.ts';
import type { SelfTests } from './self-tests.ts';
import type { Shots } from './shots.ts';
import type { Subtitles } from './subtitles.ts';
import type { VisitDocuments } from './visit-documents.ts';
import type { VisitRoom } from './visit-room.ts';
import type { MainMemory } from './wipe/main-memory.ts';

export interface ShownParts {
  readonly commune: TerminalConfiguration['commune'];
  readonly version: string;
  readonly state: () => VisitState;
  readonly screens: Screens;
  readonly devices: Devices;
  readonly desk: Desk;
  readonly room: VisitRoom;
  readonly shots: Shots;
  readonly subtitles: Subtitles;
  readonly documents: VisitDocuments;
  readonly hardware: Hardware;
  readonly selfTests: SelfTests;
  readonly agenda: Agenda;
  readonly machine: Pick<MachineLink, 'renew' | 'updates'>;
  /** Of the face page: who greets a resident by name can read it, this process cannot. */
  readonly greetingKey: () => string | null;
  readonly pdfNetwork: () => SandboxNetwork | null;
  readonly memory: Pick<MainMemory, 'note'>;
  readonly tell: (report: TerminalReport) => void;
}

export interface ShowAndReport {
  /** Both screens. */
  readonly show: () => void;
  /** Both screens, and the hub. */
  readonly renew: () => void;
}

export function createShowAndReport(parts: ShownParts): ShowAndReport {
  const { state, screens, devices, desk, room, shots, documents, selfTests } = parts;

  function show(): void {
    const { at } = state();
    shots.check();
    room.self.show(selfViewMode(at));
    const view = screenViewOf({
      commune: parts.commune,
      state: state(),
      devices: devices.report(),
      sheet: desk.sheet(),
      work: desk.work(),
      live: desk.live(),
      selfView: desk.selfView(),
      aim: shots.state(),
      company: companyOf(at, room.others()),
      slowLine: room.line.isSlow(),
      still: room.line.still(),
      subtitles: parts.subtitles.lines(),
      selfTesting: selfTests.underWay(),
      nextAppointment: parts.agenda.next(),
      checkCode: documents.checkCode(),
      shared: screens.layout()?.shared ?? false,
    });
    const guest = guestOf(at);
    if (guest) for (const thing of [guest, view]) parts.memory.note(thing);
    // What is typed is drawn on the desk alone.
    const views = { face: { ...view, live: null }, desk: view };
    eachScreen(screens, (page, screen) => sendToPage(page, `${screen}:view`, views[screen]));
    parts.machine.renew();
  }

  function selfViewMode(at: VisitState['at']): SelfViewMode {
    if (guestOf(at) === null || (at.stage === 'inCall' && at.call === 'paused')) return 'gone';
    if (shots.isAiming()) return 'aim';
    return desk.selfView() ? 'small' : 'off';
  }

  function report(): TerminalReport {
    const { at } = state();
    const pdfNetwork = parts.pdfNetwork();
    const updates = parts.machine.updates();
    return {
      stage: at.stage,
      visitId: guestOf(at)?.visitId ?? null,
      call: at.stage === 'inCall' ? at.call : null,
      devices: devices.report(),
      printer: parts.hardware.printerAbilities(),
      version: parts.version,
      selfTesting: selfTests.underWay(),
      slowLine: room.line.isSlow(),
      visitKey: documents.visitKey(),
      greetingKey: parts.greetingKey(),
      ...(pdfNetwork && { pdfNetwork }),
      ...(updates && { updates }),
    };
  }

  return {
    show,
    renew() {
      show();
      parts.tell(report());
    },
  };
}

/** Those that are there. */
export function eachScreen(
  screens: Pick<Screens, 'face' | 'desk'>,
  work: (page: WebContents, screen: 'face' | 'desk') => void,
): void {
  for (const screen of ['face', 'desk'] as const) {
    if (!screens[screen].isDestroyed()) work(screens[screen].webContents, screen);
  }
}

/** The counsellor is one; whoever was asked in is expected, and nobody else. */
function companyOf(at: VisitState['at'], others: number): ScreenView['company'] {
  const expected = guestOf(at)?.invited ? 2 : 1;
  if (others > expected) return 'stranger';
  return others > 1 ? 'invited' : 'none';
}

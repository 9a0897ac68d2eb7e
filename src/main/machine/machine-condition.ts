/** How the terminal is, for the programs that look after its machine. Pure. */
import type { MediaDevices } from '#shared/ipc.ts';
import type { TerminalCondition } from '#shared/machine/terminal-condition.ts';
import type { NextAppointment } from '#shared/protocol/agenda.ts';
import { type DevicesReport, deviceNames } from '#shared/protocol/terminal-report.ts';
import type { VisitState } from '#shared/visit-state.ts';

export interface ConditionParts {
  readonly version: string;
  readonly painted: TerminalCondition['painted'];
  readonly state: VisitState;
  readonly selfTesting: boolean;
  readonly devices: DevicesReport;
  readonly media: MediaDevices | null;
  readonly nextAppointment: NextAppointment | null;
}

export function machineConditionOf(parts: ConditionParts): TerminalCondition {
  const { version, painted, state, selfTesting, devices, media, nextAppointment } = parts;
  return {
    pid: process.pid,
    version,
    outOfService: null,
    painted: { ...painted },
    hubLinked: state.hub === 'linked',
    stage: state.at.stage,
    selfTesting,
    usable: deviceNames.filter((name) => ['ready', 'busy'].includes(devices[name].state)),
    media,
    nextAppointmentAt: nextAppointment?.at ?? null,
  };
}

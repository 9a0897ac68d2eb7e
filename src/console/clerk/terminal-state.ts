/** The terminal's state as a clerk should hear it: one title, one sentence, and each device that wants a hand. */
import type { FailureCode } from '#shared/failure.ts';
import { type DeviceName, deviceNames } from '#shared/protocol/terminal-report.ts';
import type { TerminalView, VisitView } from '#shared/protocol/views.ts';
import type { SelfTestFinding } from '#shared/self-test.ts';
import type { Tone } from '../parts/tone.tsx';
import { words } from '../words/words.ts';

export interface TerminalState {
  readonly tone: Tone;
  readonly title: string;
  readonly note: string;
  readonly troubles: readonly { readonly device: DeviceName; readonly code: FailureCode }[];
  /** A resident may be announced now. The hub checks again. */
  readonly free: boolean;
}

export function terminalState(terminal: TerminalView, visit: VisitView | null, now: number): TerminalState {
  const { terminal: say } = words;
  const { report, lastContact } = terminal;
  const troubles = troublesOf(terminal);
  const state = (tone: Tone, title: string, note: string, free = false): TerminalState => ({
    tone,
    title,
    note,
    troubles,
    free,
  });

  if (!report) return state('off', say.never, say.neverNote);
  if (!terminal.online) {
    const title = lastContact === null ? say.offline : say.offlineSince(words.sinceMoment(lastContact, now));
    return { ...state('bad', title, say.offlineNote), troubles: [] };
  }
  if (report.stage === 'closed') return state('bad', say.closed, `${say.closedWhy} ${say.closedNote}`);
  if (report.stage === 'ending' || report.stage === 'wiping')
    return state('busy', say.wiping, say.wipingNote);
  if (visit || report.stage !== 'idle') return state('busy', say.inUse, occupation(terminal, visit));
  return troubles.length > 0 || doubtsOf(terminal).length > 0
    ? state('warn', say.limited, lackingOf(terminal).join(' '), true)
    : state('good', say.ready, [say.readyNote, ...lackingOf(terminal)].join(' '), true);
}

function occupation({ report }: TerminalView, visit: VisitView | null): string {
  const { terminal: say } = words;
  const name = visit?.residentName ?? say.someone;
  if (visit?.stage === 'inCall' || report?.stage === 'inCall') return say.inCall(name);
  return report?.stage === 'waiting' ? say.waiting(name) : say.announced(name);
}

/** What this terminal was installed without, in words: nobody should wait for it to be mended. */
export function lackingOf({ report }: TerminalView): readonly string[] {
  const lacking = (['printer', 'scanner'] as const).filter(
    (device) => report?.devices[device].state === 'none',
  );
  return lacking.map((device) => words.deviceLacking[device]);
}

/** What the last self-test found, but what the devices' own report says already. */
export function doubtsOf({ report, lastSelfTest }: TerminalView): readonly SelfTestFinding[] {
  const said = new Set<string>(
    deviceNames.flatMap((name) => {
      const at = report?.devices[name];
      return at?.state === 'trouble' ? at.reasons : [];
    }),
  );
  return (lastSelfTest?.findings ?? []).filter((finding) => !said.has(finding));
}

/** An empty feeder is no trouble while nobody scans. */
export function troublesOf({ report }: TerminalView): TerminalState['troubles'] {
  if (!report) return [];
  return deviceNames.flatMap((device) => {
    const at = report.devices[device];
    if (at.state !== 'trouble') return [];
    return at.reasons.filter((code) => code !== 'scannerEmpty').map((code) => ({ device, code }));
  });
}

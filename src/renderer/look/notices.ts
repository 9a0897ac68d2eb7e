/** Which troubles a resident is told about, and on which screen: only those that change something for them. */
import type { ScreenView } from '#shared/ipc.ts';
import type { DeviceName } from '#shared/protocol/terminal-report.ts';
import { fr } from '../words/fr.ts';

export interface Notice {
  readonly id: 'hub' | DeviceName;
  readonly text: string;
}

/** The most important first; a caption band shows only that one. */
export function faceNotices(view: ScreenView): Notice[] {
  const { at } = view;
  if (!('guest' in at)) return [];
  const live = at.stage === 'inCall' && at.call === 'live';
  const notices: Notice[] = [];
  // A lost call says already that the link is cut.
  if (view.hub === 'lost' && !(at.stage === 'inCall' && at.call === 'lost')) {
    notices.push({ id: 'hub', text: live ? fr.notice.hubLostLive : fr.notice.hubLostWaiting });
  }
  for (const id of ['microphone', 'speaker', 'camera'] as const) {
    if (inTrouble(view, id)) notices.push({ id, text: fr.notice[id] });
  }
  // Sound first: without it nothing else can be explained.
  return live ? notices.sort((a, b) => rank(a) - rank(b)) : notices;
}

/** Printer and scanner, once a counsellor is there who would use them, unless the work shown says it already. */
export function deskNotices(view: ScreenView): Notice[] {
  if (view.at.stage !== 'inCall') return [];
  const { kind } = view.work;
  const told = {
    printer: kind === 'printing' || (kind === 'failed' && view.work.what === 'print'),
    scanner: kind === 'scanning' || (kind === 'failed' && view.work.what === 'scan'),
  };
  return (['printer', 'scanner'] as const)
    .filter((id) => inTrouble(view, id) && !told[id])
    .map((id) => ({ id, text: fr.notice[id] }));
}

/** Nobody can be received here: the hub does not hear us, or the counsellor could neither hear nor be heard. */
export function canReceive(view: ScreenView): boolean {
  return view.hub === 'linked' && !(inTrouble(view, 'microphone') && inTrouble(view, 'speaker'));
}

function inTrouble(view: ScreenView, device: DeviceName): boolean {
  return view.devices[device].state === 'trouble';
}

function rank(notice: Notice): number {
  return notice.id === 'microphone' || notice.id === 'speaker' ? 0 : 1;
}

/**
 * A terminal that cannot open yet: a calm page for whoever stands before it, with a line for the operator, and its reason
 * for the programs that look after the machine. It ends itself once something changed, and is started again by its unit.
 */
import { unwatchFile, watchFile } from 'node:fs';
import type { CommuneLook, ScreenView } from '#shared/ipc.ts';
import type { OutOfService } from '#shared/machine/out-of-service.ts';
import type { DevicesReport } from '#shared/protocol/terminal-report.ts';
import { initialVisitState } from '#shared/visit-state.ts';
import { createDevices } from './devices.ts';
import type { Log } from './log.ts';
import { machineConditionOf } from './machine/machine-condition.ts';
import { createMachineLink } from './machine/machine-link.ts';
import { listenToPage, sendToPage } from './screen-link.ts';
import { screenViewOf } from './screen-view.ts';
import type { Screens } from './screens.ts';
import { eachScreen } from './show-and-report.ts';

export interface OutOfServiceOptions {
  readonly why: OutOfService;
  readonly screens: Screens;
  /** Null: the configuration does not say. */
  readonly commune: CommuneLook | null;
  readonly version: string;
  /** Of the configuration: changed or written, it is read by the next start. */
  readonly file: string;
  /** Asked again and again: what keeps it from opening now, or null: nothing any more. */
  readonly tryAgain: () => Promise<OutOfService | null>;
  readonly onChange: () => void;
  readonly log: Log;
}

/** ms */
const LOOK_AT_FILE = 1_000;
const TRY_AGAIN = 15_000;
const NO_COMMUNE: CommuneLook = { name: 'Vis-à-vis', colour: '#17505c', logo: null };

export function showOutOfService(options: OutOfServiceOptions): void {
  const { screens, version, file, tryAgain, onChange, log } = options;
  let { why } = options;
  log.warn({ event: 'main.out-of-service', why });
  const painted = { face: false, desk: false };
  const devices = createDevices(() => undefined).report();
  const machine = createMachineLink({
    folder: process.env.VISAVIS_MACHINE,
    condition: () => ({
      ...machineConditionOf({
        ...{
          version,
          painted,
          state: initialVisitState,
          selfTesting: false,
          devices,
          media: null,
          nextAppointment: null,
        },
      }),
      outOfService: why,
    }),
    onUpdates: () => undefined,
  });
  const show = (): void => {
    const view = viewOf(why, options.commune ?? NO_COMMUNE, devices);
    eachScreen(screens, (page, screen) => sendToPage(page, `${screen}:view`, view));
    machine.renew();
  };
  screens.openDesk();
  for (const screen of ['face', 'desk'] as const) {
    listenToPage(`${screen}:ready`, log, show);
    listenToPage(`${screen}:painted`, log, () => {
      log.info({ event: 'screen.painted', host: screen });
      painted[screen] = true;
      machine.renew();
    });
  }
  screens.attach({ picture: () => null, onLayout: show });
  show();
  const end = (): void => {
    clearInterval(timer);
    unwatchFile(file);
    onChange();
  };
  watchFile(file, { interval: LOOK_AT_FILE }, (now, before) => {
    // Called once where there is no file, too.
    if (now.mtimeMs !== before.mtimeMs) end();
  });
  const timer = setInterval(() => {
    void tryAgain().then((now) => {
      if (now === null) {
        end();
        return;
      }
      why = now;
      show();
    });
  }, TRY_AGAIN);
}

function viewOf(why: OutOfService, commune: CommuneLook, devices: DevicesReport): ScreenView {
  const view = screenViewOf({
    ...{ commune, state: initialVisitState, devices, shared: false },
    sheet: { kind: 'empty' },
    work: { kind: 'none' },
    company: 'none',
    ...{ live: null, selfView: false, aim: null, slowLine: false },
    ...{ still: null, subtitles: null, checkCode: null, selfTesting: false, nextAppointment: null },
  });
  return { ...view, hub: 'linked', at: { stage: 'outOfService', why } };
}

/**
 * The memory of the whole terminal in one long call on a Jitsi deployment that is lost again and again: after 48 rejoins
 * (eight hours of one every ten minutes, without the minutes between them) against after 5. Each time the XMPP server is
 * away, long enough to cost the room; the call is live again in a new one. The terminal runs without a debugger.
 */
import { startDisplays } from '#rig/displays.ts';
import { startHub } from '#rig/hub-process.ts';
import type { ConsoleView } from '#shared/protocol/views.ts';
import { startTownJitsi } from '../../test/jitsi/town-jitsi.ts';
import type { Measurement } from './figure.ts';
import { startLoneTerminal } from './lone-terminal.ts';
import { openNadiasBrowser } from './nadias-browser.ts';
import { NADIA, sitClerk } from './people.ts';
import { openPlayedConsole } from './played-console.ts';
import { middleMemory, treeMemory } from './process-memory.ts';
import { withClosers } from './with-closers.ts';

const EARLY = 5;
const LATE = 48;
/** ms: longer than what a live call outlives (room-client/deployment-pulse.ts). */
const AWAY = 7_000;

export function measureJitsiMemory(): Promise<Measurement> {
  return withClosers(async (close) => {
    const displays = await startDisplays();
    close(displays.close);
    const jitsi = await startTownJitsi({ builtIn: false });
    close(jitsi.close);
    const hub = await startHub({ variables: { HUB_JITSI_FILE: jitsi.file } });
    close(hub.close);
    const terminal = await startLoneTerminal(hub, displays.display, jitsi.switches);
    close(terminal.close);
    const clerk = await sitClerk(hub);
    close(clerk.close);
    const nadia = await openPlayedConsole(hub, NADIA);
    close(nadia.close);
    close(await openNadiasBrowser(hub, jitsi.switches));

    await clerk.announce();
    const visitId = await nadia.until('the resident waits', (view) =>
      view.role === 'counsellor' ? view.queue[0]?.visitId : null,
    );
    await nadia.ask({ type: 'pickUp', visitId });
    let room = await nadia.until('they see each other', (view) => liveRoom(view));
    const wayBack: number[] = [];
    let early = Number.NaN;
    for (let rank = 1; rank <= LATE; rank += 1) {
      await jitsi.stopXmpp();
      // The length of the outage is the matter: there is nothing to wait for instead.
      await new Promise((resolve) => setTimeout(resolve, AWAY));
      await jitsi.startXmpp();
      const back = Date.now();
      const before = room;
      room = await nadia.until('they see each other in a new room', (view) => {
        const now = liveRoom(view);
        return now !== before && now;
      });
      wayBack.push(Date.now() - back);
      if (rank === EARLY) early = await middleMemory(terminal.pid);
      else if (rank % 10 === 0)
        console.log(`  after ${rank}: ${Math.round(treeMemory(terminal.pid).total)} MB`);
    }
    const late = await middleMemory(terminal.pid);
    console.log(`  ms until the call was live again: ${wayBack.join(' ')}`);
    return { unit: 'MB', values: [late], baselines: [early], allowance: { kind: 'times', factor: 1.1 } };
  });
}

/** The name of the room in which the terminal sees the counsellor now. */
function liveRoom(view: ConsoleView): string | null {
  if (view.role !== 'counsellor' || view.current?.terminal.report?.call !== 'live') return null;
  return view.current.room.room;
}

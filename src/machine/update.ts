/** vis-a-vis-update: looks for a new version, tries it, keeps it or goes back. `--may-now`: only whether it might. */
import { setTimeout as wait } from 'node:timers/promises';
import { UPDATE_REPORT_FILE } from '#shared/machine/update-report.ts';
import { readSource, SOURCE_LIST } from './repository.ts';
import { conditionOfTerminal, restartsOfTerminal, restartTerminal } from './terminal-unit.ts';
import { mayUpdate } from './update/may-update.ts';
import { openPackages } from './update/packages.ts';
import { runUpdate } from './update/run-update.ts';
import { openUpdateStore } from './update/update-state.ts';

const KEPT = '/var/lib/vis-a-vis-machine/kept';
const STATE = '/var/lib/vis-a-vis-machine/update-state.json';

async function main(): Promise<number> {
  if (process.argv[2] === '--may-now') {
    return mayUpdate(await conditionOfTerminal(), Date.now()) ? 0 : 1;
  }
  if (!readSource()) {
    say('no repository is set up');
    return 0;
  }
  await runUpdate({
    packages: openPackages({ list: SOURCE_LIST, folder: KEPT, log: say }),
    store: openUpdateStore({ file: STATE, report: UPDATE_REPORT_FILE }),
    channel: () => readSource()?.channel ?? null,
    condition: conditionOfTerminal,
    restartTerminal,
    restarts: restartsOfTerminal,
    now: Date.now,
    wait: async (ms) => {
      await wait(ms);
    },
    log: say,
  });
  return 0;
}

/** To the journal. */
function say(event: string): void {
  process.stdout.write(`${event}\n`);
}

process.exitCode = await main();

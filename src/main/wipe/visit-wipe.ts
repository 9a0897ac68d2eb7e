/** The wipe of the visit that is over: run, written to the log by names of checks alone, signed, and told to the hub. */
import type { SignedWipeReport } from '#shared/protocol/terminal-report.ts';
import { wipeMessage } from '#shared/wipe-proof.ts';
import type { Identity } from '../identity.ts';
import type { Log } from '../log.ts';
import type { UnwipedMark } from './unwiped-mark.ts';
import { wipe } from './wipe.ts';

export interface VisitWipe {
  /** Resolves with whether nothing is left. */
  readonly run: () => Promise<boolean>;
  /** The hub is linked again: it may not have the last report. */
  readonly tellAgain: () => void;
}

export interface VisitWipeOptions {
  readonly targets: Parameters<typeof wipe>[0];
  readonly unwiped: UnwipedMark;
  readonly identity: Pick<Identity, 'terminalId' | 'sign'>;
  readonly log: Log;
  readonly tell: (report: SignedWipeReport) => void;
}

export function createVisitWipe({ targets, unwiped, identity, log, tell }: VisitWipeOptions): VisitWipe {
  let last: SignedWipeReport | null = null;
  return {
    async run() {
      const report = await wipe(targets, unwiped.visitId(), log);
      log.info({
        event: 'wipe',
        ok: report.ok,
        left: report.checked.filter((check) => !check.ok).map(({ name }) => name),
      });
      if (report.ok) unwiped.clear();
      const message = Buffer.from(wipeMessage(identity.terminalId, report));
      last = { ...report, signature: identity.sign(message) };
      tell(last);
      return report.ok;
    },
    tellAgain() {
      if (last) tell(last);
    },
  };
}

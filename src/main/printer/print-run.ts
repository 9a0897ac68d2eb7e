/**
 * One print order from the first byte to the last page: sends it, follows it, sends again what a printer that was
 * switched off lost, cancels it.
 *
 * Polled rather than subscribed: the device's own counter is the only honest one (CUPS counts the pages that its
 * filter made, all of them before the first is printed), devices that offer event subscriptions are rare, and
 * Get-Notifications is itself asked again and again. CUPS's events serve to learn how a job ended that it has forgotten.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type FailureCode, fail, type Result, succeed } from '#shared/failure.ts';
import { cancelJob } from './print-cancel.ts';
import { impressionsOf, remainingPortions } from './print-portions.ts';
import type { JobState, PrintSystem } from './print-system.ts';
import { type Verdict, verdictOn } from './print-verdict.ts';
import type { PrintControl, PrintProgress, PrintTicket } from './printer.ts';
import type { PrinterEyes } from './printer-condition.ts';
import type { CupsPrinterConfig } from './printer-config.ts';

/** How often a printer may lose what is left of a job before the job is given up. */
const LOSSES_ALLOWED = 5;

type Printed = Result<{ readonly pages: number }>;

export interface PrintRun {
  readonly system: PrintSystem;
  readonly eyes: PrinterEyes;
  readonly config: Pick<CupsPrinterConfig, 'jobPollMs' | 'baseMs' | 'pageMs' | 'hardEndMs'>;
}

/** A job that an earlier process sent: followed; what the printer then loses of it cannot be sent again. */
export interface SentEarlier {
  /** Null: only the device still has it. */
  readonly jobId: number | null;
}

export async function runPrint(
  { system, eyes, config }: PrintRun,
  ticket: PrintTicket,
  what: Uint8Array | SentEarlier,
  control: PrintControl,
): Promise<Printed> {
  const pdf = what instanceof Uint8Array ? what : null;
  const total = ticket.pages * ticket.copies;
  const started = performance.now();
  const allowance = config.baseMs + config.pageMs * total;
  let spent = 0;
  let losses = 0;
  /** Impressions of the portions that are finished, and of the one under way. */
  let before = 0;
  let current = 0;
  let toSend = pdf !== null;
  let jobId = what instanceof Uint8Array ? null : what.jobId;
  let portions = remainingPortions(ticket, 0);
  let wasAtDevice = false;
  let deviceWasAway = false;
  let said = '';

  function say(state: PrintProgress['state'], reasons: readonly FailureCode[] = []): void {
    const printed = Math.min(before + current, total);
    const progress: PrintProgress = { kind: 'printing', state, printed, pages: total, reasons: [...reasons] };
    const text = JSON.stringify(progress);
    if (text === said || control.signal.aborted) return;
    said = text;
    control.onProgress(progress);
  }

  /** Null: accepted, or to be tried again. */
  async function send(): Promise<FailureCode | null> {
    const portion = portions[0];
    if (!pdf || !portion) return 'interrupted';
    // An answer may have been lost on its way: the job may be there all the same.
    jobId = await system.find(ticket.name);
    if (jobId === null) {
      await system.startMemory();
      const sent = await system.submit(ticket.name, pdf, portion);
      if (!sent.ok) {
        if (sent.failure.code !== 'printerOffline' && sent.failure.code !== 'printerPaused')
          return sent.failure.code;
        say('held', [sent.failure.code]);
        return null;
      }
      jobId = sent.value;
    }
    toSend = false;
    say('accepted');
    return null;
  }

  async function look(): Promise<{ verdict: Verdict; held: readonly FailureCode[]; printing: boolean }> {
    const [condition, queued, device] = await Promise.all([
      eyes.look(),
      jobId === null ? ({ is: 'unknown' } as const) : system.queued(jobId),
      system.atDevice(ticket.name),
    ]);
    if (device?.is === 'active' || device?.is === 'ended') wasAtDevice = true;
    if (device?.is === 'unreachable' && wasAtDevice) deviceWasAway = true;
    current = Math.max(current, impressionsSeen(queued, device));
    const ended = queued.is === 'unknown' && jobId !== null ? await system.remember(jobId) : null;
    const portion = portions[0];
    const allOut = portion !== undefined && current >= impressionsOf(ticket, portion);
    const verdict = verdictOn({ queued, device, ended, wasAtDevice, deviceWasAway, allOut });
    const printing = device
      ? device.is === 'active' && device.printing
      : queued.is === 'active' && queued.printing;
    return { verdict, held: condition.reasons, printing };
  }

  async function cancel(): Promise<Printed> {
    if (!toSend && portions.length === 1 && (await look()).verdict === 'done')
      return succeed({ pages: total });
    jobId ??= await system.find(ticket.name);
    const gone = await cancelJob(system, ticket.name, jobId, config.jobPollMs);
    return gone ? fail('cancelled') : fail('printerOffline');
  }

  /** What the printer lost is sent again, from the page that it was printing. */
  async function sendAgain(): Promise<FailureCode | null> {
    losses += 1;
    if (!pdf || losses > LOSSES_ALLOWED) return pdf ? 'printAborted' : 'interrupted';
    if (!(await cancelJob(system, ticket.name, jobId, config.jobPollMs))) return 'printerOffline';
    before += current;
    nextPortion(remainingPortions(ticket, before));
    return null;
  }

  function nextPortion(left: typeof portions): void {
    portions = left;
    current = 0;
    jobId = null;
    toSend = true;
    wasAtDevice = false;
    deviceWasAway = false;
  }

  say('sending');
  let tick = performance.now();
  while (!control.signal.aborted) {
    if (toSend) {
      const refused = await send();
      if (refused) return fail(refused);
    }
    const { verdict, held, printing } = await look();
    if (verdict === 'done') {
      const portion = portions[0];
      before += portion ? impressionsOf(ticket, portion) : 0;
      if (jobId !== null) await system.cancelQueued(jobId);
      nextPortion(portions.slice(1));
      if (portions.length === 0) return succeed({ pages: total });
      continue;
    }
    if (verdict === 'aborted') return fail('printAborted');
    if (verdict === 'lost') {
      const failed = await sendAgain();
      if (failed) return fail(failed);
      continue;
    }
    if (held.length > 0) say('held', held);
    else if (!toSend) say(printing ? 'printing' : 'accepted');

    const now = performance.now();
    if (held.length === 0) spent += now - tick;
    tick = now;
    if (spent > allowance || now - started > config.hardEndMs) {
      await cancelJob(system, ticket.name, jobId, config.jobPollMs);
      return fail('printTimedOut');
    }
    await sleep(config.jobPollMs, undefined, { signal: control.signal }).catch(ignoreAbort);
  }
  return cancel();
}

function impressionsSeen(queued: JobState, device: JobState | null): number {
  if (device) return 'impressions' in device ? device.impressions : 0;
  return 'impressions' in queued ? queued.impressions : 0;
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
}

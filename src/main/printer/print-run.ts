/**
 * One print order from the first byte to the last page: sends it, follows it, sends again what a printer that was
 * switched off lost, cancels it. What is lost is sent again as whole copies: in which order a printer lays its pages is
 * for CUPS to know, and a page too many is better than a page lost.
 *
 * Polled rather than subscribed: the device's own counter is the only honest one (CUPS counts the pages that its
 * filter made, all of them before the first is printed), devices that offer event subscriptions are rare, and
 * Get-Notifications is itself asked again and again. CUPS's events serve to learn how a job ended that it has forgotten.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CupsPrinterConfig } from '#shared/configuration/printer.ts';
import { type FailureCode, fail, type Result, succeed } from '#shared/failure.ts';
import { cancelJob } from './print-cancel.ts';
import type { PrintLeftovers } from './print-leftovers.ts';
import type { JobState, PrintSystem } from './print-system.ts';
import { type Verdict, verdictOn } from './print-verdict.ts';
import type { PrintControl, PrintJob, PrintProgress, PrintTicket } from './printer.ts';
import type { PrinterEyes } from './printer-condition.ts';

/** How often a printer may lose what is left of a job before the job is given up. */
const LOSSES_ALLOWED = 5;

/** How often a print system that is there may hang up on the document: once it may just have been restarted. */
const HANG_UPS_ALLOWED = 2;

/** The print system may take the job later, without anyone changing it. */
const MAY_PASS: readonly FailureCode[] = ['printerOffline', 'printerPaused'];

type Printed = Result<{ readonly pages: number }>;

export interface PrintRun {
  readonly system: PrintSystem;
  readonly leftovers: PrintLeftovers;
  readonly eyes: PrinterEyes;
  readonly config: Pick<CupsPrinterConfig, 'jobPollMs' | 'baseMs' | 'pageMs' | 'hardEndMs'>;
}

/** A job that an earlier process sent: followed; what the printer then loses of it cannot be sent again. */
export interface SentEarlier {
  /** Null: only the device still has it. */
  readonly jobId: number | null;
}

export async function runPrint(
  { system, leftovers, eyes, config }: PrintRun,
  ticket: PrintTicket,
  what: PrintJob | SentEarlier,
  control: PrintControl,
): Promise<Printed> {
  const job = 'pdf' in what ? what : null;
  const total = ticket.pages * ticket.copies;
  const started = performance.now();
  const allowance = config.baseMs + config.pageMs * total;
  let spent = 0;
  let losses = 0;
  let hangUps = 0;
  /** Copies that are out and complete, and impressions of the job under way. */
  let copiesOut = 0;
  let current = 0;
  let toSend = job !== null;
  let jobId = 'pdf' in what ? null : what.jobId;
  let wasAtDevice = false;
  let deviceWasAway = false;
  let said = '';

  function say(state: PrintProgress['state'], reasons: readonly FailureCode[] = []): void {
    const printed = Math.min(copiesOut * ticket.pages + current, total);
    const progress: PrintProgress = { kind: 'printing', state, printed, pages: total, reasons: [...reasons] };
    const text = JSON.stringify(progress);
    if (text === said || control.signal.aborted) return;
    said = text;
    control.onProgress(progress);
  }

  /** Accepted (toSend is false then), refused, or to be tried again once what holds it up is mended. */
  async function send(): Promise<{ readonly refused?: FailureCode; readonly held?: FailureCode }> {
    if (!job) return { refused: 'interrupted' };
    // An answer may have been lost on its way: the job may be there all the same.
    // The device must be known before it is asked for what it counts.
    [jobId] = await Promise.all([
      system.find(ticket.name),
      eyes.device() ?? eyes.look(),
      system.startMemory(),
    ]);
    if (jobId === null) {
      const sent = await system.submit(job, ticket.copies - copiesOut);
      if (!sent.ok) {
        const { code } = sent.failure;
        hangUps = code === 'printNoRoom' ? hangUps + 1 : 0;
        const mayPass = MAY_PASS.includes(code) || (hangUps > 0 && hangUps <= HANG_UPS_ALLOWED);
        return mayPass ? { held: code } : { refused: code };
      }
      jobId = sent.value;
    }
    toSend = false;
    say('accepted');
    return {};
  }

  /** What there is to say now, or how it ended. */
  async function step(): Promise<{ readonly held: readonly FailureCode[] } | { readonly end: Printed }> {
    if (toSend) {
      const { refused, held } = await send();
      if (refused) return { end: fail(refused) };
      if (held) {
        say('held', [held]);
        return { held: [held] };
      }
    }
    const { verdict, held, printing } = await look();
    switch (verdict) {
      case 'done':
        // CUPS notices later: what it still keeps of the job can go now.
        if (jobId !== null) await leftovers.remove(jobId, ticket.name);
        return { end: succeed({ pages: total }) };
      case 'aborted':
        return { end: fail('printAborted') };
      case 'lost': {
        const failed = await sendAgain();
        return failed ? { end: fail(failed) } : { held };
      }
      case 'underWay':
        if (held.length > 0) say('held', held);
        else say(printing ? 'printing' : 'accepted');
        return { held };
    }
  }

  async function look(): Promise<{ verdict: Verdict; held: readonly FailureCode[]; printing: boolean }> {
    const [condition, queued, device] = await Promise.all([
      eyes.look(),
      jobId === null ? ({ is: 'unknown' } as const) : system.queued(jobId),
      system.atDevice(ticket.name),
    ]);
    if (device?.is === 'active' || device?.is === 'ended') wasAtDevice = true;
    if (device?.is === 'unreachable' && wasAtDevice) deviceWasAway = true;
    const wanted = total - copiesOut * ticket.pages;
    current = Math.max(current, impressionsSeen(queued, device, wanted));
    const ended = queued.is === 'unknown' && jobId !== null ? await system.remember(jobId) : null;
    const allOut = device !== null && current >= wanted;
    const verdict = verdictOn({ queued, device, ended, wasAtDevice, deviceWasAway, allOut });
    const printing = device
      ? device.is === 'active' && device.printing
      : queued.is === 'active' && queued.printing;
    return { verdict, held: condition.reasons, printing };
  }

  async function cancel(): Promise<Printed> {
    if (!toSend && (await look()).verdict === 'done') return succeed({ pages: total });
    jobId ??= await system.find(ticket.name);
    const gone = await cancelJob(system, ticket.name, jobId, config.jobPollMs);
    return gone ? fail('cancelled') : fail('printerOffline');
  }

  /** What the printer lost is sent again, from the first page of the copy that it was printing. */
  async function sendAgain(): Promise<FailureCode | null> {
    losses += 1;
    if (!job || losses > LOSSES_ALLOWED) return job ? 'printAborted' : 'interrupted';
    if (!(await cancelJob(system, ticket.name, jobId, config.jobPollMs))) return 'printerOffline';
    copiesOut += Math.floor(current / ticket.pages);
    current = 0;
    jobId = null;
    toSend = true;
    wasAtDevice = false;
    deviceWasAway = false;
    return null;
  }

  say('sending');
  let tick = performance.now();
  while (!control.signal.aborted) {
    const now = await step();
    if ('end' in now) return now.end;
    const at = performance.now();
    if (now.held.length === 0) spent += at - tick;
    tick = at;
    if (spent > allowance || at - started > config.hardEndMs) {
      await cancelJob(system, ticket.name, jobId, config.jobPollMs);
      return fail('printTimedOut');
    }
    await sleep(config.jobPollMs, undefined, { signal: control.signal }).catch(ignoreAbort);
  }
  return cancel();
}

function impressionsSeen(queued: JobState, device: JobState | null, wanted: number): number {
  if (device) return 'impressions' in device ? device.impressions : 0;
  // CUPS counts what it sent: the last page is out when the job is over, not before.
  return 'impressions' in queued ? Math.min(queued.impressions, wanted - 1) : 0;
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
}

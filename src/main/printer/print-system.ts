/** Jobs in CUPS and the same jobs in the device behind it. Every call answers; none rejects. */
import type { IppGroup } from '@sealsystems/ipp';
import type { CupsPrinterConfig } from '#shared/configuration/printer.ts';
import { type FailureCode, fail, type Result, succeed } from '#shared/failure.ts';
import { type IppClient, ippNumber, ippString, ippStrings } from './ipp-client.ts';
import type { PrintJob } from './printer.ts';

/** RFC 8011 §5.3.7, as three things that matter. */
export type JobEnd = 'completed' | 'cancelled' | 'aborted';
export type JobState =
  | {
      readonly is: 'active';
      readonly printing: boolean;
      /** It was told to end and does so as soon as it can (RFC 8011 §5.3.8, processing-to-stop-point). */
      readonly stopping: boolean;
      readonly impressions: number;
    }
  | { readonly is: 'ended'; readonly how: JobEnd; readonly impressions: number }
  /** The other side answers and knows no such job. */
  | { readonly is: 'unknown' }
  | { readonly is: 'unreachable' };

export interface PrintSystem {
  /**
   * The job's number in CUPS, which knows of the job once it has all of it. Failures: printerAbsent, printerOffline,
   * printerPaused (the last two may pass), printNoRoom, printRefused, and why the document could not be made.
   */
  readonly submit: (job: PrintJob, copies: number) => Promise<Result<number>>;
  /** The number of a job of that name that CUPS has and that has not ended; null: none, or CUPS does not answer. */
  readonly find: (name: string) => Promise<number | null>;
  readonly queued: (jobId: number) => Promise<JobState>;
  /** Null where the device cannot be asked. */
  readonly atDevice: (name: string) => Promise<JobState | null>;
  /** Asks for the end of the job, and for all memory of it to go. False: CUPS did not answer. */
  readonly cancelQueued: (jobId: number) => Promise<boolean>;
  /** Every job of that name: a print system that was killed may have sent it twice. */
  readonly cancelAtDevice: (name: string) => Promise<void>;
  /**
   * Ends what the device still has of these jobs, each after the sheet that it holds. `left`: those that would go on.
   * A device that cannot be asked, or is switched off, has none.
   */
  readonly stopAtDevice: (
    names: ReadonlySet<string>,
  ) => Promise<{ readonly looked: number; readonly left: number }>;
  /** Starts remembering how jobs end: with PreserveJobHistory No CUPS itself forgets them at once. */
  readonly startMemory: () => Promise<void>;
  readonly stopMemory: () => Promise<void>;
  /** How a job that CUPS has forgotten ended; null: unknown. */
  readonly remember: (jobId: number) => Promise<JobEnd | null>;
  /** Numbers of every job of ours in CUPS; null: no answer. */
  readonly ours: () => Promise<readonly number[] | null>;
}

const JOB_ASKED = ['job-id', 'job-name', 'job-state', 'job-state-reasons', 'job-impressions-completed'];
const ENDS: Readonly<Record<string, JobEnd>> = {
  completed: 'completed',
  canceled: 'cancelled',
  aborted: 'aborted',
};
/** It refuses now and may accept later without anyone changing the job. */
const NOT_NOW = new Set([
  'server-error-not-accepting-jobs',
  'server-error-busy',
  'server-error-temporary-error',
  'server-error-service-unavailable',
]);
/** s. Longer than any visit. */
const MEMORY_LEASE = 24 * 3600;

export function createPrintSystem(
  queue: IppClient,
  device: () => IppClient | null,
  user: string,
  config: Pick<CupsPrinterConfig, 'media' | 'sides'>,
): PrintSystem {
  let subscription: number | null = null;
  /** The device's number of each of our jobs, so that it can be asked for directly. */
  const deviceIds = new Map<string, number>();

  async function jobs(client: IppClient, which: 'all' | 'not-completed' | 'completed') {
    const answer = await client.ask({
      operation: 'Get-Jobs',
      attributes: {
        'which-jobs': which,
        'requested-attributes': [...JOB_ASKED, 'job-originating-user-name'],
      },
    });
    return answer?.succeeded ? answer.group('job-attributes-tag') : null;
  }

  async function job(client: IppClient, jobId: number): Promise<IppGroup | 'unknown' | 'unreachable'> {
    const answer = await client.ask({
      operation: 'Get-Job-Attributes',
      attributes: { 'job-id': jobId, 'requested-attributes': JOB_ASKED },
    });
    if (!answer) return 'unreachable';
    if (answer.status === 'client-error-not-found') return 'unknown';
    return answer.group('job-attributes-tag')[0] ?? 'unreachable';
  }

  async function atDevice(name: string): Promise<JobState | null> {
    const client = device();
    if (!client) return null;
    const known = deviceIds.get(name);
    if (known !== undefined) {
      const found = await job(client, known);
      if (found === 'unreachable') return { is: 'unreachable' };
      // Numbers begin again where a device was switched off and on.
      if (found !== 'unknown' && found['job-name'] === name) return stateOf(found);
      deviceIds.delete(name);
    }
    for (const which of ['not-completed', 'completed'] as const) {
      const listed = await jobs(client, which);
      if (!listed) return { is: 'unreachable' };
      const found = listed.findLast((one) => one['job-name'] === name);
      const jobId = ippNumber(found?.['job-id']);
      if (found && jobId !== null) {
        deviceIds.set(name, jobId);
        return stateOf(found);
      }
    }
    return { is: 'unknown' };
  }

  /**
   * Where its spool is full, CUPS (2.4) hangs up in the middle of the document, mostly without a word that can still be
   * read, and answers everything else.
   */
  async function isThere(): Promise<boolean> {
    const asked = { 'requested-attributes': ['printer-state'] };
    return (await queue.ask({ operation: 'Get-Printer-Attributes', attributes: asked })) !== null;
  }

  /** Jobs of these names that the device goes on with: their numbers there. */
  async function goingOn(client: IppClient, names: ReadonlySet<string>): Promise<readonly number[]> {
    return ((await jobs(client, 'not-completed')) ?? [])
      .filter((one) => names.has(ippString(one['job-name']) ?? ''))
      .filter((one) => {
        const state = stateOf(one);
        return state.is === 'active' && !state.stopping;
      })
      .map((one) => ippNumber(one['job-id']))
      .filter((jobId) => jobId !== null);
  }

  return {
    async stopAtDevice(names) {
      const client = device();
      if (!client || names.size === 0) return { looked: 0, left: 0 };
      const found = await goingOn(client, names);
      for (const jobId of found)
        await client.ask({ operation: 'Cancel-Job', attributes: { 'job-id': jobId } });
      return { looked: found.length, left: (await goingOn(client, names)).length };
    },
    async submit({ name, pdf, setting }, copies) {
      deviceIds.delete(name);
      let unmade: FailureCode | null = null;
      async function* made(): AsyncGenerator<Result<Uint8Array>> {
        for await (const piece of pdf()) {
          if (!piece.ok) unmade = piece.failure.code;
          yield piece;
        }
      }
      const answer = await queue.ask({
        operation: 'Print-Job',
        attributes: { 'job-name': name, 'document-format': 'application/pdf' },
        job: {
          copies,
          'multiple-document-handling': 'separate-documents-collated-copies',
          ...(setting?.tray ? { 'media-col': mediaFrom(setting.tray) } : { media: config.media }),
          ...(setting?.colourMode && { 'print-color-mode': setting.colourMode }),
          'print-scaling': setting?.laidOut ? 'none' : 'fit',
          sides: setting?.sides ?? config.sides,
        },
        data: made(),
      });
      if (unmade) return fail(unmade);
      if (!answer) return fail((await isThere()) ? 'printNoRoom' : 'printerOffline');
      const jobId = ippNumber(answer.group('job-attributes-tag')[0]?.['job-id']);
      if (answer.succeeded && jobId !== null) return succeed(jobId);
      if (answer.status === 'client-error-not-found') return fail('printerAbsent');
      return fail(NOT_NOW.has(answer.status) ? 'printerPaused' : 'printRefused');
    },
    async find(name) {
      const listed = (await jobs(queue, 'not-completed')) ?? [];
      return ippNumber(listed.findLast((one) => one['job-name'] === name)?.['job-id']);
    },
    async queued(jobId) {
      const found = await job(queue, jobId);
      return typeof found === 'string' ? { is: found } : stateOf(found);
    },
    atDevice,
    async cancelQueued(jobId) {
      const attributes = { 'job-id': jobId, 'purge-job': true };
      return (await queue.ask({ operation: 'Cancel-Job', attributes })) !== null;
    },
    async cancelAtDevice(name) {
      const client = device();
      const listed = (client && (await jobs(client, 'not-completed'))) ?? [];
      const ids = listed.filter((one) => one['job-name'] === name).map((one) => ippNumber(one['job-id']));
      for (const jobId of ids)
        if (jobId !== null) await client?.ask({ operation: 'Cancel-Job', attributes: { 'job-id': jobId } });
    },
    async startMemory() {
      if (subscription !== null) return;
      const answer = await queue.ask({
        operation: 'Create-Printer-Subscriptions',
        subscription: {
          'notify-pull-method': 'ippget',
          'notify-events': ['job-completed'],
          'notify-lease-duration': MEMORY_LEASE,
        },
      });
      subscription = ippNumber(answer?.group('subscription-attributes-tag')[0]?.['notify-subscription-id']);
    },
    async stopMemory() {
      if (subscription === null) return;
      const number = subscription;
      subscription = null;
      await queue.ask({
        operation: 'Cancel-Subscription',
        attributes: { 'notify-subscription-id': number },
      });
    },
    async remember(jobId) {
      if (subscription === null) return null;
      const answer = await queue.ask({
        operation: 'Get-Notifications',
        attributes: { 'notify-subscription-ids': [subscription], 'notify-sequence-numbers': [1] },
      });
      // A print system that was restarted knows neither the job nor the subscription.
      if (answer && !answer.succeeded) subscription = null;
      const event = answer
        ?.group('event-notification-attributes-tag')
        .findLast((one) => one['notify-job-id'] === jobId);
      return ENDS[ippString(event?.['job-state']) ?? ''] ?? null;
    },
    async ours() {
      const listed = await jobs(queue, 'all');
      if (!listed) return null;
      return listed
        .filter((one) => one['job-originating-user-name'] === user)
        .map((one) => ippNumber(one['job-id']))
        .filter((jobId) => jobId !== null);
    },
  };
}

/** Job attribute "media-col" (PWG 5100.7 §6.3.1): an A4 sheet of that tray, in hundredths of a millimetre. */
function mediaFrom(tray: string): IppGroup {
  return { 'media-size': { 'x-dimension': 21_000, 'y-dimension': 29_700 }, 'media-source': tray };
}

function stateOf(found: IppGroup): JobState {
  const state = ippString(found['job-state']) ?? '';
  const impressions = ippNumber(found['job-impressions-completed']) ?? 0;
  const how = ENDS[state];
  if (how) return { is: 'ended', how, impressions };
  const stopping = ippStrings(found['job-state-reasons']).includes('processing-to-stop-point');
  return { is: 'active', printing: state === 'processing', stopping, impressions };
}

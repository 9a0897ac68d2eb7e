/**
 * How the printer is right now. The queue alone does not know: CUPS refreshes the reasons of an IPP Everywhere queue
 * only while a job runs, so the device behind it is asked as well wherever it speaks IPP.
 */
import type { FailureCode } from '#shared/failure.ts';
import { createIppClient, type IppAnswer, type IppClient, ippString, ippStrings } from './ipp-client.ts';
import { type PrinterFacts, troublesOf } from './printer-reasons.ts';

export interface PrinterCondition {
  /** What keeps paper from coming out; empty where nothing does. */
  readonly reasons: readonly FailureCode[];
  readonly busy: boolean;
  /** Null: the device cannot be asked by itself. */
  readonly deviceReached: boolean | null;
}

export interface PrinterEyes {
  readonly look: () => Promise<PrinterCondition>;
  /** The device behind the queue; null where it does not speak IPP or is not known yet. */
  readonly device: () => IppClient | null;
}

const ASKED = ['printer-state', 'printer-state-reasons', 'printer-is-accepting-jobs'];

export function createPrinterEyes(queue: IppClient, user: string, answerMs: number): PrinterEyes {
  let device: IppClient | null = null;
  let deviceUri: string | null = null;

  function learnDevice(answer: IppAnswer): void {
    const uri = ippString(answer.group('printer-attributes-tag')[0]?.['device-uri']);
    if (uri === deviceUri) return;
    deviceUri = uri;
    device =
      uri && /^ipps?:\/\//.test(uri) ? createIppClient({ uri, user, answerMs, anyCertificate: true }) : null;
  }

  const askDevice = () =>
    device?.ask({
      operation: 'Get-Printer-Attributes',
      attributes: { 'requested-attributes': ASKED },
    }) ?? null;

  return {
    device: () => device,
    async look() {
      const known = device;
      const [queueAnswer, firstAnswer] = await Promise.all([
        queue.ask({
          operation: 'Get-Printer-Attributes',
          attributes: { 'requested-attributes': [...ASKED, 'device-uri'] },
        }),
        askDevice(),
      ]);
      if (!queueAnswer) return { reasons: ['printerOffline'], busy: false, deviceReached: null };
      if (!queueAnswer.succeeded) return { reasons: ['printerAbsent'], busy: false, deviceReached: null };
      learnDevice(queueAnswer);
      const deviceAnswer = device === known ? firstAnswer : await askDevice();
      return conditionOf(factsOf(queueAnswer), device !== null, deviceAnswer);
    },
  };
}

function conditionOf(queue: PrinterFacts, hasDevice: boolean, answer: IppAnswer | null): PrinterCondition {
  const busy = queue.state === 'processing';
  if (!hasDevice) return { reasons: troublesOf(queue), busy, deviceReached: null };
  // The queue's own reasons may be an hour old; only that it was stopped by someone is its own to say.
  const stopped = queue.state === 'stopped' || !queue.accepting;
  const own: readonly FailureCode[] = stopped ? ['printerPaused'] : [];
  if (!answer?.succeeded) return { reasons: [...own, 'printerOffline'], busy, deviceReached: false };
  const device = factsOf(answer);
  return {
    reasons: [...new Set([...own, ...troublesOf(device)])],
    busy: busy || device.state === 'processing',
    deviceReached: true,
  };
}

function factsOf(answer: IppAnswer): PrinterFacts {
  const found = answer.group('printer-attributes-tag')[0] ?? {};
  return {
    state: ippString(found['printer-state']),
    reasons: ippStrings(found['printer-state-reasons']),
    accepting: found['printer-is-accepting-jobs'] !== false,
  };
}

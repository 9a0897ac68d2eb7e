/** What a printer's state and reasons mean to the people in front of it. */
import type { FailureCode } from '#shared/failure.ts';

/** RFC 8011 §5.4.12, PWG 5100.9, CUPS's own; without their severity. Anything else holds nothing up. */
const MEANINGS: Readonly<Record<string, FailureCode>> = {
  'media-empty': 'printerOutOfPaper',
  'media-needed': 'printerOutOfPaper',
  'input-tray-missing': 'printerOutOfPaper',
  'input-media-supply-empty': 'printerOutOfPaper',
  'media-jam': 'printerJammed',
  'output-area-full': 'printerJammed',
  'cover-open': 'printerCoverOpen',
  'door-open': 'printerCoverOpen',
  'interlock-open': 'printerCoverOpen',
  'marker-supply-empty': 'printerOutOfInk',
  'toner-empty': 'printerOutOfInk',
  'developer-empty': 'printerOutOfInk',
  'marker-supply-missing': 'printerOutOfInk',
  'opc-life-over': 'printerOutOfInk',
  'marker-waste-full': 'printerOutOfInk',
  offline: 'printerOffline',
  shutdown: 'printerOffline',
  'timed-out': 'printerOffline',
  paused: 'printerPaused',
  'moving-to-paused': 'printerPaused',
  'fuser-over-temp': 'printerPaused',
  'hold-new-jobs': 'printerPaused',
};

const SEVERITY = /-(report|warning|error)$/;

export interface PrinterFacts {
  /** printer-state: "idle", "processing", "stopped". */
  readonly state: string | null;
  /** printer-state-reasons. */
  readonly reasons: readonly string[];
  /** printer-is-accepting-jobs. */
  readonly accepting: boolean;
}

/**
 * What keeps paper from coming out, in no particular order; empty where nothing does. Severities are no help: printers
 * call an empty tray a warning and a job that waits for paper a report. Only of ink they are believed: a printer that
 * warns of one empty colour goes on in black, unless it has stopped.
 */
export function troublesOf(facts: PrinterFacts): readonly FailureCode[] {
  const stopped = facts.state === 'stopped';
  const found = new Set<FailureCode>();
  for (const reason of facts.reasons) {
    const severity = SEVERITY.exec(reason)?.[1] ?? 'error';
    const code = MEANINGS[reason.replace(SEVERITY, '')];
    if (code && (stopped || severity === 'error' || code !== 'printerOutOfInk')) found.add(code);
  }
  if (found.size === 0 && (stopped || !facts.accepting)) found.add('printerPaused');
  return [...found];
}

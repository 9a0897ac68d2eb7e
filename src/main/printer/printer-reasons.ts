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
 * What keeps paper from coming out, in no particular order; empty where nothing does. A warning or a report (a second
 * tray empty, toner low) keeps nothing up unless the printer has stopped.
 */
export function troublesOf(facts: PrinterFacts): readonly FailureCode[] {
  const stopped = facts.state === 'stopped';
  const found = new Set<FailureCode>();
  for (const reason of facts.reasons) {
    const severity = SEVERITY.exec(reason)?.[1] ?? 'error';
    const code = MEANINGS[reason.replace(SEVERITY, '')];
    // CUPS says offline-report of a printer it cannot reach.
    if (code && (stopped || severity === 'error' || code === 'printerOffline')) found.add(code);
  }
  if (found.size === 0 && (stopped || !facts.accepting)) found.add('printerPaused');
  return [...found];
}

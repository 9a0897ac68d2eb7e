import { expect, it } from 'vitest';
import { troublesOf } from './printer-reasons.ts';

it.each([
  ['idle', ['none'], true, []],
  ['idle', ['media-empty-error'], true, ['printerOutOfPaper']],
  ['processing', ['media-empty-warning', 'media-needed-report'], true, ['printerOutOfPaper']],
  ['processing', ['media-jam-warning'], true, ['printerJammed']],
  ['idle', ['cover-open-report'], true, ['printerCoverOpen']],
  ['idle', ['toner-low-report', 'marker-supply-empty-warning'], true, []],
  ['stopped', ['marker-supply-empty-warning'], true, ['printerOutOfInk']],
  ['processing', ['offline-report'], true, ['printerOffline']],
  ['processing', ['door-open-error', 'cover-open-error'], true, ['printerCoverOpen']],
  ['processing', ['cups-waiting-for-job-completed', 'com.example.humming'], true, []],
  ['stopped', ['none'], true, ['printerPaused']],
  ['idle', ['none'], false, ['printerPaused']],
  ['stopped', ['paused', 'toner-empty-error'], false, ['printerPaused', 'printerOutOfInk']],
] as const)('%s with %j, accepting %s: %j', (state, reasons, accepting, expected) => {
  expect(troublesOf({ state, reasons, accepting })).toEqual(expected);
});

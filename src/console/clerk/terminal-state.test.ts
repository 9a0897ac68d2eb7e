import { describe, expect, it } from 'vitest';
import type { DevicesReport, TerminalReport } from '#shared/protocol/terminal-report.ts';
import type { TerminalView, VisitView } from '#shared/protocol/views.ts';
import { doubtsOf, terminalState } from './terminal-state.ts';

const ready = { state: 'ready' } as const;
const devices: DevicesReport = {
  printer: ready,
  scanner: ready,
  camera: ready,
  microphone: ready,
  speaker: ready,
  displays: ready,
  button: { state: 'none' },
};
const now = new Date(2026, 2, 9, 15, 0).getTime();

function terminal(report: Partial<TerminalReport> | null, change: Partial<TerminalView> = {}): TerminalView {
  return {
    terminalId: '00000000-0000-4000-8000-000000000001',
    name: 'Salle du conseil',
    mairie: 'Mairie de Saint-Aubin',
    online: true,
    lastContact: now,
    report: report && { stage: 'idle', visitId: null, call: null, devices, version: '1', ...report },
    lastWipe: null,
    publicKey: 'MCowBQYDK2VwAyEA',
    ...change,
  };
}
const visit: VisitView = {
  visitId: '00000000-0000-4000-8000-000000000002',
  terminalId: '00000000-0000-4000-8000-000000000001',
  mairie: 'Mairie de Saint-Aubin',
  terminal: 'Salle du conseil',
  residentName: 'Madame Martin',
  body: 'Impôts',
  motive: 'Taxe foncière',
  stage: 'queued',
  announcedAt: now,
  appointment: null,
  pickedUpAt: null,
  position: 1,
  wait: null,
  opensAt: null,
  counsellor: null,
  wanted: null,
  ratherFor: [],
  residentPresent: true,
  quiet: {
    counsellorSound: false,
    counsellorPicture: false,
    residentSound: false,
    residentPicture: false,
    privateBy: null,
  },
};

describe('the terminal in words', () => {
  it('is ready when idle and all its devices work', () => {
    expect(terminalState(terminal({}), null, now)).toMatchObject({ tone: 'good', free: true, troubles: [] });
  });

  it('can be used without one of its devices, and names what to do', () => {
    const report = {
      devices: {
        ...devices,
        printer: { state: 'trouble', reasons: ['printerOutOfPaper'] },
        camera: { state: 'trouble', reasons: ['cameraAbsent'] },
      } satisfies DevicesReport,
    };
    expect(terminalState(terminal(report), null, now)).toMatchObject({
      tone: 'warn',
      free: true,
      troubles: [
        { device: 'printer', code: 'printerOutOfPaper' },
        { device: 'camera', code: 'cameraAbsent' },
      ],
    });
  });

  it('has a reserve where the last self-test found something, which is not said twice', () => {
    const lastSelfTest = {
      at: now,
      origin: 'morning',
      findings: ['cameraAbsent', 'echoStrong'],
      measured: null,
    } satisfies TerminalView['lastSelfTest'];
    expect(terminalState(terminal({}, { lastSelfTest }), null, now)).toMatchObject({
      tone: 'warn',
      free: true,
    });
    expect(doubtsOf(terminal({}, { lastSelfTest }))).toEqual(['cameraAbsent', 'echoStrong']);
    const camera = { state: 'trouble', reasons: ['cameraAbsent'] } satisfies DevicesReport['camera'];
    expect(doubtsOf(terminal({ devices: { ...devices, camera } }, { lastSelfTest }))).toEqual(['echoStrong']);
    const well = { ...lastSelfTest, findings: [] };
    expect(terminalState(terminal({}, { lastSelfTest: well }), null, now).tone).toBe('good');
  });

  it('does not bother the clerk with an empty feeder', () => {
    const report = {
      devices: {
        ...devices,
        scanner: { state: 'trouble', reasons: ['scannerEmpty'] },
      } satisfies DevicesReport,
    };
    expect(terminalState(terminal(report), null, now).tone).toBe('good');
  });

  it('says since when it is offline', () => {
    const view = terminal({}, { online: false, lastContact: new Date(2026, 2, 9, 14, 5).getTime() });
    expect(terminalState(view, null, now)).toMatchObject({
      tone: 'bad',
      title: 'Hors ligne depuis 14\u00a0h\u00a005',
      free: false,
    });
  });

  it('is not free while it is used, wiped, closed or not installed', () => {
    expect(terminalState(terminal({ stage: 'idle' }), visit, now).title).toBe('Occupée');
    expect(terminalState(terminal({ stage: 'waiting' }), visit, now).note).toContain('Madame Martin attend');
    expect(terminalState(terminal({ stage: 'inCall' }), { ...visit, stage: 'inCall' }, now).note).toContain(
      'parle',
    );
    for (const stage of [
      'announced',
      'welcomed',
      'waiting',
      'inCall',
      'ending',
      'wiping',
      'closed',
    ] as const) {
      expect(terminalState(terminal({ stage }), null, now).free).toBe(false);
    }
    expect(terminalState(terminal({ stage: 'closed' }), null, now).tone).toBe('bad');
    expect(terminalState(terminal(null), null, now)).toMatchObject({ tone: 'off', free: false });
  });
});

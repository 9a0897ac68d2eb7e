import { expect, it } from 'vitest';
import type { FailureCode } from '#shared/failure.ts';
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';
import type { TerminalVisit } from '#shared/protocol/views.ts';
import { transition } from '#shared/visit.ts';
import { initialVisitState, type VisitState } from '#shared/visit-state.ts';
import { aimRefusal } from './aim-refusal.ts';

const deployment = 'http://localhost:1';
const quiet: TerminalVisit['quiet'] = {
  ...{ counsellorSound: false, counsellorPicture: false, residentSound: false, residentPicture: false },
  privateBy: null,
};
const called: TerminalVisit = {
  ...{
    visitId: '0b1f8a52-2a53-4c0a-9d0e-6a1f6a3b2c11',
    greeting: null,
    body: 'Caisse',
    position: null,
    wait: null,
    opensAt: null,
  },
  ...{ stage: 'inCall', counsellor: { name: 'Claire Petit', body: 'Caisse' }, counsellorPresent: true },
  ...{ residentPresent: true, quiet, invited: null, deployment },
  room: { origin: deployment, room: 'r'.repeat(24), jwt: null, password: null },
};
const ready = { state: 'ready' } as const;

function inCall(change: Partial<TerminalVisit> = {}): VisitState {
  const linked = transition(initialVisitState, { type: 'hubLinked' }).state;
  const seen = transition(linked, { type: 'visitSeen', visit: { ...called, ...change } }).state;
  if (seen.at.stage !== 'inCall') throw new Error('not in call');
  return { ...seen, at: { ...seen.at, call: 'live' } };
}

it('lets a paper be held before the camera while both see each other', () => {
  expect(aimRefusal(inCall(), ready)).toBeNull();
  expect(aimRefusal(inCall(), { state: 'busy' })).toBeNull();
});

const refusals: readonly [when: string, state: VisitState, camera: DeviceReport, code: FailureCode][] = [
  ['without a camera', inCall(), { state: 'none' }, 'cameraAbsent'],
  [
    'with a camera that does not work',
    inCall(),
    { state: 'trouble', reasons: ['cameraAbsent'] },
    'cameraAbsent',
  ],
  ['without a visit', initialVisitState, ready, 'callNotLive'],
  ['in a private moment', inCall({ quiet: { ...quiet, privateBy: 'clerk' } }), ready, 'cameraCut'],
  [
    'while the resident is hidden',
    inCall({ quiet: { ...quiet, residentPicture: true } }),
    ready,
    'cameraCut',
  ],
  ['while the counsellor is away', inCall({ counsellorPresent: false }), ready, 'lineCut'],
  ['while the hub is away', { ...inCall(), hub: 'lost' }, ready, 'lineCut'],
];
it.each(refusals)('refuses it %s', (_when, state, camera, code) => {
  expect(aimRefusal(state, camera)).toBe(code);
});

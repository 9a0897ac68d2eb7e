import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FailureCode } from '#shared/failure.ts';
import type { ScannedPage } from '#shared/protocol/scanned-pages.ts';
import type { SealedShot } from '#shared/sealing.ts';
import type { ShotResult } from './paper/contract.ts';
import { createShots } from './shots.ts';

const AIM = 'b35c2f9e-54a1-4a1f-8a9b-7a4f6d7f1c10';
const OTHER = '0b1f8a52-2a53-4c0a-9d0e-6a1f6a3b2c11';
const sealed: SealedShot = { sender: '', key: { enc: '', key: '' }, bytes: new Uint8Array(1) };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const told: [string, ShotResult][] = [];
  const taken: string[] = [];
  const now: { refusal: FailureCode | null } = { refusal: null };
  const shots = createShots({
    refusal: () => now.refusal,
    recipient: () => 'key',
    take: (aim) => taken.push(aim),
    tell: (aim, result) => told.push([aim, result]),
    onChange: () => undefined,
  });
  const codes = () => told.map(([, result]) => (result.ok ? 'ok' : result.failure.code));
  return { shots, told, taken, now, codes };
}

it('goes from the first word to the shot, and says when the paper may be put down', () => {
  const { shots, taken, codes } = setUp();
  expect(shots.begin(AIM)).toBeNull();
  expect(shots.state()).toBe('preparing');
  shots.ready();
  expect(shots.state()).toBe('ready');
  expect(shots.shoot(AIM)).toBeNull();
  // Twice at a double click: one shot.
  expect(shots.shoot(AIM)).toBeNull();
  expect([shots.state(), taken]).toEqual(['taking', [AIM]]);
  shots.brought(AIM, sealed);
  expect(codes()).toEqual(['ok']);
  shots.ended(AIM, { status: 'done', outcome: { kind: 'shot', page: {} as ScannedPage } });
  expect([shots.state(), shots.isAiming()]).toEqual(['taken', false]);
  vi.advanceTimersByTime(6_000);
  expect(shots.state()).toBeNull();
});

it('is refused where there is no camera to hold it before, or another is under way', () => {
  const { shots, now } = setUp();
  for (const code of ['cameraAbsent', 'cameraCut', 'callNotLive', 'lineCut'] as const) {
    now.refusal = code;
    expect(shots.begin(AIM)).toBe(code);
    expect(shots.isAiming()).toBe(false);
  }
  now.refusal = null;
  expect(shots.begin(AIM)).toBeNull();
  expect(shots.begin(OTHER)).toBe('deviceTaken');
  expect(shots.shoot(OTHER)).toBe('notFound');
});

it('ends as soon as it may not go on, once, whatever the camera brings afterwards', () => {
  const { shots, now, codes } = setUp();
  shots.begin(AIM);
  shots.shoot(AIM);
  now.refusal = 'cameraCut';
  shots.check();
  shots.check();
  shots.brought(AIM, sealed);
  shots.failed(null);
  expect(codes()).toEqual(['cameraCut']);
  shots.ended(AIM, { status: 'failed', code: 'cameraCut' });
  expect(shots.state()).toBe('over');
});

it('is not for ever: neither the holding nor the camera', () => {
  const held = setUp();
  held.shots.begin(AIM);
  vi.advanceTimersByTime(120_000);
  expect(held.codes()).toEqual(['aimTimedOut']);
  const mute = setUp();
  mute.shots.begin(AIM);
  mute.shots.shoot(AIM);
  vi.advanceTimersByTime(12_000);
  expect(mute.codes()).toEqual(['cameraFailed']);
});

it('leaves nothing at the wipe', () => {
  const { shots, codes } = setUp();
  shots.begin(AIM);
  shots.clear();
  vi.advanceTimersByTime(200_000);
  expect([shots.state(), shots.isAiming(), codes()]).toEqual([null, false, []]);
});

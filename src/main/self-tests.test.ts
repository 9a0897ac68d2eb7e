import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FaceStage } from '#shared/ipc.ts';
import type { SelfTestOrigin, SelfTestResult } from '#shared/self-test.ts';
import type { SelfTestOptions } from './self-test.ts';
import { createSelfTests } from './self-tests.ts';

const idle: FaceStage = { stage: 'idle', farewell: null };
const leaving: FaceStage = { stage: 'idle', farewell: 'completed' };
const wiping: FaceStage = { stage: 'wiping', reason: 'completed' };
const result: SelfTestResult = { at: 1, origin: 'clerk', findings: ['testFailed'], measured: null };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'self-tests-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A test that begins and ends when it is told to. */
function open() {
  const begun: SelfTestOrigin[] = [];
  const told: SelfTestResult[] = [];
  let running = false;
  let events: Pick<SelfTestOptions, 'onChange' | 'onResult'> | null = null;
  const tests = createSelfTests({
    time: null,
    file: join(folder, 'day'),
    create(given) {
      events = given;
      return {
        start(origin) {
          begun.push(origin);
          running = true;
        },
        stop() {
          running = false;
        },
        underWay: () => running,
      };
    },
    onChange: () => undefined,
    tell: (one) => told.push(one),
  });
  return { tests, begun, told, end: () => events?.onResult(result) };
}

it('begins at once where nobody is there', () => {
  const { tests, begun } = open();
  tests.follow(idle);
  tests.ask('clerk');
  expect(begun).toEqual(['clerk']);
  tests.follow(idle);
  expect(begun).toEqual(['clerk']);
  tests.close();
});

it('waits until the last resident has left', () => {
  const { tests, begun } = open();
  tests.follow(leaving);
  tests.ask('operator');
  expect(begun).toEqual([]);
  tests.follow(idle);
  expect(begun).toEqual(['operator']);
  tests.close();
});

it('is stopped by whoever is announced, and not taken up behind them', () => {
  const { tests, begun } = open();
  tests.follow(idle);
  tests.ask('morning');
  expect(tests.underWay()).toBe(true);
  tests.follow(wiping);
  expect(tests.underWay()).toBe(false);
  tests.ask('clerk');
  tests.follow(wiping);
  tests.follow(leaving);
  tests.follow(idle);
  expect(begun).toEqual(['morning']);
  tests.close();
});

it('notes the day only of a test that ended, and tells its result again', () => {
  const { tests, told, end } = open();
  tests.follow(idle);
  tests.ask('clerk');
  tests.tellAgain();
  expect(existsSync(join(folder, 'day'))).toBe(false);
  expect(told).toEqual([]);
  end();
  expect(existsSync(join(folder, 'day'))).toBe(true);
  tests.tellAgain();
  expect(told).toEqual([result, result]);
  tests.close();
});

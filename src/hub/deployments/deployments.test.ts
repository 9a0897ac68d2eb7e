import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInOnly, type JitsiSettings, readJitsiFile } from './configuration.ts';
import { createDeployments } from './deployments.ts';

const BUILT_IN = 'https://salon.example';
const [A, B] = ['https://a.example', 'https://b.example:8443'] as const;

function deployments(settings: Partial<JitsiSettings> = {}) {
  let now = 1_000;
  const made = createDeployments({
    settings: { ...builtInOnly, domains: ['a.example', 'b.example:8443'], ...settings },
    builtIn: () => BUILT_IN,
    clock: () => now,
  });
  return {
    ...made,
    pass: (minutes: number) => {
      now += minutes * 60_000;
    },
  };
}

describe('where a call is made', () => {
  it('is the built-in room where nothing else is said', () => {
    expect(deployments({ domains: [] }).first('Office', 't1')).toBe(BUILT_IN);
  });

  it('is the first of the body’s own list, or of everyone’s', () => {
    const { first } = deployments({ bodies: { Impôts: ['b.example:8443'] } });
    expect(first('Office', 't1')).toBe(A);
    expect(first('Impôts', 't1')).toBe(B);
  });

  it('goes down the list, and from its end to its beginning', () => {
    const { next } = deployments();
    expect([A, B, BUILT_IN].map((origin) => next('Office', origin))).toEqual([B, BUILT_IN, A]);
    expect(deployments({ domains: ['a.example'], builtIn: false }).next('Office', A)).toBe(A);
  });

  it('leaves out what failed here for ten minutes, and for others only once two places say so', () => {
    const seen = deployments();
    seen.failed(A, 't1', 'unreachable');
    expect([seen.first('Office', 't1'), seen.first('Office', 't2')]).toEqual([B, A]);
    seen.failed(A, 't2', 'neverJoined');
    expect(seen.first('Office', 't3')).toBe(B);
    seen.pass(10);
    expect(seen.first('Office', 't3')).toBe(A);
  });

  it('has failed where it loses calls four times in three minutes at one place', () => {
    const seen = deployments();
    const lose = (place: string) => seen.lost(A, place);
    expect([lose('t1'), lose('t1'), lose('t2'), lose('t1')]).toEqual([false, false, false, false]);
    expect(seen.lost(B, 't1')).toBe(false);
    expect(lose('t1')).toBe(true);
    expect(lose('t1')).toBe(false);
    seen.pass(3);
    expect([lose('t1'), lose('t1'), lose('t1')]).toEqual([false, false, false]);
  });

  it('is tried again as soon as a call is live there', () => {
    const seen = deployments();
    seen.failed(A, 't1', 'refused');
    expect(seen.views()[0]).toEqual({
      origin: A,
      builtIn: false,
      missing: [],
      trouble: { what: 'refused', since: 1_000 },
    });
    seen.works(A);
    expect(seen.views()).toEqual(
      [A, B, BUILT_IN].map((origin) => ({
        origin,
        builtIn: origin === BUILT_IN,
        missing: [],
        trouble: null,
      })),
    );
    expect(seen.first('Office', 't1')).toBe(A);
  });

  it('says what a deployment did not know, and never of the built-in room', () => {
    const seen = deployments();
    seen.drifted(A, ['setAudioOnly']);
    seen.drifted(BUILT_IN, ['password']);
    seen.drifted('https://unknown.example', ['password']);
    expect(seen.views().map(({ missing }) => missing)).toEqual([['setAudioOnly'], [], []]);
    seen.drifted(A, []);
    expect(seen.views()[0]?.missing).toEqual([]);
  });

  it('is the first again where all of them failed', () => {
    const seen = deployments();
    for (const origin of [A, B, BUILT_IN]) seen.failed(origin, 't1', 'unreachable');
    expect(seen.first('Office', 't1')).toBe(A);
  });
});

describe('the operator’s file', () => {
  const file = (text: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'jitsi-')), 'jitsi.json');
    writeFileSync(path, text);
    return path;
  };

  it('is read with its defaults', () => {
    const settings = { domains: ['meet.example'], tokens: { 'meet.example': { appId: 'a', secret: 's' } } };
    expect(readJitsiFile(file(JSON.stringify(settings)))).toEqual({
      domains: ['meet.example'],
      bodies: {},
      builtIn: true,
      tokens: { 'meet.example': { appId: 'a', secret: 's', audience: 'jitsi' } },
    });
  });

  it.each([
    ['no JSON', '{"tokens": {"meet.example": {"secret": "hydrangea'],
    ['an address in place of a domain', '{"domains": ["https://meet.example/x"]}'],
    ['a word that means nothing', '{"domains": [], "domain": "hydrangea"}'],
    ['nothing to call on', '{"domains": [], "builtIn": false}'],
  ])('is refused with %s, and its secrets stay in it', (_name, text) => {
    const path = file(text);
    expect(() => readJitsiFile(path)).toThrow(path);
    expect(() => readJitsiFile(path)).not.toThrow(/hydrangea"/);
  });
});

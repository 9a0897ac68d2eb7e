import { describe, expect, it } from 'vitest';
import type { ScannedPage, ScanPurpose } from '#shared/protocol/scanned-pages.ts';
import type { ArrivedPage } from './order-reading.ts';
import {
  areTwoSides,
  documentsOf,
  emptyArrangement,
  joinToPrevious,
  moveStep,
  moveTo,
  type ScanArrangement,
  type ScanIntent,
  setAside,
  splitBefore,
  withArrived,
} from './scan-arrangement.ts';

const untouched = { crop: null, angle: 0, turn: 0, cleaned: false } as const;

function page(original: string, change: Partial<ScannedPage> = {}): ScannedPage {
  return {
    ...{ documentId: `${original}-picture`, size: 1, width: 1240, height: 1754, resolution: 150 },
    ...{ purpose: 'letter', original, corrections: untouched, found: untouched, blank: false },
    ...change,
  };
}

/** Pages named by letters, of one scan: "abc". */
function scan(orderId: string, letters: string, purpose: ScanPurpose = 'letter'): ArrivedPage[] {
  return [...letters].map((original) => ({
    orderId,
    page: page(original, { purpose, blank: original === original.toUpperCase() }),
  }));
}

const said = (arrangement: ScanArrangement): string =>
  documentsOf(arrangement)
    .map((pages) => pages.join(''))
    .join(' ');

function arranged(arrived: readonly ArrivedPage[], intents: Record<string, ScanIntent> = {}) {
  return withArrived(emptyArrangement, arrived, new Map(Object.entries(intents)));
}

describe('scanned pages', () => {
  it('go behind those that are there, in the same document; empty ones are set aside', () => {
    const first = arranged(scan('1', 'aBc'));
    expect(said(first)).toBe('ac');
    const more = withArrived(first, [...scan('1', 'aBc'), ...scan('2', 'd')], new Map());
    expect(said(more)).toBe('acd');
    expect(withArrived(more, [...scan('1', 'aBc'), ...scan('2', 'd')], new Map())).toBe(more);
  });

  it('begin another document where one was asked for, or for another purpose', () => {
    const intents = { 2: { kind: 'newDocument' } } as const;
    expect(said(arranged([...scan('1', 'ab'), ...scan('2', 'cd')], intents))).toBe('ab cd');
    const mixed = [...scan('1', 'a'), ...scan('2', 'bc', 'identity'), ...scan('3', 'd')];
    expect(said(arranged(mixed))).toBe('a bc d');
  });

  it('that were set aside come back to where they were', () => {
    const all = arranged(scan('1', 'aBc'));
    expect(said(setAside(all, 'B', false))).toBe('aBc');
    expect(said(setAside(setAside(all, 'a', true), 'a', false))).toBe('ac');
    const two = arranged([...scan('1', 'ab'), ...scan('2', 'cd')], { 2: { kind: 'newDocument' } });
    expect(said(setAside(two, 'c', true))).toBe('ab d');
    const moved = moveTo(setAside(arranged(scan('1', 'abcd')), 'b', true), 'a', 'd');
    expect(said(moved)).toBe('cda');
    expect(said(setAside(moved, 'b', false))).toBe('cdab');
  });

  it('take the place of the page that is scanned again, even where a document begins with it', () => {
    const before = arranged([...scan('1', 'ab'), ...scan('2', 'cd')], { 2: { kind: 'newDocument' } });
    const intents = new Map<string, ScanIntent>([['3', { kind: 'replace', original: 'c' }]]);
    const all = [...scan('1', 'ab'), ...scan('2', 'cd'), ...scan('3', 'xy')];
    const again = withArrived(before, all, intents);
    expect(said(again)).toBe('ab xyd');
    expect(again.aside.has('c')).toBe(true);
    const onePage = withArrived(before, all.slice(0, -1), intents);
    expect(said(withArrived(onePage, all, intents))).toBe('ab xyd');
  });

  it('scanned again as an empty page leave the old one where it is', () => {
    const intents = new Map<string, ScanIntent>([['2', { kind: 'replace', original: 'a' }]]);
    const again = withArrived(arranged(scan('1', 'ab')), [...scan('1', 'ab'), ...scan('2', 'X')], intents);
    expect(said(again)).toBe('ab');
  });

  it('are moved step by step, over the edges of their documents, and by dragging', () => {
    const two = splitBefore(arranged(scan('1', 'abcd')), 'c');
    expect(said(two)).toBe('ab cd');
    expect(said(moveStep(two, 'a', 1))).toBe('ba cd');
    expect(said(moveStep(two, 'b', 1))).toBe('a bcd');
    expect(said(moveStep(two, 'c', -1))).toBe('abc d');
    expect(said(moveStep(two, 'a', -1))).toBe('ab cd');
    expect(said(moveStep(two, 'd', 1))).toBe('ab cd');
    expect(said(moveTo(two, 'd', 'a'))).toBe('dab c');
    expect(said(moveTo(two, 'a', 'b'))).toBe('ba cd');
    expect(said(moveTo(two, 'a', 'a'))).toBe('ab cd');
  });

  it('are one document again', () => {
    const two = splitBefore(arranged(scan('1', 'abc')), 'b');
    expect(said(joinToPrevious(two, 'b'))).toBe('abc');
    expect(said(joinToPrevious(two, 'a'))).toBe('a bc');
  });
});

describe('two sides', () => {
  const card = { purpose: 'identity', width: 1012, height: 638, resolution: 300 } as const;
  it('are two small pages of an identity paper, and nothing else', () => {
    expect(areTwoSides([page('a', card), page('b', card)])).toBe(true);
    expect(areTwoSides([page('a', card)])).toBe(false);
    expect(areTwoSides([page('a', card), page('b', { ...card, purpose: 'letter' })])).toBe(false);
    expect(areTwoSides([page('a', card), page('b', { ...card, width: 2480, height: 3508 })])).toBe(false);
  });
});

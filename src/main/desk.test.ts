import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OrderProgress, OrderRequest, OrderStatus } from '#shared/protocol/orders.ts';
import { createDesk } from './desk.ts';
import { WORK_SHOWN } from './desk-work.ts';

const print: OrderRequest = { kind: 'print', documentId: crypto.randomUUID(), copies: 1 };
const scan: OrderRequest = { kind: 'scan', purpose: 'letter', source: 'flatbed' };
const underWay = (progress: OrderProgress): OrderStatus => ({ status: 'underWay', progress });
const printing = (printed: number): OrderStatus =>
  underWay({ kind: 'printing', state: 'printing', printed, pages: 3, reasons: [] });
const scanning = (percent: number): OrderStatus =>
  underWay({ kind: 'scanning', page: 1, percent, source: 'flatbed', growing: null, pages: [] });
const printed: OrderStatus = { status: 'done', outcome: { kind: 'printed', pages: 3 } };
const scanned: OrderStatus = { status: 'done', outcome: { kind: 'scanned', pages: [] } };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a print and a scan at the same time', () => {
  it('ask for the paper first; the print is told afterwards, for as long as it would have been', () => {
    const shown: string[] = [];
    const desk = createDesk(() => shown.push(desk.work().kind));
    desk.follow('a', print, printing(0));
    desk.follow('b', scan, scanning(10));
    desk.follow('a', print, printing(1));
    desk.follow('b', scan, scanning(60));
    desk.follow('a', print, printed);
    desk.follow('b', scan, scanned);
    expect(shown).toEqual(['printing', 'scanning', 'scanning', 'scanned']);
    vi.advanceTimersByTime(WORK_SHOWN.scanned);
    expect(desk.work()).toEqual({ kind: 'printed', pages: 3 });
    vi.advanceTimersByTime(WORK_SHOWN.printed - 1);
    expect(desk.work().kind).toBe('printed');
    vi.advanceTimersByTime(1);
    expect(desk.work().kind).toBe('none');
  });
});

it('a paper that is cancelled takes nothing of another one away', () => {
  const desk = createDesk(() => undefined);
  desk.follow('a', print, printing(1));
  desk.follow('b', print, { status: 'failed', code: 'cancelled' });
  expect(desk.work()).toMatchObject({ kind: 'printing', page: 2 });
  desk.follow('a', print, { status: 'failed', code: 'cancelled' });
  expect(desk.work().kind).toBe('none');
});

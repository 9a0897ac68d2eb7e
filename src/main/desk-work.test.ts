import { describe, expect, it } from 'vitest';
import type { OrderProgress, OrderRequest } from '#shared/protocol/orders.ts';
import { deskWorkOf } from './desk-work.ts';

const documentId = 'b35c2f9e-54a1-4a1f-8a9b-7a4f6d7f1c10';
const print: Extract<OrderRequest, { kind: 'print' }> = { kind: 'print', documentId, copies: 1 };
const scan = { kind: 'scan', purpose: 'letter', source: 'flatbed' } as const;
const show: OrderRequest = { kind: 'show', documentId, page: 1 };

describe('deskWorkOf', () => {
  it('names the page that is leaving the printer, never one past the last', () => {
    const at = (printed: number) =>
      deskWorkOf(print, {
        status: 'underWay',
        progress: { kind: 'printing', state: 'printing', printed, pages: 2, reasons: [] },
      });
    expect(at(0)).toEqual({ kind: 'printing', page: 1, pages: 2, held: null });
    expect(at(1)).toEqual({ kind: 'printing', page: 2, pages: 2, held: null });
    expect(at(2)).toEqual({ kind: 'printing', page: 2, pages: 2, held: null });
  });

  it('warns of sheets that the printer takes back to print their other side', () => {
    const options = { twoSided: true, grey: false, tray: null };
    const at = (pages: number) =>
      deskWorkOf(
        { ...print, options },
        {
          status: 'underWay',
          progress: { kind: 'printing', state: 'printing', printed: 0, pages, reasons: [] },
        },
      );
    expect(at(2)).toMatchObject({ kind: 'printing', twoSided: true });
    expect(at(1)).not.toHaveProperty('twoSided');
  });

  it('says what holds the paper up', () => {
    const status = {
      status: 'underWay',
      progress: { kind: 'printing', state: 'held', printed: 0, pages: 1, reasons: ['printerOutOfPaper'] },
    } as const;
    expect(
      deskWorkOf(print, { ...status, progress: { ...status.progress, reasons: ['printerOutOfPaper'] } }),
    ).toEqual({
      kind: 'printing',
      page: 1,
      pages: 1,
      held: 'printerOutOfPaper',
    });
  });

  it('leaves what moves on the desk while another one waits for its turn, or never had one', () => {
    const progress: OrderProgress = {
      ...{ kind: 'printing', state: 'held', printed: 0, pages: 1 },
      reasons: ['printWaitsTurn'],
    };
    expect(deskWorkOf(print, { status: 'underWay', progress })).toBeNull();
    expect(deskWorkOf(scan, { status: 'failed', code: 'deviceTaken' })).toBeNull();
  });

  it('asks for the paper as soon as the scan is ordered', () => {
    expect(deskWorkOf(scan, { status: 'acknowledged' })).toEqual({
      kind: 'scanning',
      source: 'flatbed',
      page: 1,
      percent: 0,
    });
  });

  it('says where the paper is taken from as soon as that is known', () => {
    const auto: OrderRequest = { ...scan, source: 'auto' };
    expect(deskWorkOf(auto, { status: 'acknowledged' })).toMatchObject({ source: 'auto' });
    const progress: OrderProgress = {
      ...{ kind: 'scanning', page: 2, percent: 5, source: 'feeder' },
      growing: null,
      pages: [],
    };
    expect(deskWorkOf(auto, { status: 'underWay', progress })).toEqual({
      kind: 'scanning',
      source: 'feeder',
      page: 2,
      percent: 5,
    });
  });

  it('shows a failure of paper, and nothing for a cancelled one or for what is no paper', () => {
    expect(deskWorkOf(scan, { status: 'failed', code: 'scannerJammed' })).toEqual({
      kind: 'failed',
      what: 'scan',
      code: 'scannerJammed',
    });
    expect(deskWorkOf(print, { status: 'failed', code: 'cancelled' })).toEqual({ kind: 'none' });
    expect(deskWorkOf(show, { status: 'failed', code: 'documentGone' })).toBeNull();
  });
});

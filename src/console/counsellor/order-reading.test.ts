import { describe, expect, it } from 'vitest';
import type { FailureCode } from '#shared/failure.ts';
import type { OrderRequest, OrderStatus } from '#shared/protocol/orders.ts';
import type { ScannedPage } from '#shared/protocol/scanned-pages.ts';
import type { OrderView } from '#shared/protocol/views.ts';
import {
  currentScan,
  deskFailure,
  isScanTooMany,
  isSwitchedOn,
  looseShotOf,
  needsTakingAgain,
  scannedPagesOf,
  shownPage,
  switchFailure,
  takeStateOf,
} from './order-reading.ts';

let clock = 0;
function order(request: OrderRequest, status: OrderStatus): OrderView {
  clock += 1;
  return { orderId: crypto.randomUUID(), request, status, createdAt: clock };
}
const documentId = '00000000-0000-4000-8000-000000000001';
const take: OrderRequest = {
  kind: 'take',
  documentId,
  size: 1000,
  consoleId: crypto.randomUUID(),
  key: { enc: 'A'.repeat(87), key: 'A'.repeat(64) },
};
const untouched = { crop: null, angle: 0, turn: 0, cleaned: false } as const;
const page = (n: number): ScannedPage => ({
  documentId: `00000000-0000-4000-8000-00000000010${n}`,
  size: 10,
  width: 10,
  height: 10,
  resolution: 300,
  purpose: 'letter',
  original: `00000000-0000-4000-8000-00000000020${n}`,
  corrections: untouched,
  found: untouched,
  blank: false,
});

describe('of two scans in the same instant', () => {
  const scan: OrderRequest = { kind: 'scan', purpose: 'letter', source: 'auto' };
  const taken: OrderStatus = { status: 'failed', code: 'deviceTaken', pages: [] };

  it('the one under way is spoken of, and the other one is told as long as it lasts', () => {
    const first = order(scan, { status: 'acknowledged' });
    const second = order(scan, taken);
    expect(currentScan([first, second])).toBe(first);
    expect(isScanTooMany([first, second])).toBe(true);
    const done: OrderView = { ...first, status: { status: 'done', outcome: { kind: 'scanned', pages: [] } } };
    expect(currentScan([done, second])).toBe(done);
    expect(isScanTooMany([done, second])).toBe(false);
  });

  it('one that was alone is spoken of, whatever became of it', () => {
    const alone = order(scan, taken);
    expect(currentScan([alone])).toBe(alone);
    expect(isScanTooMany([alone])).toBe(false);
    expect(currentScan([])).toBeUndefined();
  });
});

describe('what the orders say', () => {
  it('of a document on its way', () => {
    expect(takeStateOf([], documentId)).toEqual({ kind: 'preparing' });
    const underWay = (received: number) =>
      order(take, { status: 'underWay', progress: { kind: 'taking', received } });
    expect(takeStateOf([underWay(505)], documentId)).toEqual({ kind: 'sending', percent: 50 });
    expect(takeStateOf([underWay(1000)], documentId)).toEqual({ kind: 'checking' });
    const taken = order(take, { status: 'done', outcome: { kind: 'taken', pages: 3, fitted: [] } });
    expect(takeStateOf([taken], documentId)).toEqual({ kind: 'taken', pages: 3, fitted: [] });
  });

  it('of a document tried twice: the last word counts, however the list is sorted', () => {
    const failed = order(take, { status: 'failed', code: 'documentDamaged' });
    const again = order(take, { status: 'sent' });
    expect(takeStateOf([again, failed], documentId)).toEqual({ kind: 'sending', percent: 0 });
    expect(takeStateOf([failed], documentId)).toEqual({ kind: 'refused', code: 'documentDamaged' });
  });

  describe('of a document that the terminal lost', () => {
    const taken = () => order(take, { status: 'done', outcome: { kind: 'taken', pages: 3, fitted: [] } });
    const show = (code: FailureCode) =>
      order({ kind: 'show', documentId, page: 1 }, { status: 'failed', code });
    const print = (code: FailureCode) =>
      order({ kind: 'print', documentId, copies: 1 }, { status: 'failed', code });
    const lost = (orders: readonly OrderView[]) =>
      [takeStateOf(orders, documentId).kind, needsTakingAgain(orders, documentId)] as const;

    it('by what is asked of it', () => {
      expect(lost([taken(), show('documentGone')])).toEqual(['lost', true]);
      expect(lost([taken(), print('interrupted')])).toEqual(['lost', true]);
      expect(lost([taken(), show('notReached'), print('printerJammed')])).toEqual(['taken', false]);
    });

    it('by another order that was cut: every document went with it', () => {
      const scan = order(
        { kind: 'scan', purpose: 'letter', source: 'feeder' },
        { status: 'failed', code: 'interrupted' },
      );
      expect(lost([{ ...taken(), createdAt: 0 }, scan])).toEqual(['lost', true]);
      const other = { kind: 'show', documentId: page(1).documentId, page: 1 } as const;
      expect(lost([taken(), order(other, { status: 'failed', code: 'documentGone' })])).toEqual([
        'taken',
        false,
      ]);
    });

    it('until it was taken again', () => {
      const before = [taken(), show('documentGone')];
      expect(lost([...before, order(take, { status: 'sent' })])).toEqual(['sending', false]);
      expect(lost([...before, taken()])).toEqual(['taken', false]);
    });

    it('in the middle of taking it: once by itself, a second time it may be the cause', () => {
      const cut = () => order(take, { status: 'failed', code: 'interrupted' });
      expect(lost([cut()])).toEqual(['refused', true]);
      expect(lost([cut(), cut()])).toEqual(['refused', false]);
      expect(lost([order(take, { status: 'failed', code: 'documentGone' })])).toEqual(['refused', false]);
    });
  });

  it('of a page that could not be shown, or taken away: until the next of them', () => {
    const failed: OrderStatus = { status: 'failed', code: 'notReached' };
    const one = order({ kind: 'show', documentId, page: 1 }, failed);
    const clear = order({ kind: 'clearDesk' }, failed);
    expect(deskFailure([])).toBeNull();
    expect(deskFailure([one])).toEqual({ request: one.request, code: 'notReached' });
    expect(deskFailure([one, clear])).toEqual({ request: clear.request, code: 'notReached' });
    expect(deskFailure([one, order(one.request, { status: 'sent' })])).toBeNull();
  });

  it('of the resident’s own picture that did not follow', () => {
    const off: OrderRequest = { kind: 'selfView', on: false };
    expect(switchFailure([order(off, { status: 'failed', code: 'notReached' })], 'selfView')).toBe(
      'notReached',
    );
    expect(switchFailure([order(off, { status: 'sent' })], 'selfView')).toBeNull();
  });

  it('of the desk: the last page that did not fail, nothing after it was cleared', () => {
    const show = (n: number, status: OrderStatus) => order({ kind: 'show', documentId, page: n }, status);
    const shown: OrderStatus = { status: 'done', outcome: { kind: 'shown' } };
    const one = show(1, shown);
    const two = show(2, { status: 'sent' });
    const three = show(3, { status: 'failed', code: 'notReached' });
    expect(shownPage([])).toBeNull();
    expect(shownPage([one, two, three])).toEqual({ documentId, page: 2, pending: true });
    expect(shownPage([one, two, order({ kind: 'clearDesk' }, shown)])).toBeNull();
  });

  it('of the resident’s own picture', () => {
    const on = order({ kind: 'selfView', on: true }, { status: 'sent' });
    const off = order({ kind: 'selfView', on: false }, { status: 'failed', code: 'notReached' });
    expect(isSwitchedOn([], 'selfView')).toBe(false);
    expect(isSwitchedOn([on, off], 'selfView')).toBe(true);
  });

  it('of the scanned pages: in the order of the paper, once each, kept after a jam', () => {
    const scan: OrderRequest = { kind: 'scan', purpose: 'letter', source: 'feeder' };
    const jammed = order(scan, { status: 'failed', code: 'scannerJammed', pages: [page(1), page(2)] });
    const going = order(scan, {
      status: 'underWay',
      progress: {
        ...{ kind: 'scanning', page: 2, percent: 10, source: 'feeder', growing: null },
        pages: [page(3), page(2)],
      },
    });
    const pages = (orders: readonly OrderView[]) => scannedPagesOf(orders).map((arrived) => arrived.page);
    expect(pages([going, jammed])).toEqual([page(1), page(2), page(3)]);
    const corrections = { ...untouched, turn: 90 } as const;
    const turned = { ...page(2), documentId: page(9).documentId, corrections };
    const correct = order(
      { kind: 'correct', original: turned.original, corrections },
      { status: 'done', outcome: { kind: 'corrected', page: turned } },
    );
    expect(pages([going, jammed, correct])).toEqual([page(1), turned, page(3)]);
  });

  it('of a shot: the last one, until it is kept among the scanned pages or thrown away', () => {
    const shot = (n: number) =>
      order({ kind: 'aim' }, { status: 'done', outcome: { kind: 'shot', page: page(n) } });
    const [first, second] = [shot(1), shot(2)];
    const failed = order({ kind: 'aim' }, { status: 'failed', code: 'cancelled' });
    expect(looseShotOf([])).toBeNull();
    expect(looseShotOf([first, second, failed])).toEqual(page(2));
    expect(scannedPagesOf([first, second])).toEqual([]);
    const { original } = page(2);
    // At once, before the terminal has said that it did.
    const dropped = order({ kind: 'dropShot', original }, { status: 'sent' });
    expect(looseShotOf([first, second, dropped])).toBeNull();
    const keep = (status: OrderStatus) => order({ kind: 'keepShot', original }, status);
    expect(looseShotOf([second, keep({ status: 'sent' })])).toEqual(page(2));
    const kept = keep({ status: 'done', outcome: { kind: 'kept' } });
    expect(looseShotOf([second, kept])).toBeNull();
    expect(scannedPagesOf([second, kept])).toEqual([{ orderId: kept.orderId, page: page(2) }]);
  });
});

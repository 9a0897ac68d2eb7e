import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mayMount, mountSmallDisk } from '#rig/small-disk.ts';
import { openKeptText } from './kept-text.ts';
import { openOrderJournal } from './order-journal.ts';
import { openUnwipedMark } from './wipe/unwiped-mark.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-text-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('keeps what is put, in its place, and nothing of it once cleared', () => {
  const file = join(folder, 'text');
  const text = openKeptText(file, 20);
  text.put('first');
  text.put('second', 10);
  expect(openKeptText(file, 20).read()).toBe('first     second');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  text.clear();
  expect(readFileSync(file, 'utf8')).toBe(''.padEnd(20));
  expect(() => text.put('x', 20)).toThrow('longer');
});

it('takes over a file of another size', () => {
  const file = join(folder, 'text');
  writeFileSync(file, 'before');
  expect(openKeptText(file, 20).read()).toBe('before');
  expect(statSync(file).size).toBe(20);
});

describe.skipIf(!mayMount)('on a disk that is full', () => {
  it('an order is noted and known after a restart, a visit is marked, and both can be cleared', () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    const disk = mountSmallDisk(data, 1 << 20);
    try {
      const files = { orders: join(data, 'orders'), unwiped: join(data, 'unwiped') };
      const journal = openOrderJournal(files.orders);
      const mark = openUnwipedMark(files.unwiped);
      disk.fill();
      expect(() => writeFileSync(join(data, 'more'), 'x')).toThrow('ENOSPC');
      const orders = Array.from({ length: 300 }, () => crypto.randomUUID());
      for (const orderId of orders) expect(journal.begin(orderId)).toBe(true);
      mark.set(orders[0] ?? '');
      const again = openOrderJournal(files.orders);
      expect(orders.every(again.wasBegun)).toBe(true);
      expect(again.wasBegun(crypto.randomUUID())).toBe(false);
      expect(openUnwipedMark(files.unwiped).visitId()).toBe(orders[0]);
      again.clear();
      expect(readFileSync(files.orders, 'utf8').trim()).toBe('');
      expect(openOrderJournal(files.orders).wasBegun(orders[0] ?? '')).toBe(false);
    } finally {
      disk.close();
    }
  });

  it('that was full at the start, a terminal says so at once rather than in a visit', () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    const disk = mountSmallDisk(data, 1 << 20);
    try {
      disk.fill();
      expect(() => openUnwipedMark(join(data, 'unwiped'))).toThrow('ENOSPC');
    } finally {
      disk.close();
    }
  });
});

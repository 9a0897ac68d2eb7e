import { describe, expect, it } from 'vitest';
import type { OrderView } from '#shared/protocol/views.ts';
import { receiptFr } from '../words/receipt-fr.ts';
import { receiptLines, receiptOf } from './receipt-lines.ts';
import { createReceiptNotes } from './receipt-notes.ts';

const words = receiptFr.page;
const visit = {
  body: 'Office des familles',
  mairie: 'Saint-Martin',
  counsellor: { name: 'Nadia Belkacem', body: 'Office des familles' },
};
const digest = 'ab'.repeat(32);
const form = '00000000-0000-4000-8000-000000000001';
const own = '00000000-0000-4000-8000-000000000002';

let clock = 0;
function printed(documentId: string, pages: number): OrderView {
  clock += 1;
  return {
    orderId: `00000000-0000-4000-9000-${String(clock).padStart(12, '0')}`,
    request: { kind: 'print', documentId, copies: 1 },
    status: { status: 'done', outcome: { kind: 'printed', pages } },
    createdAt: clock,
  };
}

function known(orders: readonly OrderView[], unsavedPages = 0) {
  const notes = createReceiptNotes();
  notes.remember([{ documentId: form, name: 'Demande (rempli).pdf', size: 1 }]);
  notes.addReceipt(own);
  notes.keep({ key: 'a', kind: 'scanned', name: 'numerisation.pdf', pages: 2, digest: 'cd'.repeat(32) });
  notes.keep({ key: 'a', kind: 'scanned', name: 'numerisation-2.pdf', pages: 3, digest });
  const date = new Date(2026, 10, 22, 14, 5);
  const lines = receiptLines({ visit, orders, notes: notes.snapshot(), unsavedPages, date, words });
  return { notes, lines };
}

describe('the lines of a receipt', () => {
  it('name who, where, when, what was printed once for each document, and the last of what was kept', () => {
    const { lines } = known([printed(form, 2), printed(own, 1), printed(form, 2)], 1);
    expect(lines.map(({ section, text, digest }) => [section, text, digest])).toEqual([
      ['head', 'Office des familles', null],
      ['head', 'Votre conseiller\u00a0: Nadia Belkacem', null],
      ['head', 'Mairie\u00a0: Saint-Martin', null],
      ['head', 'Le dimanche 22 novembre 2026, à 14\u00a0h\u00a005', null],
      ['scanned', 'numerisation-2, 3\u00a0pages', digest],
      ['scanned', '1\u00a0page numérisée', null],
      ['printed', 'Demande (rempli), 4\u00a0pages', null],
    ]);
  });

  it('leave out what was unticked, and a list of which nothing is left', () => {
    const { notes, lines } = known([printed(form, 1)]);
    notes.change({ left: new Set([form, 'counsellor']), follow: ' Réponse en mars ' });
    const page = receiptOf(lines, notes.snapshot(), words);
    expect(page.head.map(({ id }) => id)).toEqual(['body', 'place', 'when']);
    expect(page.sections.map(({ title }) => title)).toEqual([words.sections.scanned, words.sections.follow]);
    expect(page.sections.at(-1)?.lines[0]?.text).toBe('Réponse en mars');
  });

  it('are forgotten with the visit', () => {
    const { notes } = known([]);
    notes.clear();
    const { files, names, receipts, filed, follow } = notes.snapshot();
    expect([files.length, names.size, receipts.size, filed + follow]).toEqual([0, 0, 0, '']);
  });
});

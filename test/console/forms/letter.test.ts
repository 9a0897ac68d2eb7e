/** Letters and CVs as they lie on paper. */

import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { emptyLetter, type Letter, type LetterBlock } from '../../../src/console/letters/letter.ts';
import { letterPdf } from '../../../src/console/letters/letter-pdf.ts';
import { loadWideFont, textOnPaper, withoutSpace } from './read-paper.ts';

const date = new Date('2026-11-22T10:00:00Z');
const options = { loadWideFont, title: 'Lettre', date, subject: (text: string) => `Objet\u00a0: ${text}` };

let ids = 0;
function block(kind: LetterBlock['kind'], text: string): LetterBlock {
  ids += 1;
  return { id: `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`, kind, text };
}

function letterWith(blocks: LetterBlock[], rest: Partial<Letter> = {}): Letter {
  const words = {
    sender: 'Marie Lefèvre-Cœur\n12, rue du Moulin',
    today: 'Le 22 novembre 2026',
    opening: '',
    closing: '',
  };
  return { ...emptyLetter('letter', words, () => crypto.randomUUID()), blocks, ...rest };
}

async function paper(letter: Letter): Promise<{ text: string; pages: number; bytes: Uint8Array }> {
  const made = await letterPdf(letter, options);
  if (!made.ok) throw new Error(made.failure.code);
  expect(made.value.unwritten).toEqual([]);
  const { bytes } = made.value;
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  return { text: await textOnPaper(bytes), pages: document.getPageCount(), bytes };
}

describe('a letter', () => {
  it('has all that was written, in French typography, on one page', async () => {
    const { text, pages } = await paper(
      letterWith([block('paragraph', 'L’été dernier : « à Vervins », 1 234,56 € !')], {
        recipient: 'Office des familles\n1, place de l’Église',
        subject: 'Demande d’aide au logement',
        signature: 'Marie Lefèvre-Cœur',
      }),
    );
    for (const words of [
      'Lefèvre-Cœur',
      'Office des familles',
      'Objet : Demande d’aide',
      '« à Vervins », 1 234,56 € !',
    ]) {
      expect(text).toContain(withoutSpace(words));
    }
    expect(pages).toBe(1);
  });

  it('goes on over pages, numbered, and loses no line', async () => {
    const lines = Array.from({ length: 90 }, (_, at) => block('paragraph', `Ligne numéro ${at + 1}.`));
    const { text, pages } = await paper(letterWith(lines));
    expect(pages).toBe(4);
    for (let at = 1; at <= 90; at += 1) expect(text).toContain(`Lignenuméro${at}.`);
    expect(text).toContain('1/4');
  });

  it('writes names of other alphabets, and says what no font can write', async () => {
    const { text } = await paper(letterWith([block('paragraph', 'Łucja Șerban, Дмитрий')]));
    expect(text).toContain('ŁucjaȘerban,Дмитрий');
    const odd = block('paragraph', 'en chinois : 中文');
    const made = await letterPdf(letterWith([block('paragraph', 'Bonjour'), odd]), options);
    expect(made.ok && made.value.unwritten).toEqual([{ name: odd.id, why: 'letters' }]);
  });

  it('is a CV with a title, headings and lists', async () => {
    const cv = letterWith([block('heading', 'Expérience'), block('list', 'Aide à domicile\nVendeuse')], {
      kind: 'cv',
    });
    const { text, bytes } = await paper(cv);
    expect(text.startsWith('MarieLefèvre-Cœur')).toBe(true);
    expect(text).toContain('Expérience•Aideàdomicile•Vendeuse');
    expect(text).not.toContain('22novembre');
    // The same CV is the same file.
    expect((await paper(cv)).bytes).toEqual(bytes);
  });
});

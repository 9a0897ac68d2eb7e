/** Forms that other programs make badly, or on purpose. */
import { readFileSync } from 'node:fs';
import {
  degrees,
  PDFArray,
  PDFBool,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFString,
} from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { emptyDraft, type FillDraft } from '../../../src/console/forms/fill-draft.ts';
import { fillPdf } from '../../../src/console/forms/fill-pdf.ts';
import { readForm } from '../../../src/console/forms/read-form.ts';
import { drawnByPdfium, drawnByPoppler, loadWideFont, textOnPaper } from './read-paper.ts';

const options = { flatten: false, loadWideFont, signWords: 'Signez ici', code: null };
const DOCUMENT = 'c5b6d3a0-0a3e-4a67-9d6f-1a2b3c4d5e6f';

async function fill(bytes: Uint8Array, draft: Partial<FillDraft>, flatten = false) {
  const filled = await fillPdf(bytes, { ...emptyDraft(DOCUMENT), ...draft }, { ...options, flatten });
  if (!filled.ok) throw new Error(filled.failure.code);
  return filled.value;
}

async function oneField(change: (document: PDFDocument) => void = () => undefined): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const page = document.addPage([400, 200]);
  const field = document.getForm().createTextField('montant');
  field.addToPage(page, { x: 20, y: 120, width: 100, height: 20 });
  change(document);
  return document.save({ updateFieldAppearances: false });
}

const acroForm = (document: PDFDocument) => document.getForm().acroForm.dict;

describe('an odd form', () => {
  it('loses its XFA, which would show other values than the paper', async () => {
    const bytes = await oneField((document) => {
      const stream = document.context.register(document.context.stream('<xdp><montant>1</montant></xdp>'));
      acroForm(document).set(PDFName.of('XFA'), stream);
      acroForm(document).set(PDFName.of('NeedAppearances'), PDFBool.True);
    });
    const filled = await PDFDocument.load((await fill(bytes, { values: { montant: '1 482,50' } })).bytes, {
      preserveXFA: true,
    });
    const dict = filled.catalog.lookup(PDFName.of('AcroForm'), PDFDict);
    expect(dict.has(PDFName.of('XFA'))).toBe(false);
    expect(dict.lookup(PDFName.of('NeedAppearances'))).toBe(PDFBool.False);
  });

  it('shows what it holds where it left the drawing to its reader', async () => {
    const bytes = await oneField((document) => {
      const field = document.getForm().getTextField('montant');
      field.setText('482,50');
      for (const widget of field.acroField.getWidgets()) widget.dict.delete(PDFName.of('AP'));
    });
    expect(await textOnPaper((await fill(bytes, {}, true)).bytes)).toBe('482,50');
  });

  it('writes an amount whole or not at all', async () => {
    const bytes = await oneField();
    const long = '123 456 789,12 €, soit cent vingt-trois millions et quelques, en toutes lettres';
    expect(await fill(bytes, { values: { montant: long } })).toMatchObject({
      unwritten: [{ name: 'montant', why: 'tooLong' }],
    });
    const odd = await fill(bytes, { values: { montant: '12 ¥ 元' } });
    expect(odd.unwritten).toEqual([{ name: 'montant', why: 'letters' }]);
    const fits = await fill(bytes, { values: { montant: '123 456 789,12 €' } });
    expect(fits.unwritten).toEqual([]);
    expect(await textOnPaper(fits.bytes)).toBe('123456789,12€\f'.trim());
  });

  it('has check boxes of one name that exclude each other', async () => {
    const document = await PDFDocument.create();
    const page = document.addPage([400, 200]);
    const form = document.getForm();
    const names = ['oui', 'non'];
    const { context } = document;
    const widgets = names.map((name, at) => {
      const box = form.createCheckBox(name);
      box.addToPage(page, { x: 20 + at * 60, y: 120, width: 20, height: 20 });
      const widget = box.acroField.getWidgets()[0];
      const normal = widget?.getAppearances()?.normal;
      if (!widget || !(normal instanceof PDFDict)) throw new Error('A check box has two pictures.');
      const on = normal.get(PDFName.of('Yes'));
      if (on) normal.set(PDFName.of(name), on);
      normal.delete(PDFName.of('Yes'));
      return widget.dict;
    });
    // One parent with both as its kids, as many official forms have it.
    const parent = context.obj({
      FT: 'Btn',
      V: 'Off',
      Kids: widgets.map((widget) => context.getObjectRef(widget)),
    });
    parent.set(PDFName.of('T'), PDFString.of('accord'));
    const reference = context.register(parent);
    for (const widget of widgets) widget.set(PDFName.of('Parent'), reference);
    form.acroForm.dict.set(PDFName.of('Fields'), context.obj([reference]));
    const bytes = await document.save({ updateFieldAppearances: false });

    const model = await readForm(bytes);
    expect(model.ok && model.value.fields).toMatchObject([{ kind: 'radio', name: 'accord', value: '' }]);
    const filled = await fill(bytes, { values: { accord: 'non' } });
    const again = await readForm(filled.bytes);
    expect(again.ok && again.value.fields).toMatchObject([{ value: 'non' }]);
    const [drawn] = await drawnByPoppler(filled.bytes);
    if (!drawn) throw new Error('There is one page.');
    const inkAround = (x: number) => darkDots(drawn, x);
    expect(inkAround(90)).toBeGreaterThan(inkAround(30) + 5);
  });

  it('goes round in circles: refused, not followed for ever', async () => {
    const bytes = await oneField((document) => {
      const { context } = document;
      const [one, other] = [context.nextRef(), context.nextRef()];
      context.assign(one, context.obj({ T: PDFHexString.fromText('a'), Kids: [other] }));
      context.assign(other, context.obj({ T: PDFHexString.fromText('b'), Kids: [one], Parent: one }));
      acroForm(document).lookup(PDFName.of('Fields'), PDFArray).push(one);
    });
    expect(await readForm(bytes)).toEqual({ ok: false, failure: { code: 'documentBroken' } });
  });

  it('is not a PDF at all, or is locked', async () => {
    const broken = await readForm(new TextEncoder().encode('%PDF-1.7\nnothing'));
    expect(broken).toEqual({ ok: false, failure: { code: 'documentBroken' } });
    const document = await PDFDocument.create();
    document.addPage();
    document.encrypt({ userPassword: 'secret', ownerPassword: 'secret' });
    const locked = await readForm(await document.save());
    expect(locked).toEqual({ ok: false, failure: { code: 'documentEncrypted' } });
  });
});

describe.each([0, 90, 180, 270])('on a page turned by %i degrees', (turn) => {
  it('what is laid lies where the counsellor sees it, upright', async () => {
    const document = await PDFDocument.create();
    const page = document.addPage([600, 800]);
    page.setCropBox(40, 30, 500, 700);
    page.setRotation(degrees(turn));
    const place = { x: 0.1, y: 0.1, width: 0.5, height: 0.06 };
    const laid = [
      { id: 'a', kind: 'text' as const, page: 1, place, text: 'Bonjour « œuvre »', size: 20 },
      {
        id: 'b',
        kind: 'tick' as const,
        page: 1,
        place: { ...place, y: 0.8, width: 0.06 },
        text: '',
        size: 11,
      },
    ];
    const { bytes } = await fill(await document.save(), { laid });
    expect(await textOnPaper(bytes)).toBe('Bonjour«œuvre»');
    const [drawn] = await drawnByPoppler(bytes);
    if (!drawn) throw new Error('There is one page.');
    const { width, height } = drawn;
    for (const picture of [drawn, await drawnByPdfium(bytes, 1, drawn)]) {
      const dark = [...picture.dots.entries()].filter(([, dot]) => dot < 128);
      expect(dark.length).toBeGreaterThan(20);
      // All of it within the two places, a little margin for accents and descenders.
      for (const [at] of dark) {
        const [x, y] = [(at % width) / width, Math.floor(at / width) / height];
        const inText = x > 0.09 && x < 0.62 && y > 0.095 && y < 0.17;
        const inTick = x > 0.09 && x < 0.17 && y > 0.79 && y < 0.87;
        expect(inText || inTick, `${x} ${y}`).toBe(true);
      }
    }
  });
});

describe('the corpus', () => {
  it('is what its program draws', async () => {
    const { everyKindForm } = await import('../../../scripts/forms/every-kind-form.ts');
    const drawn = await everyKindForm();
    expect(Buffer.from(drawn).equals(readFileSync('assets/forms/fiche-situation.pdf'))).toBe(true);
  });
});

/** Around one of the check boxes. */
function darkDots({ dots, width }: { dots: Uint8Array; width: number }, x: number): number {
  const scale = width / 400;
  let count = 0;
  for (let right = (x - 7) * scale; right < (x + 7) * scale; right += 1) {
    for (let down = 65 * scale; down < 75 * scale; down += 1) {
      if ((dots[Math.round(down) * width + Math.round(right)] ?? 255) < 128) count += 1;
    }
  }
  return count;
}

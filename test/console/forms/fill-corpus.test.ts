/** Every field of every form of the corpus, filled and read back from the paper: what was typed is what is drawn. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyDraft, type FillDraft } from '../../../src/console/forms/fill-draft.ts';
import { fillPdf } from '../../../src/console/forms/fill-pdf.ts';
import type { FieldValue, FormField, FormModel } from '../../../src/console/forms/form-model.ts';
import { readForm } from '../../../src/console/forms/read-form.ts';
import {
  difference,
  drawnByPdfium,
  drawnByPoppler,
  loadWideFont,
  textOnPaper,
  withoutSpace,
} from './read-paper.ts';

const folder = path.resolve(import.meta.dirname, '../../../assets/forms');
const options = {
  flatten: false,
  loadWideFont,
  signWords: 'Signez ici',
  code: null,
};
const DOCUMENT = 'c5b6d3a0-0a3e-4a67-9d6f-1a2b3c4d5e6f';

/** French typography, money, and what is easily lost; then names that WinAnsi cannot write. */
const LINES = [
  'L’Haÿ-les-Roses',
  '1 482,50 €',
  '« Œuvre » à Nîmes',
  'ÉLÈVE ÆGIR çà',
  'Łukasz Șerban',
  'Ğöksu Дмитрий',
];
const PARAGRAPH =
  'Première ligne : « cœur », 1 234,56 €.\nDeuxième ligne, d’une longueur qui oblige à couper quelque part, peut-être.';

/** A value that is the field's own, so that one drawn in another's place is noticed. */
function sampleFor(field: FormField, at: number): FieldValue | null {
  if (field.kind === 'signature' || field.readOnly) return null;
  if (field.kind === 'checkBox') return at % 2 === 0;
  if (field.kind === 'radio') return field.options[at % field.options.length]?.value ?? '';
  if (field.kind === 'choice') {
    if (field.editable) return ['Tailleuse de pierre'];
    return field.options.slice(0, field.several ? 2 : 1).map(({ value }) => value);
  }
  if (field.dateFormat) return field.comb ? '29021952' : '29/02/1952';
  if (field.multiline) return PARAGRAPH;
  if (field.comb) return '269059912345678'.slice(0, field.maxLength ?? 0);
  const room = field.widgets[0]?.place.width ?? 0;
  return room > 0.2 ? `${LINES[at % LINES.length]} ${at}` : `n° ${at}`;
}

function samples(model: FormModel): Record<string, FieldValue> {
  return Object.fromEntries(
    model.fields.flatMap((field, at) => {
      const value = sampleFor(field, at);
      return value === null ? [] : [[field.name, value]];
    }),
  );
}

function expectedOnPaper(model: FormModel, values: Record<string, FieldValue>): string[] {
  return model.fields.flatMap((field) => {
    const value = values[field.name];
    if (field.kind === 'choice' && Array.isArray(value)) {
      return value.map((one) => field.options.find((option) => option.value === one)?.label ?? one);
    }
    return typeof value === 'string' && field.kind === 'text' ? value.split('\n') : [];
  });
}

async function filled(bytes: Uint8Array, draft: Partial<FillDraft>, flatten = false): Promise<Uint8Array> {
  const result = await fillPdf(bytes, { ...emptyDraft(DOCUMENT), ...draft }, { ...options, flatten });
  if (!result.ok) throw new Error(result.failure.code);
  expect(result.value.unwritten).toEqual([]);
  return result.value.bytes;
}

async function modelOf(bytes: Uint8Array): Promise<FormModel> {
  const model = await readForm(bytes);
  if (!model.ok) throw new Error(model.failure.code);
  return model.value;
}

describe.each(globSync('*.pdf', { cwd: folder }).sort())('%s', (file) => {
  const bytes = new Uint8Array(readFileSync(path.join(folder, file)));
  let model: FormModel;
  let values: Record<string, FieldValue>;
  let written: Uint8Array;
  let flat: Uint8Array;
  beforeAll(async () => {
    model = await modelOf(bytes);
    values = samples(model);
    written = await filled(bytes, { values });
    flat = await filled(bytes, { values }, true);
  });

  it('has fields, each with words and a place', () => {
    expect(model.fields.length).toBeGreaterThan(5);
    for (const { label, widgets } of model.fields) {
      expect(label).not.toBe('');
      for (const { place } of widgets) expect(place.x + place.width).toBeLessThanOrEqual(1.0001);
    }
  });

  it('shows on paper what was typed, in every field', async () => {
    const [text, flatText] = await Promise.all([textOnPaper(written), textOnPaper(flat)]);
    for (const value of expectedOnPaper(model, values)) {
      // Broken lines of a paragraph are found word by word.
      for (const word of value.split(' ')) {
        expect(text).toContain(withoutSpace(word));
        expect(flatText).toContain(withoutSpace(word));
      }
      if (value.length < 40) {
        expect(text).toContain(withoutSpace(value));
        expect(flatText).toContain(withoutSpace(value));
      }
    }
  });

  it('reads back what it wrote, and nothing of the form where it is flat', async () => {
    const again = await modelOf(written);
    for (const field of again.fields) {
      if (field.kind !== 'signature' && !field.readOnly)
        expect(field.value, field.name).toEqual(values[field.name]);
    }
    expect((await modelOf(flat)).fields).toEqual([]);
    const document = await PDFDocument.load(flat);
    expect(document.catalog.has(PDFName.of('AcroForm'))).toBe(false);
  });

  it('looks the same filled or flat, to poppler and to the terminal', async () => {
    const [before, fields, flattened] = await Promise.all([bytes, written, flat].map(drawnByPoppler));
    for (const [at, page] of (fields ?? []).entries()) {
      const other = flattened?.[at];
      const empty = before?.[at];
      if (!other || !empty) throw new Error('A page is missing.');
      expect(difference(page, other)).toBeLessThan(0.001);
      // The comparison can tell: without the values it is another page.
      expect(difference(page, empty)).toBeGreaterThan(0.01);
      for (const one of [written, flat]) {
        expect(difference(page, await drawnByPdfium(one, at + 1, page))).toBeLessThan(0.02);
      }
    }
  });
});

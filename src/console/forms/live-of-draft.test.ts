import { describe, expect, it } from 'vitest';
import { DESK_LIVE_LIMIT, deskLive } from '#shared/desk-live.ts';
import { emptyDraft, type FillDraft } from './fill-draft.ts';
import type { FormField, FormModel } from './form-model.ts';
import { type At, liveOfDraft } from './live-of-draft.ts';

const DOCUMENT = 'c5b6d3a0-0a3e-4a67-9d6f-1a2b3c4d5e6f';
const start: At = { page: 1, focus: null, pointer: null };

function widget(page: number, y: number, option: string | null = null) {
  return { page, place: { x: 0.1, y, width: 0.4, height: 0.03 }, option };
}

function text(name: string, page = 1, value = ''): FormField {
  return {
    ...{ kind: 'text', name, label: `Label ${name}`, required: false, readOnly: false, value },
    ...{ multiline: false, align: 'left', maxLength: null, comb: false, dateFormat: null },
    widgets: [widget(page, 0.2)],
  };
}

const model: FormModel = {
  pages: [
    { width: 595, height: 842 },
    { width: 595, height: 842 },
  ],
  fields: [
    text('nom'),
    text('ville', 2, 'Vervins'),
    {
      ...{ kind: 'radio', name: 'civilite', label: 'Civilité', required: false, readOnly: false, value: '' },
      widgets: [widget(1, 0.4, '0'), widget(1, 0.5, '1')],
      options: [
        { value: '0', label: 'Madame' },
        { value: '1', label: 'Monsieur' },
      ],
    },
  ],
};

function live(change: Partial<FillDraft>, at: Partial<At> = {}) {
  const state = liveOfDraft(model, { ...emptyDraft(DOCUMENT), ...change }, { ...start, ...at });
  return deskLive.parse(state);
}

describe('what the desk is told', () => {
  it('is nothing but what the page’s picture does not show', () => {
    expect(live({}).marks).toEqual([]);
    const changed = live({ values: { nom: 'Roux', ville: 'Hirson' } }).marks;
    expect(changed.map((mark) => [mark.text, mark.covers])).toEqual([
      ['Roux', false],
      ['Hirson', true],
    ]);
  });

  it('has the field under way, also while it is empty, and only on its page', () => {
    const { marks, focus } = live({}, { focus: 'nom' });
    expect(focus).toBe(0);
    expect(marks[0]).toMatchObject({ label: 'Label nom', text: '' });
    expect(live({}, { focus: 'nom', page: 2 }).focus).toBeNull();
  });

  it('shows the chosen button of a group, with its words', () => {
    const { marks, focus } = live({ values: { civilite: '1' } }, { focus: 'civilite' });
    expect(marks[focus ?? -1]).toMatchObject({ kind: 'tick', text: 'x', label: 'Civilité\u00a0: Monsieur' });
    expect(marks.filter(({ text }) => text !== '')).toHaveLength(1);
  });

  it('has the place pointed at and the place to sign', () => {
    const place = { x: 0.1, y: 0.8, width: 0.3, height: 0.1 };
    const state = live({ signHere: { page: 2, place } }, { pointer: { x: 0.5, y: 0.25 } });
    expect(state.pointer).toEqual({ page: 1, x: 0.5, y: 0.25 });
    expect(state.signHere).toEqual({ page: 2, place });
  });

  it('fits into one message whatever was written, the page looked at first', () => {
    const laid = Array.from({ length: 300 }, (_, at) => ({
      ...{ kind: 'text' as const, page: (at % 2) + 1, place: widget(1, 0.1).place, size: 11 },
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      text: 'é'.repeat(2_000),
    }));
    const state = live({ laid }, { page: 2 });
    expect(JSON.stringify(state).length).toBeLessThan(DESK_LIVE_LIMIT);
    expect(state.marks.length).toBeGreaterThan(50);
    expect(state.marks.every(({ page }) => page === 2)).toBe(true);
  });
});

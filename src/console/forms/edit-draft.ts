/** Changes to a draft. Pure: each returns the next one. */
import type { DeskPlace } from '#shared/desk-live.ts';
import type { FillDraft, LaidMark } from './fill-draft.ts';
import type { FieldValue } from './form-model.ts';

/** Of the page, where a click drew no place of its own. */
const PLACES: Readonly<
  Record<LaidMark['kind'] | 'sign', { readonly width: number; readonly height: number }>
> = {
  text: { width: 0.45, height: 0.06 },
  tick: { width: 0.022, height: 0.016 },
  highlight: { width: 0.25, height: 0.022 },
  sign: { width: 0.34, height: 0.075 },
};
/** What was drawn smaller than this was a click. */
const CLICK = 0.01;
const SIZE = 11;
/** Of a text. */
const NARROWEST = 0.12;

export function setValue(draft: FillDraft, name: string, value: FieldValue): FillDraft {
  return { ...draft, values: { ...draft.values, [name]: value } };
}

/** @param place as drawn, or a point: then what is laid has its usual size, around the point or beginning there. */
export function lay(
  draft: FillDraft,
  kind: LaidMark['kind'],
  page: number,
  place: DeskPlace,
  id: string,
): FillDraft {
  const mark: LaidMark = { id, kind, page, place: placeFor(kind, place), text: '', size: SIZE };
  return { ...draft, laid: [...draft.laid, mark] };
}

export function signAt(draft: FillDraft, page: number, place: DeskPlace): FillDraft {
  return { ...draft, signHere: { page, place: placeFor('sign', place) } };
}

function placeFor(kind: keyof typeof PLACES, place: DeskPlace): DeskPlace {
  if (place.width > CLICK && place.height > CLICK / 2) return place;
  const { width, height } = PLACES[kind];
  if (kind === 'text') {
    // It begins where the counsellor clicked, its first line at that height, and breaks before the page's edge.
    const x = within(place.x, NARROWEST);
    const room = Math.max(NARROWEST, Math.min(width, 0.97 - x));
    return { x, y: within(place.y - 0.009, height), width: room, height };
  }
  return { width, height, x: within(place.x - width / 2, width), y: within(place.y - height / 2, height) };
}

export function changeLaid(draft: FillDraft, id: string, change: (mark: LaidMark) => LaidMark): FillDraft {
  return { ...draft, laid: draft.laid.map((mark) => (mark.id === id ? change(mark) : mark)) };
}

export function moveLaid(draft: FillDraft, id: string, right: number, down: number): FillDraft {
  return changeLaid(draft, id, (mark) => {
    const { x, y, width, height } = mark.place;
    return { ...mark, place: { width, height, x: within(x + right, width), y: within(y + down, height) } };
  });
}

export function removeLaid(draft: FillDraft, id: string): FillDraft {
  return { ...draft, laid: draft.laid.filter((mark) => mark.id !== id) };
}

function within(start: number, length: number): number {
  return Math.min(1 - length, Math.max(0, start));
}

/** What a counsellor does on the sheet, in the states that a resident can meet. */
import type { DeskLive, DeskMark } from '#shared/desk-live.ts';

export const PREVIEW_DOCUMENT = '7d9a52f0-8c34-4f3e-8a51-1f4b9cf0a902';

const written: DeskMark = {
  page: 1,
  place: { x: 0.403, y: 0.227, width: 0.508, height: 0.032 },
  kind: 'text',
  label: 'Nom de naissance',
  text: 'Lefèvre-Cœur',
  size: null,
  comb: null,
  multiline: false,
  align: 'left',
  covers: false,
};
/** A form half filled, in the rows of the drawn page. */
const marks: readonly DeskMark[] = [
  written,
  { ...written, place: row(1), label: 'Prénoms', text: 'Marie-Thérèse' },
  { ...written, place: row(2), label: 'Numéro de sécurité sociale', text: '26903999990', comb: 15 },
  {
    ...written,
    place: { x: 0.09, y: row(3).y, width: 0.025, height: 0.018 },
    kind: 'tick',
    label: 'J’héberge quelqu’un',
    text: 'x',
  },
  {
    ...written,
    place: { ...row(4), height: 0.08 },
    label: 'Nom et adresse du propriétaire, ou de l’agence qui s’occupe de votre logement aujourd’hui',
    text: 'Madame Vandenbroucke-Delattre, 12 bis rue du Général-de-Gaulle, résidence « Les Tilleuls », bâtiment C, 02140 Vervins : loyer de 482,50\u00a0€ par mois, charges comprises.',
    multiline: true,
  },
  {
    ...written,
    place: { x: 0.09, y: 0.23, width: 0.29, height: 0.025 },
    kind: 'highlight',
    label: '',
    text: '',
  },
];
export const formLive: DeskLive = {
  documentId: PREVIEW_DOCUMENT,
  marks: [...marks],
  focus: null,
  pointer: null,
  signHere: null,
};
const signHere = { page: 1, place: { x: 0.565, y: 0.872, width: 0.346, height: 0.08 } };
/** Each as a change to it. */
export const lives: Record<string, Partial<DeskLive>> = {
  text: { focus: 0 },
  'text-empty': { marks: [{ ...written, text: '', label: '' }], focus: 0 },
  comb: { focus: 2 },
  tick: { focus: 3 },
  'long-text': { focus: 4 },
  highlight: { focus: 5 },
  pointing: { pointer: { page: 1, x: 0.3, y: 0.47 } },
  'sign-here': { signHere },
};

function row(rank: number): DeskMark['place'] {
  return { ...written.place, y: written.place.y + rank * 0.0479 };
}

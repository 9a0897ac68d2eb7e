/** Where somebody is to sign a form: where the counsellor laid "Signez ici", and the form's own signature fields. */
import type { DeskPlace } from '#shared/desk-live.ts';
import type { FillDraft } from '../forms/fill-draft.ts';
import type { FormModel } from '../forms/form-model.ts';

export interface SignSpot {
  /** From 1. */
  readonly page: number;
  readonly place: DeskPlace;
}

export function signSpots(model: FormModel, { signHere }: Pick<FillDraft, 'signHere'>): readonly SignSpot[] {
  const fields = model.fields.flatMap(({ kind, widgets }) =>
    kind === 'signature' ? widgets.map(({ page, place }) => ({ page, place })) : [],
  );
  if (!signHere) return fields;
  // The frame is usually laid on the field itself.
  return [
    signHere,
    ...fields.filter((field) => field.page !== signHere.page || !meet(field.place, signHere.place)),
  ];
}

function meet(one: DeskPlace, other: DeskPlace): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

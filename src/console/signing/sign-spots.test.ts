import { expect, it } from 'vitest';
import type { FormModel } from '../forms/form-model.ts';
import { signSpots } from './sign-spots.ts';

const place = { x: 0.5, y: 0.8, width: 0.3, height: 0.1 };
const field = (page: number): FormModel['fields'][number] => ({
  ...{
    kind: 'signature',
    name: `s${page}`,
    label: 'Signature',
    required: false,
    readOnly: false,
    signed: false,
  },
  widgets: [{ page, place, option: null }],
});
const model: FormModel = { pages: [{ width: 595, height: 842 }], fields: [field(1), field(2)] };

it('counts a place once where the frame was laid on the field', () => {
  expect(signSpots(model, { signHere: null })).toHaveLength(2);
  const signHere = { page: 2, place: { ...place, y: 0.78 } };
  expect(signSpots(model, { signHere })).toEqual([signHere, { page: 1, place }]);
  expect(signSpots(model, { signHere: { page: 2, place: { ...place, y: 0.1 } } })).toHaveLength(3);
});

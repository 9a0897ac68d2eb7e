/** A PDF form as the console fills it: its fields, where they are on the pages, what they accept. */
import { z } from 'zod';
import { deskPlace } from '#shared/desk-live.ts';

/** Text of a text field; on or off; the option chosen ('' for none); the options chosen of a list. */
export const fieldValue = z.union([z.string(), z.boolean(), z.array(z.string())]);
export type FieldValue = z.infer<typeof fieldValue>;

const widget = z.strictObject({
  /** From 1. */
  page: z.number().int().min(1),
  /** Fractions of the page as it is shown. */
  place: deskPlace,
  /** Of a radio group: the option that this button chooses. */
  option: z.string().nullable(),
});
export type FormWidget = z.infer<typeof widget>;

const option = z.strictObject({ value: z.string(), label: z.string() });
const base = {
  /** Fully qualified: the field's key. */
  name: z.string(),
  label: z.string(),
  required: z.boolean(),
  readOnly: z.boolean(),
  /** At least one, in reading order. */
  widgets: z.array(widget).min(1),
};

export const formField = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    kind: z.literal('text'),
    value: z.string(),
    multiline: z.boolean(),
    align: z.enum(['left', 'center', 'right']),
    maxLength: z.number().int().positive().nullable(),
    /** One character in each of `maxLength` cells. */
    comb: z.boolean(),
    /** How the form writes the day, such as "dd/mm/yyyy" (Acrobat's letters); null: not a date. */
    dateFormat: z.string().nullable(),
  }),
  z.strictObject({ ...base, kind: z.literal('checkBox'), value: z.boolean() }),
  z.strictObject({ ...base, kind: z.literal('radio'), value: z.string(), options: z.array(option) }),
  z.strictObject({
    ...base,
    kind: z.literal('choice'),
    value: z.array(z.string()),
    options: z.array(option),
    /** Several options may be chosen. */
    several: z.boolean(),
    /** Anything may be written in place of an option. */
    editable: z.boolean(),
  }),
  /** Nothing is typed there: the resident signs on paper. */
  z.strictObject({ ...base, kind: z.literal('signature'), signed: z.boolean() }),
]);
export type FormField = z.infer<typeof formField>;
export type FillableField = Exclude<FormField, { kind: 'signature' }>;

export const formModel = z.strictObject({
  /** Points (1/72 inch), as shown. */
  pages: z.array(z.strictObject({ width: z.number().positive(), height: z.number().positive() })).min(1),
  /** In reading order. */
  fields: z.array(formField),
});
export type FormModel = z.infer<typeof formModel>;

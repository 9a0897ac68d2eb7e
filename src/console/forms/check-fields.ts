/** What is missing or does not fit together in a form, before it is printed. Codes; the words are in words/forms-fr.ts. */
import { type Day, daysBetween, parseDay } from './dates.ts';
import type { FieldValue, FillableField, FormField } from './form-model.ts';
import { isSocialSecurityNumber, socialSecurityKeyFits } from './social-security-number.ts';

export type FieldProblem =
  | { readonly name: string; readonly why: 'missing' }
  | { readonly name: string; readonly why: 'notADay'; readonly format: string }
  | { readonly name: string; readonly why: 'bornLater' }
  /** `other`: the label of the field that comes too late. */
  | { readonly name: string; readonly why: 'endsBefore'; readonly other: string }
  | { readonly name: string; readonly why: 'tooLong'; readonly limit: number }
  | { readonly name: string; readonly why: 'tooShort'; readonly cells: number; readonly missing: number }
  | { readonly name: string; readonly why: 'wrongKey' }
  | { readonly name: string; readonly why: 'notAnOption' };

/** In reading order, at most one for each field. @param today the counsellor's day. */
export function checkFields(
  fields: readonly FormField[],
  values: Readonly<Record<string, FieldValue>>,
  today: Day,
): readonly FieldProblem[] {
  const open = fields.filter((field) => field.kind !== 'signature' && !field.readOnly) as FillableField[];
  return open.flatMap(
    (field) =>
      ownProblem(field, currentValue(field, values)) ??
      problemOfDay(field, open, values, today) ??
      problemOfNumber(field, currentValue(field, values)) ??
      [],
  );
}

export function currentValue(field: FillableField, values: Readonly<Record<string, FieldValue>>): FieldValue {
  const value = values[field.name];
  return value === undefined || typeof value !== typeof field.value ? field.value : value;
}

function ownProblem(field: FillableField, value: FieldValue): FieldProblem | null {
  const { name } = field;
  if (isEmpty(value)) return field.required ? { name, why: 'missing' } : null;
  if (field.kind === 'choice' && Array.isArray(value)) {
    const known = value.every((one) => field.options.some((option) => option.value === one));
    return known || field.editable ? null : { name, why: 'notAnOption' };
  }
  if (field.kind !== 'text' || typeof value !== 'string') return null;
  const length = [...value].length;
  if (field.maxLength !== null && length > field.maxLength) {
    return { name, why: 'tooLong', limit: field.maxLength };
  }
  if (field.dateFormat && !parseDay(value, field.dateFormat)) {
    return { name, why: 'notADay', format: field.dateFormat };
  }
  return null;
}

function isEmpty(value: FieldValue): boolean {
  return value === false || value.toString().trim() === '';
}

function problemOfDay(
  field: FillableField,
  fields: readonly FillableField[],
  values: Readonly<Record<string, FieldValue>>,
  today: Day,
): FieldProblem | null {
  const day = dayOf(field, values);
  if (!day) return null;
  const words = plain(`${field.label} ${field.name}`);
  if (/naissance|\bnee? le|\bnee?\(e\)|\bne\(e\) le/.test(words) && daysBetween(today, day) > 0) {
    return { name: field.name, why: 'bornLater' };
  }
  const end = /\b(fin|sortie|depart|retour|au|jusqu)\b/.exec(words);
  if (!end) return null;
  // The nearest beginning before it, in reading order.
  const before = fields.slice(0, fields.indexOf(field));
  const start = before.findLast(
    (one) =>
      dayOf(one, values) &&
      /\b(debut|entree|arrivee|du|depuis|a partir)\b/.test(plain(`${one.label} ${one.name}`)),
  );
  const first = start && dayOf(start, values);
  if (!start || !first || daysBetween(first, day) >= 0) return null;
  return { name: field.name, why: 'endsBefore', other: start.label };
}

function dayOf(field: FillableField, values: Readonly<Record<string, FieldValue>>): Day | null {
  if (field.kind !== 'text' || !field.dateFormat) return null;
  const value = currentValue(field, values);
  return typeof value === 'string' ? parseDay(value, field.dateFormat) : null;
}

/** Numbers of known length: a name may leave cells free, a number may not. */
function problemOfNumber(field: FillableField, value: FieldValue): FieldProblem | null {
  if (field.kind !== 'text' || typeof value !== 'string' || value === '' || field.dateFormat) return null;
  const words = plain(`${field.label} ${field.name}`);
  if (field.comb && field.maxLength && /\b(numero|n°|no|code postal|siret|siren|iban)\b|n°/.test(words)) {
    const missing = field.maxLength - [...value].length;
    if (missing > 0) return { name: field.name, why: 'tooShort', cells: field.maxLength, missing };
  }
  if (
    /securite sociale|\bnir\b|\bnss\b/.test(words) &&
    isSocialSecurityNumber(value) &&
    !socialSecurityKeyFits(value)
  ) {
    return { name: field.name, why: 'wrongKey' };
  }
  return null;
}

function plain(words: string): string {
  return words
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[_.]/g, ' ');
}

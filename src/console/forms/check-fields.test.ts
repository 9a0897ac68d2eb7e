import { describe, expect, it } from 'vitest';
import { checkFields } from './check-fields.ts';
import type { FormField } from './form-model.ts';

type TextField = Extract<FormField, { kind: 'text' }>;

const today = { year: 2026, month: 11, day: 22 };

function text(name: string, label: string, rest: Partial<TextField> = {}): TextField {
  return {
    ...{ kind: 'text', name, label, required: false, readOnly: false, value: '', multiline: false },
    ...{ align: 'left', maxLength: null, comb: false, dateFormat: null },
    widgets: [{ page: 1, place: { x: 0, y: 0, width: 0.5, height: 0.02 }, option: null }],
    ...rest,
  };
}
const date = (name: string, label: string) => text(name, label, { dateFormat: 'dd/mm/yyyy' });

describe('a form is checked', () => {
  it('for what must be there', () => {
    const fields = [text('nom', 'Nom', { required: true }), text('autre', 'Autre')];
    expect(checkFields(fields, {}, today)).toEqual([{ name: 'nom', why: 'missing' }]);
    expect(checkFields(fields, { nom: '  ' }, today)).toHaveLength(1);
    expect(checkFields(fields, { nom: 'Roux' }, today)).toEqual([]);
    expect(checkFields([text('nom', 'Nom', { required: true, readOnly: true })], {}, today)).toEqual([]);
  });

  it('for days that are none, and births to come', () => {
    const fields = [date('naissance', 'Date de naissance'), date('visite', 'Date de la visite')];
    const problems = (naissance: string, visite = '') => checkFields(fields, { naissance, visite }, today);
    expect(problems('31/02/1960')).toEqual([{ name: 'naissance', why: 'notADay', format: 'dd/mm/yyyy' }]);
    expect(problems('23/11/2026')).toEqual([{ name: 'naissance', why: 'bornLater' }]);
    expect(problems('22/11/2026', '24/12/2026')).toEqual([]);
  });

  it('for an end before its beginning', () => {
    const fields = [date('debut', 'Date de début du contrat'), date('fin', 'Date de fin du contrat')];
    const problems = (debut: string, fin: string) => checkFields(fields, { debut, fin }, today);
    expect(problems('02/03/2026', '01/03/2026')).toEqual([
      { name: 'fin', why: 'endsBefore', other: 'Date de début du contrat' },
    ]);
    expect(problems('02/03/2026', '02/03/2026')).toEqual([]);
    expect(problems('', '02/03/2026')).toEqual([]);
  });

  it('for numbers that are too long, too short or wrong', () => {
    const number = text('nir', 'Numéro de sécurité sociale', { comb: true, maxLength: 15 });
    const problems = (nir: string) => checkFields([number], { nir }, today).map(({ why }) => why);
    expect(problems('2690599123456')).toEqual(['tooShort']);
    expect(problems('2690599123456789')).toEqual(['tooLong']);
    expect(problems('269059912345601')).toEqual(['wrongKey']);
    const key = 97 - (2690599123456 % 97);
    expect(problems(`2690599123456${String(key).padStart(2, '0')}`)).toEqual([]);
    const name = text('nom', 'Nom', { comb: true, maxLength: 15 });
    expect(checkFields([name], { nom: 'ROUX' }, today)).toEqual([]);
  });
});

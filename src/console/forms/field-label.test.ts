import { expect, it } from 'vitest';
import { readableName } from './field-label.ts';

it.each([
  ['topmostSubform[0].Page1[0].nom_naissance[0]', 'Nom naissance'],
  ['codePostal', 'Code postal'],
  ['NIR', 'NIR'],
  ['Date-entree', 'Date entree'],
])('%s is read as "%s"', (name, label) => expect(readableName(name)).toBe(label));

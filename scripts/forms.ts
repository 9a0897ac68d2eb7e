/**
 * Draws the forms of the demo and of the tests into assets/forms: invented ones, of an invented body, with fields. The
 * same drawing is the same file. Run after a change: node_modules/.bin/node scripts/forms.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { declarationForm } from './forms/declaration-form.ts';
import { everyKindForm } from './forms/every-kind-form.ts';
import { housingForm } from './forms/housing-form.ts';
import { turnedForm } from './forms/turned-form.ts';

const folder = path.join(import.meta.dirname, '../assets/forms');
mkdirSync(folder, { recursive: true });
for (const [name, draw] of Object.entries({
  'demande-aide-logement': housingForm,
  'attestation-honneur': declarationForm,
  'fiche-situation': everyKindForm,
  'releve-heures': turnedForm,
})) {
  writeFileSync(path.join(folder, `${name}.pdf`), await draw());
}

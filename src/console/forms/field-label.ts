/** What to call a field: its tooltip, which forms made with care have, or its name made readable. */
import { type PDFDict, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';

const LONGEST = 200;

export function textOf(dict: PDFDict, key: string): string | null {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : null;
}

/** @param dicts where the tooltip (TU) may stand: the field, then its widgets. */
export function labelOf(name: string, dicts: readonly PDFDict[]): string {
  for (const dict of dicts) {
    const tooltip = textOf(dict, 'TU')?.replace(/\s+/g, ' ').trim();
    if (tooltip) return tooltip.slice(0, LONGEST);
  }
  return readableName(name).slice(0, LONGEST);
}

/** "topmostSubform[0].Page1[0].nom_naissance[0]" -> "Nom naissance". */
export function readableName(name: string): string {
  const last =
    name
      .replace(/\[\d+\]/g, '')
      .split('.')
      .at(-1) ?? name;
  const spaced = last
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  // A name in capitals stays as it is: it is an abbreviation or a shout.
  const words = /\p{Ll}/u.test(spaced) ? spaced.toLocaleLowerCase('fr') : spaced;
  return words.charAt(0).toLocaleUpperCase('fr') + words.slice(1);
}

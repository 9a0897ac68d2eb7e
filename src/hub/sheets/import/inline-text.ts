/** What stands inside a line: the text of all its elements, and the links among them. */
import { sheetAddress } from '#shared/protocol/sheets.ts';
import type { XmlElement } from './read-xml.ts';

export interface Link {
  readonly text: string;
  readonly address: string;
}

interface Inline {
  readonly text: string;
  readonly links: readonly Link[];
}

/** Elements whose text belongs to the line that they stand in. */
const KNOWN = new Set(
  `Paragraphe Titre Texte MiseEnEvidence Citation Expression Valeur Montant Exposant Indice Abreviation
   LienInterne LienIntra LienExterne LienExterneCommente LienLocal Complement Source Description Cellule Item Liste
   RappelLien Nom`.split(/\s+/),
);

/** @param onUnknown is told the name of each element that is not known; its text is kept all the same. */
export function inlineOf(nodes: readonly (XmlElement | string)[], onUnknown: (name: string) => void): Inline {
  const links: Link[] = [];
  let text = '';
  const add = (node: XmlElement | string): void => {
    if (typeof node === 'string') {
      text += node;
      return;
    }
    if (!KNOWN.has(node.name)) onUnknown(node.name);
    if (node.name === 'Item') text += ' – ';
    const from = text.length;
    for (const child of node.children) add(child);
    const link = linkOf(node, text.slice(from));
    if (link) links.push(link);
    if (/^(Paragraphe|Titre|Item|Cellule)$/.test(node.name)) text += ' ';
  };
  for (const node of nodes) add(node);
  return { text: tidy(text), links };
}

/** Null: it leads nowhere, or not by https. */
export function linkOf({ attributes }: XmlElement, text: string): Link | null {
  const address = sheetAddress.safeParse(attributes.URL);
  return address.success && tidy(text) !== '' ? { text: tidy(text), address: address.data } : null;
}

/** Line breaks of a file are spaces; the unbroken spaces of French typography stay. */
export function tidy(text: string): string {
  return text
    .replace(/[ \t\r\n]+/g, ' ')
    .replace(/\0/g, '')
    .trim();
}

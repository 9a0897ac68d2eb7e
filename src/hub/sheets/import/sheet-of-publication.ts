/**
 * A "Publication" of service-public.fr's open data (comarquage) as a sheet. Its text stands in Introduction, Texte,
 * ListeSituations and Conclusion, in Chapitre, SousChapitre, Situation and Cas with a Titre each; its links stand beside
 * them. An element that is not known is counted by its name, and what is written in it is kept.
 */
import { SHEET_LIMITS, type SheetBlock } from '#shared/protocol/sheets.ts';
import { blocksOf } from './blocks-of.ts';
import { tidy } from './inline-text.ts';
import type { XmlElement } from './read-xml.ts';

export interface ImportedSheet {
  /** "F1234": the publication's own number. */
  readonly sourceId: string;
  readonly title: string;
  readonly summary: string;
  readonly content: SheetBlock[];
  /** When it was last changed there; null where it does not say. */
  readonly changedAt: Date | null;
  /** Its page, for people. */
  readonly address: string;
}

export type PublicationReading =
  | { readonly kind: 'sheet'; readonly sheet: ImportedSheet; readonly unknown: readonly string[] }
  /** A list of other publications, a form, a definition. */
  | { readonly kind: 'notASheet' }
  | { readonly kind: 'noText' };

export function sheetOfPublication(root: XmlElement): PublicationReading {
  const sourceId = root.attributes.ID ?? '';
  if (root.name !== 'Publication' || !/^F\d{1,9}$/.test(sourceId)) return { kind: 'notASheet' };
  const unknown: string[] = [];
  const content = blocksOf(root, (name) => unknown.push(name)).slice(0, SHEET_LIMITS.blocks);
  const title = textOf(root, 'dc:title');
  if (title === '' || content.length === 0) return { kind: 'noText' };
  const [paragraph] = content.filter((block) => block.kind === 'paragraph');
  const day = /\b\d{4}-\d{2}-\d{2}\b/.exec(textOf(root, 'dc:date'))?.[0];
  const changedAt = day ? new Date(`${day}T12:00:00Z`) : null;
  return {
    kind: 'sheet',
    unknown,
    sheet: {
      sourceId,
      title: shortened(title, 200),
      summary: shortened(textOf(root, 'dc:description') || paragraph?.text || title, 500),
      content,
      changedAt: changedAt && !Number.isNaN(changedAt.getTime()) ? changedAt : null,
      address: addressOf(root.attributes.spUrl, sourceId),
    },
  };
}

function textOf(root: XmlElement, name: string): string {
  const [found] = root.children.filter((child) => typeof child !== 'string' && child.name === name);
  if (!found || typeof found === 'string') return '';
  return tidy(found.children.filter((child) => typeof child === 'string').join(''));
}

/** Only a page of service-public.fr itself. */
function addressOf(given: string | undefined, sourceId: string): string {
  const own = /^https:\/\/(www\.|entreprendre\.)?service-public\.(gouv\.)?fr\/[\w./-]*$/;
  return given && given.length <= 1_000 && own.test(given)
    ? given
    : `https://www.service-public.fr/particuliers/vosdroits/${sourceId}`;
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/\s+\S*$/, '')}…`;
}

/** The blocks of one publication: its text in the order of the file, then its links by kind. */
import { SHEET_LIMITS, type SheetBlock } from '#shared/protocol/sheets.ts';
import { inlineOf, type Link, linkOf, tidy } from './inline-text.ts';
import type { XmlElement } from './read-xml.ts';

type Node = XmlElement | string;
type OnUnknown = (name: string) => void;

/** They hold other blocks, and say nothing themselves. */
const FRAMES = new Set('Publication Introduction Texte Conclusion ListeSituations BlocCas'.split(' '));
/** Frames with a title, and how large it is. */
const SECTIONS: Readonly<Record<string, 1 | 2>> = { Situation: 1, Chapitre: 1, SousChapitre: 2, Cas: 2 };
/** Each paragraph in them begins with what it is. */
const NOTES: Readonly<Record<string, string>> = {
  ANoter: 'À noter',
  ASavoir: 'À savoir',
  Attention: 'Attention',
  Rappel: 'Rappel',
  Exemple: 'Exemple',
  Avertissement: 'Attention',
};
const LINKS = new Set(
  'ServiceEnLigne PourEnSavoirPlus Reference SiteInternetPublic RessourceWeb LienWeb InformationComplementaire'.split(
    ' ',
  ),
);
/** Where a publication says what its links are for, they come last, under these words. */
const GROUPS: Readonly<Record<string, string>> = {
  OuSAdresser: 'Où s’adresser',
  ServiceEnLigne: 'Services en ligne et formulaires',
  Definition: 'Définitions',
  PourEnSavoirPlus: 'Pour en savoir plus',
  SiteInternetPublic: 'Pour en savoir plus',
  InformationComplementaire: 'Pour en savoir plus',
  Reference: 'Textes de référence',
};
/** The way to other publications, and what is said about the file: no text of this one. */
const BESIDE =
  /^(dc:.*|SurTitre|Audience|Canal|FilDAriane|Theme|SousThemePere|SousDossierPere|DossierPere|VoirAussi|QuestionReponse|CommentFaireSi|Actualite|Partenaire|QuiPeutMAider)$/;

export function blocksOf(publication: XmlElement, onUnknown: OnUnknown): SheetBlock[] {
  const text: SheetBlock[] = [];
  const groups = new Map<string, SheetBlock[]>();
  for (const child of publication.children) {
    const group = typeof child === 'string' ? undefined : GROUPS[child.name];
    if (group === undefined) {
      text.push(...blocksOfNodes([child], onUnknown));
    } else {
      const heading: SheetBlock = { kind: 'heading', level: 1, text: group };
      const blocks = groups.get(group) ?? [heading];
      blocks.push(...blocksOfNodes([child], onUnknown));
      groups.set(group, blocks);
    }
  }
  const filled = [...new Set(Object.values(GROUPS))].flatMap((name) => groups.get(name) ?? []);
  return [...text, ...filled];
}

/** Text and inline elements between two blocks are a paragraph. */
function blocksOfNodes(nodes: readonly Node[], onUnknown: OnUnknown): SheetBlock[] {
  const blocks: SheetBlock[] = [];
  let loose: Node[] = [];
  const flush = () => {
    blocks.push(...paragraphs(loose, onUnknown));
    loose = [];
  };
  for (const node of nodes) {
    const made = typeof node === 'string' ? null : blocksOfElement(node, onUnknown);
    if (made === null) {
      loose.push(node);
    } else {
      flush();
      blocks.push(...made);
    }
  }
  flush();
  return blocks;
}

/** Null: it belongs to the line that it stands in. */
function blocksOfElement(element: XmlElement, onUnknown: OnUnknown): SheetBlock[] | null {
  const { name, children } = element;
  const level = SECTIONS[name];
  const note = NOTES[name];
  if (BESIDE.test(name)) return [];
  if (FRAMES.has(name)) return blocksOfNodes(children, onUnknown);
  if (level) return section(element, level, onUnknown);
  if (note) return noted(element, note, onUnknown);
  if (name === 'Definition' || name === 'OuSAdresser') return section(element, 2, onUnknown);
  if (LINKS.has(name)) return linkBlocks(element, onUnknown);
  if (name === 'Liste') return list(element, onUnknown);
  if (name === 'Tableau') return table(element, onUnknown);
  if (name === 'Titre') return heading(inlineOf(children, onUnknown).text, 2);
  // Where this publication sends people to; which office that is depends on the place, and is not in the file.
  if (name === 'PivotLocal') return [];
  if (name === 'Paragraphe') return blocksOfNodes(children, onUnknown);
  if (!hasBlocks(element)) return null;
  onUnknown(name);
  return blocksOfNodes(children, onUnknown);
}

function hasBlocks({ children }: XmlElement): boolean {
  return children.some(
    (child) =>
      typeof child !== 'string' &&
      (/^(Paragraphe|Liste|Tableau|Texte|Chapitre|Titre)$/.test(child.name) || hasBlocks(child)),
  );
}

function section(element: XmlElement, level: 1 | 2, onUnknown: OnUnknown): SheetBlock[] {
  const { title, rest } = titled(element, onUnknown);
  return [...heading(title, level), ...blocksOfNodes(rest, onUnknown)];
}

function noted(element: XmlElement, word: string, onUnknown: OnUnknown): SheetBlock[] {
  const { title, rest } = titled(element, onUnknown);
  const said = (title || word).replace(/\s*:$/, '');
  let begun = false;
  return blocksOfNodes(rest, onUnknown).map((block) => {
    if (begun || block.kind !== 'paragraph') return block;
    begun = true;
    return { ...block, text: `${said}\u00a0: ${block.text}`.slice(0, SHEET_LIMITS.paragraph) };
  });
}

function titled({ children }: XmlElement, onUnknown: OnUnknown): { title: string; rest: Node[] } {
  const title = children.find((child) => typeof child !== 'string' && child.name === 'Titre');
  return {
    title: title ? inlineOf([title], onUnknown).text : '',
    rest: children.filter((child) => child !== title),
  };
}

function heading(text: string, level: 1 | 2): SheetBlock[] {
  return text === '' ? [] : [{ kind: 'heading', level, text: text.slice(0, 300) }];
}

function paragraphs(nodes: readonly Node[], onUnknown: OnUnknown): SheetBlock[] {
  const { text, links } = inlineOf(nodes, onUnknown);
  return [
    ...pieces(text, SHEET_LIMITS.paragraph).map((piece): SheetBlock => ({ kind: 'paragraph', text: piece })),
    ...links.map(linkBlock),
  ];
}

function linkBlocks(element: XmlElement, onUnknown: OnUnknown): SheetBlock[] {
  const { title, rest } = titled(element, onUnknown);
  const link = linkOf(element, title || inlineOf(element.children, onUnknown).text);
  if (!link)
    return [...paragraphs(title === '' ? [] : [title], onUnknown), ...blocksOfNodes(rest, onUnknown)];
  return [linkBlock(link), ...(title === '' ? [] : blocksOfNodes(rest.filter(isNoSource), onUnknown))];
}

/** Who is behind an online service stands in its address already. */
function isNoSource(node: Node): boolean {
  return typeof node === 'string' || node.name !== 'Source';
}

function linkBlock({ text, address }: Link): SheetBlock {
  return { kind: 'link', text: text.slice(0, 300), address };
}

function list({ attributes, children }: XmlElement, onUnknown: OnUnknown): SheetBlock[] {
  const numbered = /num|ordon/i.test(attributes.type ?? '');
  const lines = children.map((child) =>
    inlineOf(typeof child === 'string' ? [child] : child.children, onUnknown),
  );
  return items(
    lines.map(({ text }) => text),
    numbered ? 'steps' : 'list',
    lines.flatMap(({ links }) => links),
  );
}

/** A row becomes a line: "Plafond : 1 000 € ; Zone : A". */
function table(element: XmlElement, onUnknown: OnUnknown): SheetBlock[] {
  const { title, rest } = titled(element, onUnknown);
  const rows = rest.flatMap((child) =>
    typeof child !== 'string' && child.name.startsWith('Rang')
      ? [{ head: child.attributes.type === 'header', cells: cellsOf(child) }]
      : [],
  );
  for (const child of rest) {
    if (typeof child !== 'string' && !/^(Rang.e|Colonne)$/.test(child.name)) onUnknown(child.name);
  }
  const heads = rows.find(({ head }) => head)?.cells ?? [];
  const links: Link[] = [];
  const lines = rows
    .filter(({ head }) => !head)
    .map(({ cells }) =>
      cells
        .map((cell, index) => {
          const { text, links: found } = inlineOf([cell], onUnknown);
          links.push(...found);
          const column = heads[index] ? inlineOf([heads[index]], onUnknown).text : '';
          return column === '' || text === '' ? text : `${column}\u00a0: ${text}`;
        })
        .filter(Boolean)
        .join(' ; '),
    );
  return [...heading(title, 2), ...items(lines, 'list', links)];
}

function cellsOf(row: XmlElement): XmlElement[] {
  return row.children.filter((child) => typeof child !== 'string');
}

function items(lines: readonly string[], kind: 'list' | 'steps', links: readonly Link[]): SheetBlock[] {
  const kept = lines.map(tidy).flatMap((line) => pieces(line, SHEET_LIMITS.item));
  const lists: SheetBlock[] = [];
  for (let at = 0; at < kept.length; at += SHEET_LIMITS.items) {
    lists.push({ kind, items: kept.slice(at, at + SHEET_LIMITS.items) });
  }
  return [...lists, ...links.map(linkBlock)];
}

/** Nothing is cut off: what is too long for one goes on in the next, between two words. */
function pieces(text: string, most: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const space = rest.lastIndexOf(' ', most);
    const end = space > 0 ? space : most;
    found.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === '' ? found : [...found, rest];
}

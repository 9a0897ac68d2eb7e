/**
 * XML as a tree that keeps text and elements in their order. What a file declares is never expanded: a document type is
 * refused, and only the five entities of XML itself are known.
 */
import sax from 'sax';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

const MOST = { depth: 100, elements: 100_000 } as const;

export type XmlTrouble = 'notXml' | 'documentType' | 'tooMuch' | 'encoding';

export type XmlReading =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly why: XmlTrouble };

type Growing = XmlElement & { readonly children: (XmlElement | string)[] };

export function readXml(bytes: Uint8Array): XmlReading {
  const text = decode(bytes);
  if (text === null) return { ok: false, why: 'encoding' };
  // Known to sax since 1.3, and not yet to its types.
  const options: sax.SAXOptions & { readonly strictEntities: true } = { strictEntities: true };
  const parser = sax.parser(true, options);
  const open: Growing[] = [];
  let root: XmlElement | null = null;
  let elements = 0;
  let why: XmlTrouble | null = null;

  parser.onerror = () => {
    why ??= 'notXml';
  };
  parser.ondoctype = () => {
    why ??= 'documentType';
  };
  parser.onopentag = ({ name, attributes }) => {
    elements += 1;
    if (elements > MOST.elements || open.length >= MOST.depth) why ??= 'tooMuch';
    if (why) return;
    const element: Growing = {
      name,
      attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)])),
      children: [],
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  };
  parser.onclosetag = () => {
    const closed = open.pop();
    if (open.length === 0) root ??= closed ?? null;
  };
  const addText = (piece: string) => void open.at(-1)?.children.push(piece);
  parser.ontext = addText;
  parser.oncdata = addText;

  try {
    // In pieces: what is wrong at the beginning of a long file is not read to its end.
    for (let at = 0; at < text.length && !why; at += 65_536) parser.write(text.slice(at, at + 65_536));
    if (!why) parser.close();
  } catch (error) {
    // sax throws again what onerror was told.
    if (!why) throw error;
  }
  if (why) return { ok: false, why };
  return root ? { ok: true, root } : { ok: false, why: 'notXml' };
}

/** By the encoding that the file declares; UTF-8 where it declares none. Null: those bytes are not written in it. */
function decode(bytes: Uint8Array): string | null {
  const beginning = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const declared = /^<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']/.exec(beginning)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(declared, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return null;
    throw error;
  }
}

/** Sets a sheet on A4 pages in very large type: read on the desk from the chair, and at home without glasses. */
import { type Result, succeed } from '#shared/failure.ts';
import type { SheetBlock } from '#shared/protocol/sheets.ts';
import type { FilledPdf } from '../forms/fill-pdf.ts';
import { createPaperSetter, numberPages, type PaperSetter } from '../letters/paper-setter.ts';
import { type PaperOptions, startPaper } from '../letters/start-paper.ts';
import type { ResidentSheet } from './resident-sheet.ts';

/** Points: 20 mm on the left and right. */
const MEASURES = { side: 57, top: 54, bottom: 62, text: 18, line: 1.36 };
const TEXT = MEASURES.text;
const TITLE = 28;
const LEAD = 20;
/** By level. */
const HEADING = { 1: 23, 2: 20 };
/** Of addresses and of where it comes from. */
const SMALL = 15;
const BULLET = 20;
const NUMBER = 30;

type Options = Omit<PaperOptions, 'title'>;

/** What no font can write is told (`unwritten`), and there is no paper then. */
export async function sheetPdf(sheet: ResidentSheet, options: Options): Promise<Result<FilledPdf>> {
  const { title, lead, blocks, source } = sheet;
  const texts = [title, lead, ...blocks.flatMap(textsOf), source].map((text) => ({ name: text, text }));
  const started = await startPaper(texts, { ...options, title }, '•0123456789.');
  if ('unwritten' in started) return succeed({ bytes: new Uint8Array(), unwritten: started.unwritten });
  const { document, regular } = started.paper;
  const setter = createPaperSetter(started.paper, MEASURES);
  setter.write(title, { size: TITLE, isBold: true, isAccent: true });
  setter.skip(TEXT * 0.5);
  setter.write(lead, { size: LEAD });
  setter.skip(TEXT);
  for (const block of blocks) setBlock(setter, block);
  setter.skip(TEXT * 0.5);
  setter.write(source, { size: SMALL });
  numberPages(document, regular);
  return succeed({ bytes: new Uint8Array(await document.save()), unwritten: [] });
}

function textsOf(block: SheetBlock): readonly string[] {
  if (block.kind === 'link') return [block.text, block.address];
  return 'items' in block ? block.items : [block.text];
}

function setBlock(setter: PaperSetter, block: SheetBlock): void {
  switch (block.kind) {
    case 'heading': {
      const size = HEADING[block.level];
      setter.skip(TEXT * 0.6);
      // Never alone at the foot of a page.
      setter.keep((size + TEXT * 2) * MEASURES.line);
      setter.write(block.text, { size, isBold: true, isAccent: true });
      setter.skip(TEXT * 0.3);
      return;
    }
    case 'paragraph':
      setter.write(block.text);
      break;
    case 'link':
      setter.keep(TEXT * 2 * MEASURES.line);
      setter.write(block.text);
      setter.write(block.address, { size: SMALL });
      break;
    default:
      for (const [at, item] of block.items.entries()) {
        const steps = block.kind === 'steps';
        setter.mark(steps ? `${at + 1}.` : '•', MEASURES.side + 2);
        setter.write(item, { x: MEASURES.side + (steps ? NUMBER : BULLET) });
        setter.skip(TEXT * 0.25);
      }
  }
  setter.skip(TEXT * 0.7);
}

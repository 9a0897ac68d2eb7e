/** Sets a letter or a CV on A4 pages: margins, page breaks, French typography. Same letter, same pages. */
import { type Result, succeed } from '#shared/failure.ts';
import type { FilledPdf } from '../forms/fill-pdf.ts';
import type { Letter, LetterBlock } from './letter.ts';
import { createPaperSetter, numberPages, type PaperSetter } from './paper-setter.ts';
import { type PaperOptions, startPaper } from './start-paper.ts';

/** Points: 25 mm on the left and right, 20 mm above and below. */
const MEASURES = { side: 71, top: 57, bottom: 62, text: 11, line: 1.38 };
const { side: SIDE, text: TEXT, line: LINE } = MEASURES;
const HEADING = 13;
const TITLE = 20;
/** Where a window envelope shows the address (NF Z 11-001): from the left edge, from the upper edge. */
const WINDOW = { x: 312, y: 142 };
const BULLET = 14;

interface Options extends PaperOptions {
  /** "Objet : " */
  readonly subject: (text: string) => string;
}

/** What no font can write is told (`unwritten`, by part or block id), and the letter is not to be sent. */
export async function letterPdf(letter: Letter, options: Options): Promise<Result<FilledPdf>> {
  const texts = partsOf(letter).map(([name, text]) => ({ name, text }));
  const started = await startPaper(texts, options, '•');
  if ('unwritten' in started) return succeed({ bytes: new Uint8Array(), unwritten: started.unwritten });
  const { document, regular } = started.paper;
  const setter = createPaperSetter(started.paper, MEASURES);
  if (letter.kind === 'cv') setTitle(setter, letter.sender);
  else setHead(setter, letter, options.subject);
  for (const block of letter.blocks) setBlock(setter, block);
  if (letter.kind === 'letter' && letter.signature.trim() !== '') {
    setter.skip(TEXT * 2);
    setter.keep(TEXT * LINE * 5);
    setter.write(letter.signature, { x: WINDOW.x });
  }
  numberPages(document, regular);
  return succeed({ bytes: new Uint8Array(await document.save()), unwritten: [] });
}

function partsOf(letter: Letter): [string, string][] {
  const { sender, recipient, placeAndDate, subject, signature, blocks } = letter;
  const parts = Object.entries({ sender, recipient, placeAndDate, subject, signature });
  return [...parts, ...blocks.map(({ id, text }): [string, string] => [id, text])];
}

function setHead(setter: PaperSetter, letter: Letter, subject: Options['subject']): void {
  setter.write(letter.sender);
  setter.goDown(WINDOW.y);
  if (letter.recipient.trim() !== '') setter.write(letter.recipient, { x: WINDOW.x });
  setter.skip(TEXT * 2);
  if (letter.placeAndDate.trim() !== '') setter.write(letter.placeAndDate, { align: 'right' });
  setter.skip(TEXT * 2);
  if (letter.subject.trim() !== '') setter.write(subject(letter.subject), { isBold: true });
  setter.skip(TEXT * 1.5);
}

function setTitle(setter: PaperSetter, sender: string): void {
  const [name = '', ...address] = sender.split('\n');
  setter.write(name, { size: TITLE, isBold: true, isAccent: true });
  if (address.length > 0) setter.write(address.join('\n'));
  setter.skip(TEXT);
}

function setBlock(setter: PaperSetter, { kind, text }: LetterBlock): void {
  if (text.trim() === '') return;
  if (kind === 'heading') {
    setter.skip(TEXT * 0.6);
    // Never alone at the foot of a page.
    setter.keep(HEADING * LINE + TEXT * LINE * 2);
    setter.write(text, { size: HEADING, isBold: true, isAccent: true });
    setter.skip(TEXT * 0.25);
    return;
  }
  if (kind === 'paragraph') setter.write(text);
  else {
    for (const point of text.split('\n').filter((line) => line.trim() !== '')) {
      setter.mark('•', SIDE + 2);
      setter.write(point, { x: SIDE + BULLET });
    }
  }
  setter.skip(TEXT * 0.8);
}

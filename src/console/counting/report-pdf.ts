/** The year on one A4 page that a mayor shows to the council: three figures, the months, with whom, and how it was counted. */
import * as fontkit from '@cantoo/fontkit';
import { type Color, PDFDocument, type PDFFont, rgb } from '@cantoo/pdf-lib';
import type { CountedPeriod, CountingAnswer } from '#shared/protocol/counting.ts';
import { writableText } from '../forms/form-fonts.ts';
import { breakLines } from '../letters/break-lines.ts';
import { PAPER } from '../letters/start-paper.ts';
import { countingWords } from '../words/words.ts';
import { sentencesOf } from './counting-sentences.ts';

/** Whole font files: what is used of them is embedded, so that the page looks the same everywhere. */
export interface ReportFonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

/** Points. */
const SIDE = 48;
const WIDTH = PAPER.width - 2 * SIDE;
const BAND = 118;
const FIGURES = { y: 142, height: 92, gap: 14 };
const CHART = { y: 262, height: 138 };
const BELOW = 448;
const LINE = 1.35;
/** Of the other bodies or mairies only their number is said. */
const MOST_LINES = 7;
const INK = rgb(0.1, 0.14, 0.17);
const SOFT = rgb(0.29, 0.35, 0.38);
const ACCENT = rgb(0.055, 0.314, 0.376);
const PALE = rgb(0.878, 0.933, 0.941);
const RULE = rgb(0.81, 0.8, 0.76);
const WHITE = rgb(1, 1, 1);

interface Style {
  readonly size: number;
  readonly isBold?: boolean;
  readonly color?: Color;
  readonly align?: 'left' | 'right' | 'centre';
}

interface Pen {
  /** On one line that ends at `width` at the latest, with an ellipsis where it must. `y`: from the upper edge, of its foot. */
  readonly write: (text: string, x: number, y: number, width: number, style: Style) => void;
  /** Over as many lines as it takes. @returns the foot of the last one. */
  readonly flow: (text: string, x: number, y: number, width: number, style: Style) => number;
  readonly fill: (x: number, y: number, width: number, height: number, color: Color) => void;
}

export async function reportPdf(
  counting: CountingAnswer,
  fonts: ReportFonts,
): Promise<Uint8Array<ArrayBuffer>> {
  const { report } = countingWords;
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setTitle(`${report.title(counting.year)}, ${counting.scope.name}`);
  document.setLanguage('fr-FR');
  // Same figures, same file: it is dated by what it counts.
  document.setCreationDate(new Date(`${counting.until}T00:00:00Z`));
  document.registerFontkit(fontkit);
  const regular = await document.embedFont(fonts.regular, { subset: true });
  const bold = await document.embedFont(fonts.bold, { subset: true });
  const pen = createPen(document, regular, bold);
  const [year] = counting.periods;
  if (!year) throw new Error('A year of counting without its own figures.');
  drawHead(pen, counting);
  drawFigures(pen, year);
  drawMonths(pen, counting);
  const half = (WIDTH - 28) / 2;
  drawPlaces(pen, counting, year, SIDE, half);
  drawSentences(pen, year, SIDE + half + 28, half);
  drawNotes(pen, counting, year);
  return new Uint8Array(await document.save());
}

function createPen(document: PDFDocument, regular: PDFFont, bold: PDFFont): Pen {
  const page = document.addPage([PAPER.width, PAPER.height]);
  const known = new Set(regular.getCharacterSet());
  const plain = (text: string) => {
    const written = writableText(text);
    const isKnown = [...written].every((sign) => known.has(sign.codePointAt(0) ?? 0));
    return isKnown ? written : countingWords.report.unwritable;
  };
  const put = (text: string, x: number, y: number, font: PDFFont, { size, color = INK }: Style) =>
    page.drawText(text, { x, y: PAPER.height - y, size, font, color });
  return {
    write(text, x, y, width, style) {
      const font = style.isBold ? bold : regular;
      const widthOf = (part: string) => font.widthOfTextAtSize(part, style.size);
      let fitting = plain(text);
      if (widthOf(fitting) > width) {
        while (fitting !== '' && widthOf(`${fitting}…`) > width) fitting = fitting.slice(0, -1).trimEnd();
        fitting = `${fitting}…`;
      }
      const rest = width - widthOf(fitting);
      const left = style.align === 'right' ? rest : style.align === 'centre' ? rest / 2 : 0;
      put(fitting, x + left, y, font, style);
    },
    flow(text, x, y, width, style) {
      const font = style.isBold ? bold : regular;
      const lines = breakLines(plain(text), width, (part) => font.widthOfTextAtSize(part, style.size));
      lines.forEach((line, at) => {
        put(line, x, y + at * style.size * LINE, font, style);
      });
      return y + (lines.length - 1) * style.size * LINE;
    },
    fill(x, y, width, height, color) {
      page.drawRectangle({ x, y: PAPER.height - y - height, width, height, color });
    },
  };
}

function drawHead(pen: Pen, { year, scope }: CountingAnswer): void {
  const { report } = countingWords;
  pen.fill(0, 0, PAPER.width, BAND, ACCENT);
  pen.write(report.title(year), SIDE, 50, WIDTH, { size: 30, isBold: true, color: WHITE });
  pen.write(scope.name, SIDE, 78, WIDTH, { size: 17, isBold: true, color: WHITE });
  pen.write(report.subtitle, SIDE, 99, WIDTH, { size: 11.5, color: WHITE });
}

/** Three at most: what is not known has no figure. */
function drawFigures(pen: Pen, { visits, atLeast, travel, words, answered }: CountedPeriod): void {
  const { report, number, count } = countingWords;
  const yes = words.find(({ word }) => word === 'yes')?.residents ?? null;
  const figures = [
    {
      figure: count(visits),
      of: `${atLeast && visits !== null ? `${report.atLeast} ` : ''}${report.visits}`,
    },
    ...(travel ? [{ figure: number(travel.kilometres), of: report.kilometres }] : []),
    ...(answered && yes !== null
      ? [{ figure: `${Math.round((yes / answered) * 100)}\u00a0%`, of: report.satisfied }]
      : travel
        ? [{ figure: number(Math.round(travel.minutes / 60)), of: report.hours }]
        : []),
  ];
  const width = (WIDTH - FIGURES.gap * (figures.length - 1)) / figures.length;
  figures.forEach(({ figure, of }, at) => {
    const x = SIDE + at * (width + FIGURES.gap);
    pen.fill(x, FIGURES.y, width, FIGURES.height, PALE);
    const inner = width - 16;
    pen.write(figure, x + 8, FIGURES.y + 50, inner, {
      ...{ size: 38, isBold: true, color: ACCENT, align: 'centre' },
    });
    pen.write(of, x + 8, FIGURES.y + 75, inner, { size: 12, align: 'centre' });
  });
}

function drawMonths(pen: Pen, { periods }: CountingAnswer): void {
  const months = periods.slice(1);
  const most = Math.max(1, ...months.map(({ visits }) => visits ?? 0));
  const slot = WIDTH / 12;
  const foot = CHART.y + CHART.height;
  const room = CHART.height - 34;
  pen.write(countingWords.report.chart, SIDE, CHART.y, WIDTH, { size: 13, isBold: true, color: ACCENT });
  months.forEach(({ period, visits }, at) => {
    const x = SIDE + at * slot;
    const height = ((visits ?? 0) / most) * room;
    pen.fill(x + 6, foot - height, slot - 12, height, ACCENT);
    const isHidden = visits === null;
    pen.write(countingWords.count(visits), x, foot - height - 5, slot, {
      ...{ size: isHidden ? 8.5 : 11, isBold: !isHidden, color: isHidden ? SOFT : INK, align: 'centre' },
    });
    pen.write(countingWords.month(period), x - 2, foot + 13, slot + 4, { size: 8, align: 'centre' });
  });
  pen.fill(SIDE, foot, WIDTH, 1, RULE);
}

function drawPlaces(pen: Pen, counting: CountingAnswer, year: CountedPeriod, x: number, width: number): void {
  const ofMairies = counting.scope.kind === 'body';
  const lines = ofMairies ? year.mairies : year.bodies;
  const most = Math.max(1, ...lines.map(({ visits }) => visits ?? 0));
  const title = ofMairies ? countingWords.mairies : countingWords.bodies;
  pen.write(title, x, BELOW, width, { size: 13, isBold: true, color: ACCENT });
  let y = BELOW + 22;
  for (const { name, visits } of lines.slice(0, MOST_LINES)) {
    pen.write(name, x, y, width - 44, { size: 10.5 });
    pen.write(countingWords.count(visits), x, y, width, {
      ...{ size: 10.5, isBold: visits !== null, color: visits === null ? SOFT : INK, align: 'right' },
    });
    pen.fill(x, y + 4, width, 5, PALE);
    pen.fill(x, y + 4, ((visits ?? 0) / most) * width, 5, ACCENT);
    y += 27;
  }
  const left = lines.length - MOST_LINES;
  if (left > 0) pen.write(countingWords.report.others(left), x, y, width, { size: 10, color: SOFT });
}

function drawSentences(pen: Pen, year: CountedPeriod, x: number, width: number): void {
  let y = BELOW;
  for (const [at, sentence] of sentencesOf(year).entries()) {
    y = pen.flow(sentence, x, y, width, { size: at === 0 ? 12.5 : 11, isBold: at === 0 }) + 24;
  }
}

function drawNotes(pen: Pen, { until }: CountingAnswer, year: CountedPeriod): void {
  const notes = [
    countingWords.until(countingWords.day(until)),
    countingWords.hiddenNote,
    ...(year.atLeast ? [countingWords.atLeastNote] : []),
    ...(year.travel ? [countingWords.method] : []),
  ];
  const y = PAPER.height - 106;
  pen.fill(SIDE, y - 18, WIDTH, 1, RULE);
  notes.reduce((at, note) => pen.flow(note, SIDE, at, WIDTH, { size: 8.5, color: SOFT }) + 14, y);
}

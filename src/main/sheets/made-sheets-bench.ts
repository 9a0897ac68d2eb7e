/** For tests: papers that were never scanned, laid on a glass at a known place and angle. */
import sharp from 'sharp';
import type { Pixels } from '../scanner/pnm.ts';
import type { ScannedSheet } from '../scanner/scanner.ts';

const MM = 25.4;
const WORDS =
  `Madame, Monsieur, nous avons bien reçu votre demande d’aide au logement du mois dernier et nous vous en remercions.
  Pour que votre dossier puisse être étudié, il nous manque encore une pièce : le justificatif de votre dernier loyer,
  que vous pouvez nous faire parvenir par le même chemin. Sans réponse de votre part dans les deux mois, la demande sera
  classée ; vous garderez la possibilité d’en déposer une nouvelle auprès de votre conseiller à la mairie.`.split(
    /\s+/,
  );

export interface Laid {
  readonly resolution: number;
  /** Degrees clockwise. */
  readonly angle?: number;
  /** Quarter turns of the paper, in degrees clockwise. */
  readonly turn?: 0 | 90 | 180 | 270;
  /** Of the paper, mm from the glass's corner to its centre; null: in the middle. */
  readonly at?: readonly [number, number];
  /** Grey of the lid. */
  readonly lid?: number;
  /** Grey of the paper. */
  readonly paper?: number;
  readonly channels?: 1 | 3;
}

/** A letter of A4 size with as many lines as it holds, in French. */
export function letter(paper = 255, font = 'DejaVu Serif', size = 10): string {
  const lines = Array.from({ length: 42 }, (_, line) => {
    // Paragraphs of seven lines, of which the last is short.
    const count = line % 7 === 6 ? 4 : 11;
    const words = Array.from({ length: count }, (_word, i) => WORDS[(line * 11 + i) % WORDS.length]);
    return `<text x="25" y="${50 + line * 5.2}" font-size="${(size * MM) / 72}" font-family="${font}">${words.join(' ')}</text>`;
  });
  return page(
    210,
    297,
    paper,
    `<text x="120" y="30" font-size="5" font-family="${font}">Caisse du Val-Clair</text>${lines.join('')}`,
  );
}

/** As large as a bank card (ISO/IEC 7810, ID-1), with a portrait and some lines. */
export function card(): string {
  return page(
    85.6,
    53.98,
    214,
    `<rect x="4" y="12" width="24" height="32" fill="#8a7060"/>
    <rect x="0" y="0" width="85.6" height="8" fill="#345a9a"/>
    ${[
      'MARTIN',
      'Jeanne, Marie',
      'Née le 9 mars 1951',
      'à Saint-Martin-des-Prés',
      'Valable jusqu’au 4.5.2031',
    ]
      .map(
        (text, i) =>
          `<text x="32" y="${18 + i * 6}" font-size="3.6" font-family="DejaVu Sans">${text}</text>`,
      )
      .join('')}`,
  );
}

/** A print of 15 × 10 cm: no text, all greys. */
export function photo(): string {
  return page(
    150,
    100,
    120,
    `<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="#6a9bd0"/><stop offset="1" stop-color="#d8c8a0"/></linearGradient></defs>
    <rect width="150" height="100" fill="url(#sky)"/><circle cx="60" cy="50" r="22" fill="#b08060"/><rect y="75" width="150" height="25" fill="#405028"/>`,
  );
}

export function empty(paper = 250, more = ''): string {
  return page(210, 297, paper, more);
}

function page(width: number, height: number, paper: number, inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="rgb(${paper},${paper},${paper})"/>${inside}</svg>`;
}

/** The paper on a glass of A4, as a scanner would see it, with the grain of one. */
export async function lay(svg: string, laid: Laid): Promise<ScannedSheet> {
  const { resolution, angle = 0, turn = 0, at = [105, 148.5], lid = 248, channels = 3 } = laid;
  const [width, height] = [Math.round((210 / MM) * resolution), Math.round((297 / MM) * resolution)];
  const inner = svg.replace('<svg ', `<svg x="0" y="0" `);
  const size = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  const [w, h] = [Number(size?.[1]), Number(size?.[2])];
  const glass = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297" width="${width}" height="${height}">
    <rect width="210" height="297" fill="rgb(${lid},${lid},${lid})"/>
    <g transform="translate(${at[0]} ${at[1]}) rotate(${angle + turn}) translate(${-w / 2} ${-h / 2})">${inner}</g></svg>`;
  const { data, info } = await sharp(Buffer.from(glass))
    .resize(width, height, { fit: 'fill' })
    .removeAlpha()
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: grainy({ bytes: data, width: info.width, height: info.height, channels }), resolution };
}

/** The same grain each time: a linear congruential generator (Numerical Recipes). */
function grainy(pixels: Pixels): Pixels {
  let seed = 7;
  const { bytes } = pixels;
  for (let i = 0; i < bytes.length; i += 1) {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    const level = (bytes[i] ?? 0) + ((seed >>> 24) % 9) - 4;
    bytes[i] = Math.max(0, Math.min(255, level));
  }
  return pixels;
}

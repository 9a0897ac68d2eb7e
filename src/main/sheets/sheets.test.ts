import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PageCorrections } from '#shared/protocol/scanned-pages.ts';
import { drawSheet, isUntouched } from './draw-sheet.ts';
import { card, empty, type Laid, lay, letter, photo } from './made-sheets-bench.ts';
import { readSheet } from './read-sheet.ts';
import { SCAN_PURPOSES } from './scan-purposes.ts';

const DPI = 200;
const MM = DPI / 25.4;
const UNTOUCHED: PageCorrections = { crop: null, angle: 0, turn: 0, cleaned: false };

/** Of a paper on the glass. */
function boxOf({ crop }: PageCorrections) {
  if (!crop || !('angle' in crop)) throw new Error('not found');
  return crop;
}

const laid = (svg: string, how: Omit<Laid, 'resolution'> = {}) => lay(svg, { resolution: DPI, ...how });

describe('a letter', () => {
  it.each([0, 1.3, -2.7, 6.2, -9.1])('that lies %f° askew is found so, within 0.15°', async (angle) => {
    const { found } = await readSheet(await laid(letter(), { angle }), 'letter');
    expect(Math.abs(found.angle - angle)).toBeLessThan(0.15);
    expect(found.turn).toBe(0);
  });

  it('that is straight, upright and white is left as it is', async () => {
    const { found, blank } = await readSheet(await laid(letter()), 'letter');
    expect(isUntouched(found)).toBe(true);
    expect(blank).toBe(false);
  });

  it.each(['DejaVu Serif', 'DejaVu Sans'])('is turned upright from every side (%s)', async (font) => {
    for (const turn of [0, 90, 180, 270] as const)
      for (const size of [9, 12]) {
        const sheet = await laid(letter(255, font, size), { turn, angle: 1 });
        const { found } = await readSheet(sheet, 'letter');
        expect((found.turn + turn) % 360, `${turn}°, ${size} points`).toBe(0);
      }
  });

  it('drawn with what was found is a straight letter', async () => {
    const sheet = await laid(letter(232), { turn: 90, angle: -3.4 });
    const reading = await readSheet(sheet, 'letter');
    const { jpeg, width, height } = await drawSheet(sheet, reading.found, reading.whitening, 90);
    expect([height, width]).toEqual([sheet.pixels.width, sheet.pixels.height]);
    const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
    const again = await readSheet(
      { pixels: { bytes: data, width: info.width, height: info.height, channels: 3 }, resolution: DPI },
      'letter',
    );
    expect(again.found).toEqual(UNTOUCHED);
  });

  it('on grey paper becomes black on white; its stamp keeps its colour', async () => {
    const stamp = '<circle cx="150" cy="240" r="15" fill="none" stroke="#2233bb" stroke-width="4"/>';
    const sheet = await laid(letter(225).replace('</svg>', `${stamp}</svg>`));
    const { found, whitening } = await readSheet(sheet, 'letter');
    expect(found).toEqual({ ...UNTOUCHED, cleaned: true });
    const { jpeg } = await drawSheet(sheet, found, whitening, 90);
    const at = async (x: number, y: number) => {
      const part = { left: Math.round(x * MM) - 3, top: Math.round(y * MM) - 3, width: 6, height: 6 };
      const { channels } = await sharp(await sharp(jpeg).extract(part).toBuffer()).stats();
      return channels.map(({ mean }) => mean);
    };
    for (const level of await at(15, 150)) expect(level).toBeGreaterThan(253);
    const [red = 255, , blue = 0] = await at(165, 240);
    expect(blue - red).toBeGreaterThan(120);
  });

  it.each([
    ['yellowed', [238, 232, 214], [255, 255, 255]],
    ['pink', [250, 200, 200], [255, 208, 208]],
  ] as const)(
    'on %s paper: white where it should be, its colour where it has one',
    async (_name, is, becomes) => {
      const sheet = await laid(letter().replace('rgb(255,255,255)', `rgb(${is.join()})`));
      const { found, whitening } = await readSheet(sheet, 'letter');
      const { jpeg } = await drawSheet(sheet, found, whitening, 90);
      const part = { left: 60, top: 600, width: 40, height: 40 };
      const { channels } = await sharp(await sharp(jpeg).extract(part).toBuffer()).stats();
      for (const [index, level] of becomes.entries())
        expect(Math.abs((channels[index]?.mean ?? 0) - level)).toBeLessThan(5);
    },
  );

  it('weighs so little, however it was laid, that ten of them go by mail', async () => {
    const { quality, resolution } = SCAN_PURPOSES.letter;
    for (const angle of [0, 1.5]) {
      const sheet = await lay(letter(235), { resolution, angle });
      const { found, whitening } = await readSheet(sheet, 'letter');
      const { jpeg } = await drawSheet(sheet, found, whitening, quality);
      expect(jpeg.length).toBeLessThan(500_000);
    }
  });

  it('that is smaller than the glass, under a dark lid, is cut out', async () => {
    const half = letter().replace('height="297"', 'height="148"').replace('210 297', '210 148');
    const sheet = await laid(half, { lid: 30, at: [105, 90], angle: 1.5 });
    const { found } = await readSheet(sheet, 'letter');
    expect(found.angle).toBeCloseTo(1.5, 0);
    expect(Math.abs(boxOf(found).height / MM - 148)).toBeLessThan(1.5);
  });
});

describe('a card on the glass', () => {
  it.each([
    [0, [42.8, 27], 248],
    [4.2, [70, 60], 248],
    [-7.5, [120, 200], 248],
    [2.2, [100, 100], 25],
  ] as const)('at %f° is cut out to the half millimetre, and straight', async (angle, at, lid) => {
    const { found } = await readSheet(await laid(card(), { angle, at, lid }), 'identity');
    const crop = boxOf(found);
    expect(Math.abs(found.angle - angle)).toBeLessThan(0.15);
    for (const [is, should] of [
      [crop.x, at[0]],
      [crop.y, at[1]],
      [crop.width, 85.6],
      [crop.height, 53.98],
    ] as const)
      expect(Math.abs(is / MM - should)).toBeLessThan(0.5);
  });

  it('is drawn as large as it is, and with all its corners where it is not straightened', async () => {
    const sheet = await laid(card(), { angle: 8, at: [100, 100] });
    const { found } = await readSheet(sheet, 'identity');
    const size = async (corrections: PageCorrections) => {
      const { width, height } = await drawSheet(sheet, corrections, null, 85);
      return [width / MM, height / MM];
    };
    const [width = 0, height = 0] = await size(found);
    expect(Math.abs(width - 85.6)).toBeLessThan(0.6);
    expect(Math.abs(height - 53.98)).toBeLessThan(0.6);
    const [wide = 0, high = 0] = await size({ ...found, angle: 0 });
    expect(wide).toBeGreaterThan(91);
    expect(high).toBeGreaterThan(64);
    expect(await size({ ...found, turn: 90 })).toEqual([height, width]);
  });
});

describe('a photo', () => {
  it('is cut out and straightened, and nothing else', async () => {
    const { found } = await readSheet(await laid(photo(), { angle: -5.5, at: [95, 80] }), 'photo');
    expect(Math.abs(found.angle + 5.5)).toBeLessThan(0.15);
    expect(Math.abs(boxOf(found).width / MM - 150)).toBeLessThan(0.6);
    expect(found).toMatchObject({ turn: 0, cleaned: false });
  });
});

describe('a page with nothing on it', () => {
  const number = '<text x="104" y="285" font-size="3.5" font-family="DejaVu Sans">2</text>';
  it.each([
    ['empty', empty(), true],
    ['grey and grainy', empty(228), true],
    ['a page number', empty(250, number), false],
  ])('%s', async (_name, svg, blank) => {
    expect((await readSheet(await laid(svg), 'letter')).blank).toBe(blank);
  });
});

/** The code in the margin is found again, and whether somebody signed: on scans as scanners make them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { codePlace } from '../../../src/console/signing/code-place.ts';
import { checkSheet, findCode } from '../../../src/console/signing/look-at-sheet.ts';
import { codedForm, dotsOf, greyDots, PEN, printed, SIGN, scannedSheet } from './made-sheets.ts';

const NUMBER = '4829137560';
const page = { width: 595.28, height: 841.89, picture: null, taken: [] };
const place = codePlace(page);

let one: Buffer;
let two: Buffer;
beforeAll(async () => {
  const form = await codedForm('demande-aide-logement', NUMBER, [place, place]);
  one = await printed(form, 1);
  two = await printed(form, 2);
});

async function codeOn(scan: Buffer, resolution: number) {
  const { rgba, width, height } = await dotsOf(scan, resolution, resolution);
  return findCode(rgba, width, height);
}

describe('the code', () => {
  it.each([
    { resolution: 200 },
    { resolution: 300 },
    { resolution: 200, grey: true },
    { resolution: 200, angle: 1 },
    { resolution: 200, angle: 3 },
    { resolution: 200, angle: -3, grey: true, quality: 60 },
    { resolution: 300, angle: 3 },
    { resolution: 200, angle: 180 },
    { resolution: 200, angle: 90 },
    { resolution: 150, angle: 2 },
    { resolution: 200, scale: 0.96, shift: 3 },
  ])('is found on a scan with %o', async (scan) => {
    const found = await codeOn(await scannedSheet(two, scan), scan.resolution);
    expect(found).toMatchObject({ number: NUMBER, page: 2 });
  });

  it('is not seen where there is none', async () => {
    const { rgba, width, height } = await dotsOf(await scannedSheet(one), 200, 200);
    expect(findCode(rgba, width, height)).not.toBeNull();
    // The lower right corner is cut off.
    expect(
      findCode(rgba.subarray(0, width * Math.floor(height * 0.8) * 4), width, Math.floor(height * 0.8)),
    ).toBeNull();
  });
});

async function verdict(scan: Parameters<typeof scannedSheet>[1], on: Buffer = one, like: Buffer = one) {
  const { resolution = 200 } = scan ?? {};
  const jpeg = await scannedSheet(on, scan);
  const code = await codeOn(jpeg, resolution);
  if (!code) throw new Error('no code');
  const check = { corners: code.corners, codePlace: place, places: [SIGN] };
  const result = checkSheet({
    printed: await greyDots(like, 300),
    scan: await greyDots(jpeg, resolution),
    ...check,
  });
  return result.kind === 'marks' ? result.marks[0] : result.kind;
}

describe('the place to sign', () => {
  it.each([
    [{}, 'none'],
    [{ pen: PEN.name }, 'signed'],
    [{ pen: PEN.cross }, 'signed'],
    [{ pen: PEN.dot }, 'none'],
    [{ pen: PEN.elsewhere }, 'none'],
    [{ pen: PEN.name, angle: 1 }, 'signed'],
    [{ angle: 1 }, 'none'],
    [{ pen: PEN.name, angle: 3 }, 'signed'],
    [{ angle: 3 }, 'none'],
    [{ angle: -2.5, grey: true }, 'none'],
    [{ pen: PEN.name, angle: 180 }, 'signed'],
    [{ angle: 180 }, 'none'],
    [{ pen: PEN.name, angle: 90 }, 'signed'],
    [{ angle: 90 }, 'none'],
    [{ scale: 0.96, shift: 4 }, 'none'],
    [{ scale: 0.96, shift: 4, angle: 1.5, pen: PEN.cross }, 'signed'],
    [{ resolution: 300, quality: 60 }, 'none'],
    [{ resolution: 300, grey: true, pen: PEN.name }, 'signed'],
  ] as const)('of a scan with %o is %s', async (scan, mark) => {
    expect(await verdict(scan)).toBe(mark);
  });

  it('is not looked for on a page that is not the one printed', async () => {
    expect(await verdict({ pen: PEN.name }, two, one)).toBe('different');
  });
});

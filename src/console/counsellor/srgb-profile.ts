/**
 * The sRGB colour space as an ICC profile (ICC.1:2001-04, version 2): a matrix and a curve, made here from the numbers of
 * IEC 61966-2-1, so that nobody's profile has to be shipped. Monitor class, RGB to XYZ.
 */

/** Primaries and white of sRGB, adapted to D50 (Bradford), as s15Fixed16 takes them. */
const COLUMNS = {
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
  wtpt: [0.9642, 1, 0.8249],
} as const;
const CURVE_POINTS = 1024;
const HEADER = 128;

export function srgbProfile(): Uint8Array {
  const curve = curveTag();
  const tags: readonly (readonly [string, Uint8Array])[] = [
    ['desc', descriptionTag('sRGB IEC61966-2-1')],
    ['cprt', textTag('No copyright, use freely')],
    ...Object.entries(COLUMNS).map(([name, xyz]) => [name, xyzTag(xyz)] as const),
    ...['rTRC', 'gTRC', 'bTRC'].map((name) => [name, curve] as const),
  ];
  const bodies = [...new Set(tags.map(([, body]) => body))];
  const table = 4 + tags.length * 12;
  const places = new Map<Uint8Array, number>();
  let end = HEADER + table;
  for (const body of bodies) {
    places.set(body, end);
    end += Math.ceil(body.length / 4) * 4;
  }
  const profile = new Uint8Array(end);
  const view = new DataView(profile.buffer);
  writeHeader(profile, view);
  view.setUint32(HEADER, tags.length);
  for (const [index, [name, body]] of tags.entries()) {
    const at = HEADER + 4 + index * 12;
    write(profile, at, name);
    view.setUint32(at + 4, places.get(body) ?? 0);
    view.setUint32(at + 8, body.length);
  }
  for (const [body, at] of places) profile.set(body, at);
  return profile;
}

function writeHeader(profile: Uint8Array, view: DataView): void {
  view.setUint32(0, profile.length);
  view.setUint32(8, 0x02100000);
  write(profile, 12, 'mntrRGB XYZ ');
  // 1 January 2000: the same file each time.
  for (const [index, part] of [2000, 1, 1, 0, 0, 0].entries()) view.setUint16(24 + index * 2, part);
  write(profile, 36, 'acsp');
  for (const [index, value] of COLUMNS.wtpt.entries()) view.setInt32(68 + index * 4, fixed(value));
}

function fixed(value: number): number {
  return Math.round(value * 65536);
}

function write(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i += 1) bytes[at + i] = text.charCodeAt(i);
}

function tag(kind: string, length: number): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(length);
  write(bytes, 0, kind);
  return { bytes, view: new DataView(bytes.buffer) };
}

function xyzTag(xyz: readonly number[]): Uint8Array {
  const { bytes, view } = tag('XYZ ', 20);
  for (const [index, value] of xyz.entries()) view.setInt32(8 + index * 4, fixed(value));
  return bytes;
}

/** The transfer function of sRGB: a straight piece, then a power. */
function curveTag(): Uint8Array {
  const { bytes, view } = tag('curv', 12 + CURVE_POINTS * 2);
  view.setUint32(8, CURVE_POINTS);
  for (let i = 0; i < CURVE_POINTS; i += 1) {
    const level = i / (CURVE_POINTS - 1);
    const light = level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
    view.setUint16(12 + i * 2, Math.round(light * 65535));
  }
  return bytes;
}

function textTag(text: string): Uint8Array {
  const { bytes } = tag('text', 8 + text.length + 1);
  write(bytes, 8, text);
  return bytes;
}

/** ASCII, then an empty Unicode and an empty Macintosh one, as version 2 wants them. */
function descriptionTag(text: string): Uint8Array {
  const { bytes, view } = tag('desc', 12 + text.length + 1 + 8 + 3 + 67);
  view.setUint32(8, text.length + 1);
  write(bytes, 12, text);
  return bytes;
}

/** For tests: papers held before a camera that was never there, at a known place and slant. */
import sharp, { type Sharp } from 'sharp';
import type { Pixels } from '../scanner/pnm.ts';
import type { Point } from './askew-box.ts';
import type { Quad } from './quad.ts';

export interface Held {
  /** Pixels of the camera's picture. */
  readonly size?: readonly [number, number];
  /** Focal length, in widths of the picture. */
  readonly focal?: number;
  /** mm from the camera. */
  readonly away?: number;
  /** mm from the middle of what the camera sees, to the right and down. */
  readonly at?: readonly [number, number];
  /** Degrees: turned about its upright axis, tipped about its level one, and rolled clockwise. */
  readonly turned?: number;
  readonly tipped?: number;
  readonly rolled?: number;
  /** Hands that hold it: how far along a side (0 to 1) and how wide (mm). */
  readonly thumbs?: boolean;
  /** What is behind it. */
  readonly behind?: 'table' | 'person' | 'white';
  /** How much darker its far corner is, 0 to 1. */
  readonly shade?: number;
  /** Grey levels of noise. */
  readonly noise?: number;
}

/** The picture, and where the paper's corners truly are in it. */
export async function hold(
  svg: string,
  held: Held = {},
): Promise<{ readonly picture: Pixels; readonly quad: Quad }> {
  const { size = [1920, 1080], focal = 0.85, away = 450, at = [0, 0], shade = 0.15, noise = 6 } = held;
  const [width, height] = size;
  const [, w = '210', h = '297'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const [wide, high] = [Number(w), Number(h)];
  const density = 6;
  const paper = await raw(
    sharp(Buffer.from(svg), { density: 72 }).resize(Math.round(wide * density), Math.round(high * density), {
      fit: 'fill',
    }),
  );
  const behind = await raw(
    sharp(Buffer.from(scene(width, height, held.behind ?? 'table'))).resize(width, height, { fit: 'fill' }),
  );
  const [ex, ey, normal] = axes(held);
  const middle: Vector = [at[0], at[1], away];
  const f = focal * width;
  const bytes = Buffer.alloc(width * height * 3);
  const through = dot(middle, normal);
  let seed = 11;
  for (let y = 0, to = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, to += 3) {
      let [r, g, b] = [0, 0, 0];
      for (const [sx, sy] of SAMPLES) {
        const ray: Vector = [x + sx - width / 2, y + sy - height / 2, f];
        const far = through / dot(ray, normal);
        const on: Vector = [ray[0] * far - middle[0], ray[1] * far - middle[1], ray[2] * far - middle[2]];
        const [across, down] = [dot(on, ex) / wide + 0.5, dot(on, ey) / high + 0.5];
        const isOn = across >= 0 && across < 1 && down >= 0 && down < 1;
        if (held.thumbs && isThumb(across * wide, down * high, wide, high)) {
          [r, g, b] = [r + 196, g + 148, b + 122];
        } else if (isOn) {
          const light = 1 - shade * (across * 0.6 + down * 0.4);
          const from = (Math.floor(down * paper.height) * paper.width + Math.floor(across * paper.width)) * 3;
          r += (paper.bytes[from] ?? 0) * light;
          g += (paper.bytes[from + 1] ?? 0) * light;
          b += (paper.bytes[from + 2] ?? 0) * light;
        } else {
          const from = (y * width + x) * 3;
          r += behind.bytes[from] ?? 0;
          g += behind.bytes[from + 1] ?? 0;
          b += behind.bytes[from + 2] ?? 0;
        }
      }
      for (const [channel, sum] of [r, g, b].entries()) {
        seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
        const grain = (((seed >>> 16) & 0xff) / 255 - 0.5) * 2 * noise;
        bytes[to + channel] = Math.max(0, Math.min(255, (sum / SAMPLES.length) * 0.9 + grain));
      }
    }
  const corner = (across: number, down: number): Point => {
    const [px, py, pz] = [0, 1, 2].map(
      (i) => (middle[i] ?? 0) + (ex[i] ?? 0) * (across - 0.5) * wide + (ey[i] ?? 0) * (down - 0.5) * high,
    ) as [number, number, number];
    return { x: (px / pz) * f + width / 2, y: (py / pz) * f + height / 2 };
  };
  return {
    picture: { bytes, width, height, channels: 3 },
    quad: {
      topLeft: corner(0, 0),
      topRight: corner(1, 0),
      bottomRight: corner(1, 1),
      bottomLeft: corner(0, 1),
    },
  };
}

type Vector = readonly [number, number, number];
const SAMPLES = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
] as const;

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** The paper's own axes, across, down and away, as the camera sees them. */
function axes({ turned = 0, tipped = 0, rolled = 0 }: Held): readonly [Vector, Vector, Vector] {
  const turn = ([x, y, z]: Vector): Vector => {
    const [a, b, c] = [turned, tipped, rolled].map((degrees) => (degrees * Math.PI) / 180) as [
      number,
      number,
      number,
    ];
    const [x1, y1] = [x * Math.cos(c) - y * Math.sin(c), x * Math.sin(c) + y * Math.cos(c)];
    const [y2, z2] = [y1 * Math.cos(b) - z * Math.sin(b), y1 * Math.sin(b) + z * Math.cos(b)];
    return [x1 * Math.cos(a) + z2 * Math.sin(a), y2, -x1 * Math.sin(a) + z2 * Math.cos(a)];
  };
  return [turn([1, 0, 0]), turn([0, 1, 0]), turn([0, 0, 1])];
}

/** One over the left side and one over the right, as two hands hold a paper. */
function isThumb(x: number, y: number, wide: number, high: number): boolean {
  const [long, thick] = [Math.min(30, wide * 0.16), Math.min(19, high * 0.09)];
  return [
    [0, high * 0.72],
    [wide, high * 0.66],
  ].some(([cx = 0, cy = 0]) => ((x - cx) / long) ** 2 + ((y - cy) / thick) ** 2 < 1);
}

function scene(width: number, height: number, behind: 'table' | 'person' | 'white'): string {
  const inside = {
    table: `<rect width="1600" height="900" fill="#6d4a30"/>${Array.from({ length: 30 }, (_, i) => `<path d="M0 ${i * 31} C 400 ${i * 31 + 12} 1100 ${i * 31 - 14} 1600 ${i * 31 + 6}" stroke="#5c3d26" stroke-width="${2 + (i % 4)}" fill="none"/>`).join('')}`,
    person: `<rect width="1600" height="900" fill="#9aa39b"/><rect x="60" y="40" width="330" height="420" fill="#c9d6df"/><rect x="1180" y="0" width="300" height="900" fill="#7c6a58"/>
      <path d="M330 900 C 340 560 560 520 800 520 S 1260 560 1270 900 Z" fill="#2f4d77"/><path d="M700 560 L800 700 L900 560 Z" fill="#e6e6e2"/><ellipse cx="800" cy="330" rx="170" ry="215" fill="#c99a7c"/><path d="M620 300 C 620 90 980 90 980 300 C 930 190 670 190 620 300 Z" fill="#4a3a2e"/>`,
    white: `<rect width="1600" height="900" fill="#b9b6ae"/><rect y="640" width="1600" height="260" fill="#8f8a80"/>`,
  }[behind];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900" preserveAspectRatio="none" width="${width}" height="${height}">${inside}</svg>`;
}

async function raw(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height, channels: 3 };
}

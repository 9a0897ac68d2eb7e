/** The rectangle that a paper is, drawn from how a camera saw it. */
import type { Pixels } from '../scanner/pnm.ts';
import { lengthOf, projectionOf, type Quad } from './quad.ts';

/** Pixels; larger than any picture of a camera. */
const LARGEST = 4_500;

/** As large as the paper's longest sides are seen: nothing is lost, and nothing pretended. */
export function flatSize(quad: Quad, ratio: number): { readonly width: number; readonly height: number } {
  const { topLeft, topRight, bottomRight, bottomLeft } = quad;
  const across = Math.max(lengthOf(topLeft, topRight), lengthOf(bottomLeft, bottomRight));
  const down = Math.max(lengthOf(topLeft, bottomLeft), lengthOf(topRight, bottomRight));
  const width = Math.max(across, down * ratio);
  const fit = Math.min(1, LARGEST / Math.max(width, width / ratio));
  return {
    width: Math.max(1, Math.round(width * fit)),
    height: Math.max(1, Math.round((width * fit) / ratio)),
  };
}

/** Bilinear. What lies outside of the picture is white. @param size in pixels, of what is drawn. */
export function unwarp(picture: Pixels, quad: Quad, size: ReturnType<typeof flatSize>): Pixels {
  const { width, height } = size;
  const { bytes: from, channels } = picture;
  const place = projectionOf(quad);
  const bytes = Buffer.alloc(width * height * channels, 255);
  const stride = picture.width * channels;
  const [right, bottom] = [picture.width - 1, picture.height - 1];
  for (let row = 0, to = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1, to += channels) {
      // Pixels are squares with their place in the middle.
      const seen = place((column + 0.5) / width, (row + 0.5) / height);
      const x = seen.x - 0.5;
      const y = seen.y - 0.5;
      if (x < -0.5 || y < -0.5 || x > right + 0.5 || y > bottom + 0.5) continue;
      const left = Math.max(0, Math.min(right - 1, Math.floor(x)));
      const top = Math.max(0, Math.min(bottom - 1, Math.floor(y)));
      const across = Math.max(0, Math.min(1, x - left));
      const down = Math.max(0, Math.min(1, y - top));
      const at = top * stride + left * channels;
      for (let channel = 0; channel < channels; channel += 1) {
        const one = at + channel;
        const upper = (from[one] ?? 0) * (1 - across) + (from[one + channels] ?? 0) * across;
        const lower =
          (from[one + stride] ?? 0) * (1 - across) + (from[one + stride + channels] ?? 0) * across;
        bytes[to + channel] = upper * (1 - down) + lower * down + 0.5;
      }
    }
  }
  return { bytes, width, height, channels };
}

/** Discrete Fourier transform of a length that is a power of two, in place (Cooley and Tukey, radix 2). */

/** @param inverse divides by the length as well, so that forward and inverse give back the input. */
export function fourier(re: Float64Array, im: Float64Array, inverse = false): void {
  const length = re.length;
  if (im.length !== length || (length & (length - 1)) !== 0)
    throw new Error('The length is no power of two.');
  reorder(re, im);
  for (let size = 2; size <= length; size *= 2) {
    const half = size / 2;
    const step = ((inverse ? 2 : -2) * Math.PI) / size;
    for (let turn = 0; turn < half; turn += 1) {
      const cos = Math.cos(step * turn);
      const sin = Math.sin(step * turn);
      for (let even = turn; even < length; even += size) butterfly(re, im, even, even + half, cos, sin);
    }
  }
  if (!inverse) return;
  for (let at = 0; at < length; at += 1) {
    re[at] = valueAt(re, at) / length;
    im[at] = valueAt(im, at) / length;
  }
}

function butterfly(
  re: Float64Array,
  im: Float64Array,
  even: number,
  odd: number,
  cos: number,
  sin: number,
): void {
  const oddRe = valueAt(re, odd) * cos - valueAt(im, odd) * sin;
  const oddIm = valueAt(re, odd) * sin + valueAt(im, odd) * cos;
  re[odd] = valueAt(re, even) - oddRe;
  im[odd] = valueAt(im, even) - oddIm;
  re[even] = valueAt(re, even) + oddRe;
  im[even] = valueAt(im, even) + oddIm;
}

/** Each value to the place whose number has its bits in reverse. */
function reorder(re: Float64Array, im: Float64Array): void {
  for (let at = 1, other = 0; at < re.length; at += 1) {
    let bit = re.length >> 1;
    for (; other & bit; bit >>= 1) other ^= bit;
    other ^= bit;
    if (at >= other) continue;
    for (const part of [re, im]) {
      const kept = valueAt(part, at);
      part[at] = valueAt(part, other);
      part[other] = kept;
    }
  }
}

/** Every index here is inside by construction. */
function valueAt(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}

/**
 * Cross-correlation of `long` with `short`: at each lag, in samples from 0 to long − short, the sum of products.
 * Through the transform: for a second of sound that is a hundred times less work.
 */
export function correlate(long: Float32Array, short: Float32Array): Float64Array {
  let length = 1;
  while (length < long.length + short.length) length *= 2;
  const [longRe, longIm] = spectrum(long, length);
  const [shortRe, shortIm] = spectrum(short, length);
  for (let at = 0; at < length; at += 1) {
    // Times the complex conjugate: correlation rather than convolution.
    const re = valueAt(longRe, at) * valueAt(shortRe, at) + valueAt(longIm, at) * valueAt(shortIm, at);
    longIm[at] = valueAt(longIm, at) * valueAt(shortRe, at) - valueAt(longRe, at) * valueAt(shortIm, at);
    longRe[at] = re;
  }
  fourier(longRe, longIm, true);
  return longRe.subarray(0, Math.max(0, long.length - short.length + 1));
}

function spectrum(samples: Float32Array, length: number): [re: Float64Array, im: Float64Array] {
  const re = new Float64Array(length);
  re.set(samples);
  const im = new Float64Array(length);
  fourier(re, im);
  return [re, im];
}

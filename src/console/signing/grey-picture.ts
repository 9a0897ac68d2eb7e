/** One byte a dot, 0 black to 255 white, row after row. */
export interface GreyPicture {
  readonly dots: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The darkest of red, green and blue: a blue pen is as dark as a black one. */
export function greyOf(rgba: Uint8ClampedArray | Uint8Array, width: number, height: number): GreyPicture {
  const dots = new Uint8Array(width * height);
  for (let at = 0; at < dots.length; at += 1) {
    const from = at * 4;
    dots[at] = Math.min(rgba[from] ?? 255, rgba[from + 1] ?? 255, rgba[from + 2] ?? 255);
  }
  return { dots, width, height };
}

/** Each dot is the mean of `factor` by `factor`. */
export function shrunk({ dots, width, height }: GreyPicture, factor: number): GreyPicture {
  const small = { width: Math.floor(width / factor), height: Math.floor(height / factor) };
  const means = new Uint8Array(small.width * small.height);
  for (let y = 0; y < small.height; y += 1) {
    for (let x = 0; x < small.width; x += 1) {
      let sum = 0;
      for (let down = 0; down < factor; down += 1) {
        const row = (y * factor + down) * width + x * factor;
        for (let right = 0; right < factor; right += 1) sum += dots[row + right] ?? 255;
      }
      means[y * small.width + x] = sum / (factor * factor);
    }
  }
  return { dots: means, ...small };
}

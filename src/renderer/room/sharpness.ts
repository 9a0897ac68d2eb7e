/**
 * How sharp a picture is: the variance of its Laplacian, greater the more fine edges there are (J. L. Pech-Pacheco and
 * others, Diatom autofocusing in brightfield microscopy, 2000). Only pictures of the same thing can be compared by it.
 */

/** @param pixels four bytes each, red, green, blue and one that is left aside. */
export function sharpnessOf(pixels: ArrayLike<number>, width: number, height: number): number {
  const grey = new Int16Array(width * height);
  // Rec. 601 luma in eighths.
  for (let i = 0, at = 0; i < grey.length; i += 1, at += 4)
    grey[i] = ((pixels[at] ?? 0) * 2 + (pixels[at + 1] ?? 0) * 5 + (pixels[at + 2] ?? 0)) >> 3;
  let [sum, squares] = [0, 0];
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const around =
        (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - width] ?? 0) + (grey[at + width] ?? 0);
      const bend = around - 4 * (grey[at] ?? 0);
      sum += bend;
      squares += bend * bend;
    }
  const count = Math.max(1, (width - 2) * (height - 2));
  return squares / count - (sum / count) ** 2;
}

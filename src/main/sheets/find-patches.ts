/** Which of the pixels that stand out belong to something, and which are dust. */

/** Pixels to one cell; cells that touch are one patch, so that what is printed a little apart is one thing. */
const CELL = 6;
/** Cells of a patch at least: about 5 mm square. */
const PATCH = 12;

/** The mask without its specks. */
export function findPatches(mask: Uint8Array, width: number, height: number): Uint8Array {
  const across = Math.ceil(width / CELL);
  const down = Math.ceil(height / CELL);
  const cells = new Uint8Array(across * down);
  for (let y = 0; y < height; y += 1) {
    const line = Math.floor(y / CELL) * across;
    for (let x = 0; x < width; x += 1) if (mask[y * width + x]) cells[line + Math.floor(x / CELL)] = 1;
  }
  const kept = largePatches(cells, across, down);
  const patches = new Uint8Array(mask.length);
  for (let y = 0; y < height; y += 1) {
    const line = Math.floor(y / CELL) * across;
    for (let x = 0; x < width; x += 1)
      if (mask[y * width + x] && kept[line + Math.floor(x / CELL)]) patches[y * width + x] = 1;
  }
  return patches;
}

function largePatches(cells: Uint8Array, across: number, down: number): Uint8Array {
  const kept = new Uint8Array(cells.length);
  const seen = new Uint8Array(cells.length);
  for (let start = 0; start < cells.length; start += 1) {
    if (!cells[start] || seen[start]) continue;
    seen[start] = 1;
    const patch = [start];
    for (let i = 0; i < patch.length; i += 1) {
      const at = patch[i] ?? 0;
      const [x, y] = [at % across, Math.floor(at / across)];
      for (let ny = Math.max(0, y - 1); ny <= Math.min(down - 1, y + 1); ny += 1)
        for (let nx = Math.max(0, x - 1); nx <= Math.min(across - 1, x + 1); nx += 1) {
          const next = ny * across + nx;
          if (!cells[next] || seen[next]) continue;
          seen[next] = 1;
          patch.push(next);
        }
    }
    if (patch.length >= PATCH) for (const at of patch) kept[at] = 1;
  }
  return kept;
}

/**
 * Draws the self-test picture: a pattern of ramps and products that uses all levels of all channels.
 *
 * @param side Pixels a side.
 * @param variant Another number gives another picture; the manifest's logits are those of 0.
 * @returns `[side, side, 3]`, RGB, 0-255, row-major.
 */
export function selfTestPixels(side: number, variant = 0): Uint8Array {
  const pixels = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = (y * side + x) * 3;
      const u = Math.floor((x * 256) / side);
      const v = Math.floor((y * 256) / side);
      pixels[at] = u + variant * 61;
      pixels[at + 1] = v ^ (u >> 2);
      pixels[at + 2] = ((u * v) >> 6) + variant * 37;
    }
  }
  return pixels;
}

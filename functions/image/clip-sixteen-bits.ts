/**
 * Brings 16-bit grey to 8 bits as Pillow 9.4 does: such a PNG opens in mode `I`, and `convert('RGB')`
 * cuts every value above 255 down to 255 (the high byte is what the other 16-bit kinds keep).
 *
 * Works in place: the result lies at the start of the samples' own memory.
 *
 * @param samples `[pixels, 4]`, 0-65535, given up by the caller.
 * @returns `[pixels, 4]`, 0-255.
 */
export function clipSixteenBits(samples: Uint16Array): Uint8Array {
  const clipped = new Uint8ClampedArray(samples.buffer, samples.byteOffset, samples.length);
  // A byte is written only behind the place its own sample is read from, never ahead of it.
  for (let i = 0; i < samples.length; i++) clipped[i] = samples[i] ?? 0;
  return new Uint8Array(clipped.buffer, clipped.byteOffset, clipped.length);
}

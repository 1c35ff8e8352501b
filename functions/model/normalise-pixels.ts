import { EntailError } from '../lib/entail-error.ts';

/** Mean and standard deviation of each channel on the 0-1 scale. */
export interface Normalisation {
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

const CHANNELS = [0, 1, 2] as const;
const LEVELS = 256;

/**
 * Turns a picture into the network's input: `(value / 255 - mean) / std`, channels first.
 *
 * @param pixels `[side, side, 3]`, RGB, 0-255, row-major.
 * @param normalisation The model's.
 * @param out `[3, side, side]`.
 * @throws {EntailError} `internal`: not as many values as the model takes.
 */
export function normalisePixels(
  pixels: Uint8Array,
  { mean, std }: Normalisation,
  out: Float32Array,
): void {
  if (pixels.length !== out.length) {
    throw new EntailError(
      'internal',
      `cannot normalise ${pixels.length} pixel values: the model takes ${out.length}`,
    );
  }
  const plane = pixels.length / CHANNELS.length;
  for (const channel of CHANNELS) {
    const table = Float32Array.from({ length: LEVELS }, (_, value) =>
      Math.fround(
        Math.fround(Math.fround(value / 255) - Math.fround(mean[channel])) /
          Math.fround(std[channel]),
      ),
    );
    const target = out.subarray(channel * plane, (channel + 1) * plane);
    for (let i = 0; i < plane; i++) target[i] = table[pixels[i * 3 + channel] ?? 0] ?? 0;
  }
}

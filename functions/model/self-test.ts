import { EntailError } from '../lib/entail-error.ts';
import type { ByLabel, Engine } from './engine.ts';
import type { Manifest } from './manifest.ts';

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

/**
 * Asks a loaded model the manifest's question about the self-test picture.
 *
 * @throws {EntailError} `model_integrity`: a logit is not finite or off by more than the manifest's tolerance.
 */
export async function runSelfTest(
  engine: Engine,
  { image, selfTest }: Pick<Manifest, 'image' | 'selfTest'>,
): Promise<void> {
  const tokens = await engine.encodeImage(selfTestPixels(image.side));
  const logits = await engine
    .judge(tokens, { encoder: selfTest.encoder, decoder: selfTest.decoder })
    .finally(() => tokens.release());
  const expected = selfTest.logits[engine.vision];
  if (expected === undefined) {
    throw new EntailError(
      'model_integrity',
      `cannot run the self-test: the manifest has no logits for vision by ${engine.vision}`,
    );
  }
  const deviation = largestDifference(logits, expected);
  if (!(deviation <= selfTest.tolerance)) {
    throw new EntailError(
      'model_integrity',
      `the self-test does not reproduce: a logit is off by ${deviation}, at most ${selfTest.tolerance}`,
    );
  }
}

function largestDifference(a: ByLabel, b: ByLabel): number {
  return Math.max(
    Math.abs(a.entailment - b.entailment),
    Math.abs(a.neutral - b.neutral),
    Math.abs(a.contradiction - b.contradiction),
  );
}

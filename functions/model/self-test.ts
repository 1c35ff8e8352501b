import { EntailError } from '../lib/entail-error.ts';
import type { ByLabel, Engine } from './engine.ts';
import type { Manifest } from './manifest.ts';

/**
 * Asks a loaded model the manifest's question about the self-test picture.
 *
 * @throws {EntailError} `model_integrity`: a logit is not finite or off by more than the manifest's tolerance.
 */
export async function runSelfTest(
  engine: Engine,
  { selfTest }: Pick<Manifest, 'selfTest'>,
): Promise<void> {
  const tokens = await engine.encodeTestImage();
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

import type { ByLabel, Engine, PromptIds } from '../../functions/model/engine.ts';
import { scoreLogits } from '../../functions/pipeline/score-logits.ts';

/** How well one engine reproduces another. */
export interface Agreement {
  readonly questions: number;
  readonly sameLabel: number;
  /** Largest difference of a score, 0-1. */
  readonly scoreDifference: number;
  /** Root of the mean squared difference of image tokens, relative to their root mean square. */
  readonly tokenError: number;
}

/** Answers and image tokens of one engine, to be compared with another's. */
export interface EngineAnswers {
  readonly tokens: readonly Float32Array[];
  readonly logits: readonly ByLabel[];
}

/** Asks an engine every prompt about every picture. */
export async function askAll(
  engine: Engine,
  pictures: readonly Uint8Array[],
  prompts: readonly PromptIds[],
): Promise<EngineAnswers> {
  const tokens: Float32Array[] = [];
  const logits: ByLabel[] = [];
  for (const picture of pictures) {
    const seen = await engine.encodeImage(picture);
    for (const prompt of prompts) logits.push(await engine.judge(seen, prompt));
    tokens.push(seen.toArray());
    seen.release();
  }
  return { tokens, logits };
}

/**
 * Compares the answers of two engines to the same questions.
 *
 * @throws {RangeError} They were not asked the same number of questions.
 */
export function compareAnswers(reference: EngineAnswers, other: EngineAnswers): Agreement {
  if (reference.logits.length !== other.logits.length) {
    throw new RangeError(
      `cannot compare ${other.logits.length} answers with ${reference.logits.length}`,
    );
  }
  let sameLabel = 0;
  let scoreDifference = 0;
  reference.logits.forEach((expected, index) => {
    const found = other.logits[index] ?? expected;
    const [a, b] = [scoreLogits(expected), scoreLogits(found)];
    if (a.label === b.label) sameLabel++;
    for (const label of ['entailment', 'neutral', 'contradiction'] as const) {
      scoreDifference = Math.max(scoreDifference, Math.abs(a.scores[label] - b.scores[label]));
    }
  });
  return {
    questions: reference.logits.length,
    sameLabel,
    scoreDifference,
    tokenError: relativeError(reference.tokens, other.tokens),
  };
}

function relativeError(reference: readonly Float32Array[], other: readonly Float32Array[]): number {
  let difference = 0;
  let power = 0;
  reference.forEach((expected, picture) => {
    expected.forEach((value, i) => {
      difference += (value - (other[picture]?.[i] ?? 0)) ** 2;
      power += value ** 2;
    });
  });
  return Math.sqrt(difference / power);
}

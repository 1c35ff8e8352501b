import assert from 'node:assert/strict';
import type { ErrorCode } from '../../functions/lib/entail-error.ts';
import type { ReferenceCase } from '../lib/reference-cases.ts';
import type { AnsweredCase } from './answer-cases.ts';
import { expectProblem } from './expect-problem.ts';
import { expectVerdict } from './expect-verdict.ts';

/** Closer contests than this may be decided either way by int8. */
const CLEAR_MARGIN = 0.1;

/** Largest differences of a score from the published implementation, and how much was compared. */
export interface Deviation {
  readonly png: number;
  readonly jpeg: number;
  readonly compared: number;
  readonly refused: number;
}

/**
 * Asserts that clear labels are those of the published implementation, and that what the endpoint
 * does not take is refused; measures the scores.
 */
export function compareWithReference(answered: readonly AnsweredCase[]): Deviation {
  const largest = { png: 0, jpeg: 0 };
  let compared = 0;
  for (const { reference, answer } of answered) {
    const refusal = refusalOf(reference);
    if (refusal !== null) {
      expectProblem(answer, refusal);
      continue;
    }
    const { probabilities, image } = reference;
    const { label, scores, image: shown } = expectVerdict(answer);
    const [best, second = Number.NaN] = Object.values(probabilities).sort((a, b) => b - a);
    assert.ok(best !== undefined);
    if (best - second > CLEAR_MARGIN) assert.equal(label, reference.label, image);
    for (const name of ['entailment', 'neutral', 'contradiction'] as const) {
      const difference = Math.abs(scores[name] - probabilities[name]);
      largest[shown.format] = Math.max(largest[shown.format], difference);
    }
    compared += 1;
  }
  return { ...largest, compared, refused: answered.length - compared };
}

/** The published code scores these two; the endpoint refuses them. */
function refusalOf({ image, text }: ReferenceCase): ErrorCode | null {
  if (text === '') return 'invalid_request';
  return image === 'cmyk.jpg' ? 'unsupported_jpeg' : null;
}

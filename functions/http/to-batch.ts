import { EntailError } from '../lib/entail-error.ts';
import type { Batch } from '../pipeline/entail.ts';
import type { Field } from './field.ts';
import { MAX_HYPOTHESES } from './limits.ts';
import { toQuestion } from './to-question.ts';

/**
 * Makes a batch of the fields of a request: each hypothesis counts, by whichever of its two names.
 *
 * @throws {EntailError} `invalid_request`: none or too many; and as `toQuestion()`.
 */
export function toBatch(fields: readonly Field[]): Batch {
  const hypotheses = fields.filter(isHypothesis);
  if (hypotheses.length > MAX_HYPOTHESES) {
    throw new EntailError(
      'invalid_request',
      `cannot read the batch: ${hypotheses.length} hypotheses, at most ${MAX_HYPOTHESES}`,
    );
  }
  const others = fields.filter((field) => !isHypothesis(field));
  const { image, premise, explain = false } = toQuestion([...hypotheses.slice(0, 1), ...others]);
  const texts = hypotheses.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  return { image, hypotheses: texts, premise, explain };
}

function isHypothesis({ name }: Field): boolean {
  return name === 'hypothesis' || name === 'text';
}

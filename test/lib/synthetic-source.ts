import type { ModelSource } from '../../scripts/convert/author-model.ts';
import { SYNTHETIC_SHAPES } from '../../scripts/synthetic/synthetic-shapes.ts';
import { syntheticTensor } from '../../scripts/synthetic/synthetic-tensor.ts';

/** Ids of ` yes`, ` maybe`, ` no` in the published vocabulary. */
const PUBLISHED_ANSWERS = [4420, 2085, 117] as const;
const PUBLISHED_TEXT_ROWS = 50_265;

/** A synthetic model as the reference outputs were made with: the published token ids, no vocabulary needed. */
export function syntheticSource(shape: 'full' | 'micro'): ModelSource {
  return {
    config: SYNTHETIC_SHAPES[shape],
    weights: syntheticTensor,
    answerIds: PUBLISHED_ANSWERS,
    textRows: PUBLISHED_TEXT_ROWS,
    tokenizer: new Uint8Array(),
  };
}

import type { Manifest } from '../../functions/model/manifest.ts';
import type { OrtRuntime } from '../../functions/model/ort-runtime.ts';
import { authorModel, type ModelSource } from '../convert/author-model.ts';
import { measureHeap } from '../convert/measure-heap.ts';
import { batchNormRanges } from '../convert/quantise/batch-norm-ranges.ts';
import { writeModelFolder } from '../convert/shards/write-model-folder.ts';
import { answerIds } from '../convert/tokenizer/answer-ids.ts';
import { compileTokenizer } from '../convert/tokenizer/compile-tokenizer.ts';
import { trialQuestions, tryModel } from '../convert/try-model.ts';
import { smallVocabulary } from '../synthetic/small-vocabulary.ts';
import { SYNTHETIC_SHAPES } from '../synthetic/synthetic-shapes.ts';
import { syntheticTensor } from '../synthetic/synthetic-tensor.ts';

/** Rows of the published vocabulary: the embeddings must be as large as the real ones. */
const PUBLISHED_TEXT_ROWS = 50_265;

/**
 * Writes full-size OFA-tiny with synthetic weights as a model folder; times do not depend on what the weights are.
 *
 * @returns The manifest.
 */
export async function writeBenchModel(
  folder: string,
  dtype: Manifest['dtype'],
  runtime: OrtRuntime,
): Promise<Manifest> {
  const { vocabJson, mergesText } = smallVocabulary();
  const tokenizer = compileTokenizer(vocabJson, mergesText);
  const config = SYNTHETIC_SHAPES.full;
  const { entailment, neutral, contradiction } = config.answers;
  const [yes = 0, maybe = 0, no = 0] = answerIds([entailment, neutral, contradiction], tokenizer);
  const source: ModelSource = {
    config,
    weights: syntheticTensor,
    answerIds: [yes, maybe, no],
    textRows: PUBLISHED_TEXT_ROWS,
    tokenizer: tokenizer.table,
  };
  const model = authorModel(
    source,
    dtype === 'fp32'
      ? { dtype }
      : { dtype, ranges: batchNormRanges(config.resnetBlocks, syntheticTensor) },
  );
  const { selfTest } = await tryModel(model, {
    runtime,
    questions: await trialQuestions(model),
    pictures: [],
    onPicture: () => {},
  });
  const heapBytes = await measureHeap(model, () => {});
  return writeModelFolder(folder, model, { name: 'synthetic-full', selfTest, heapBytes });
}

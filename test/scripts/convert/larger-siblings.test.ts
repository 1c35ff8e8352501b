import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as z from 'zod';
import { selfTestPixels } from '../../../functions/model/self-test-pixels.ts';
import {
  type ModelSource,
  modelAuthor,
  type Precision,
} from '../../../scripts/convert/author-model.ts';
import { compareAnswers } from '../../../scripts/convert/compare-engines.ts';
import { lazyModel } from '../../../scripts/convert/lazy-model.ts';
import { memoryEngine } from '../../../scripts/convert/memory-engine.ts';
import { batchNormRanges } from '../../../scripts/convert/quantise/batch-norm-ranges.ts';
import { compileTokenizer } from '../../../scripts/convert/tokenizer/compile-tokenizer.ts';
import { trialQuestions, tryModel } from '../../../scripts/convert/try-model.ts';
import { settingsFiles } from '../../../scripts/synthetic/settings-files.ts';
import { smallVocabulary } from '../../../scripts/synthetic/small-vocabulary.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';
import { syntheticTensor } from '../../../scripts/synthetic/synthetic-tensor.ts';
import { nodeRuntime } from '../../lib/node-runtime.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { runPython } from '../train/run-python.ts';
import { torchMissing } from '../train/torch-missing.ts';

/** Noise of formula weights through 50 bottlenecks: 0.1 was seen, and wrong arithmetic gives other labels. */
const SCORE_TOLERANCE = 0.25;
/** float32 in another order; the logits are about 1, and wrong arithmetic changes the first digit. */
const LOGIT_TOLERANCE = 1e-4;
/** What they mean does not matter, nothing was trained. */
const PROMPT = { encoder: [0, 471, 22, 9, 480, 33, 2], decoder: [0, 471, 22, 9, 480, 33] };
const replies = z.array(z.object({ logits: z.array(z.number()) }));

const { vocabJson, mergesText } = smallVocabulary();
const { table, rows } = compileTokenizer(vocabJson, mergesText);

/** Widths, heads and backbone of a sibling; fewer layers, words and pixels, so that it takes seconds. */
function source(shape: 'base' | 'large'): ModelSource {
  const small = { encoderLayers: 1, decoderLayers: 1, vocabSize: 2000, imageSide: 96 };
  return {
    config: { ...SYNTHETIC_SHAPES[shape], ...small },
    weights: syntheticTensor,
    answerIds: [300, 301, 302],
    textRows: rows,
    tokenizer: table,
  };
}

describe('larger siblings', () => {
  for (const shape of ['base', 'large'] as const) {
    it(`${shape}: fp32 answers as PyTorch does`, { skip: torchMissing }, async () => {
      const { config, answerIds, ...own } = source(shape);
      const side = config.imageSide;
      const picture = selfTestPixels(side, 1);
      const pixels = join(temporaryFolder(), 'pixels.raw');
      await writeFile(pixels, picture);
      const request = {
        config: settingsFiles(config)['config.json'],
        side,
        answers: answerIds,
        cases: [{ pixels, ids: PROMPT.encoder }],
      };
      const answered = await runPython(
        ['test/scripts/train/answer_reference.py'],
        JSON.stringify(request),
      );
      const [expected] = replies.parse(JSON.parse(answered));
      const author = modelAuthor({ config, answerIds, ...own }, { dtype: 'fp32' });
      const engine = await memoryEngine(await nodeRuntime(), lazyModel(author));
      const tokens = await engine.encodeImage(picture);
      const { entailment, neutral, contradiction } = await engine.judge(tokens, PROMPT);
      engine.release();
      [entailment, neutral, contradiction].forEach((logit, at) => {
        const wanted = expected?.logits[at] ?? Number.NaN;
        assert.ok(Math.abs(logit - wanted) < LOGIT_TOLERANCE, `${logit} is not ${wanted}`);
      });
    });

    it(`${shape}: int8 answers as fp32 does, from the same code as OFA-tiny`, async () => {
      const own = source(shape);
      const { resnetBlocks } = own.config;
      const ask = async (precision: Precision) => {
        const runtime = await nodeRuntime();
        const pictures = [1, 2].map((variant) => selfTestPixels(own.config.imageSide, variant));
        const model = lazyModel(modelAuthor(own, precision));
        const questions = await trialQuestions(model);
        return (await tryModel(model, { runtime, questions, pictures, onPicture: () => {} }))
          .answers;
      };
      const ranges = batchNormRanges(resnetBlocks, own.weights);
      const int8 = await ask({ dtype: 'int8', ranges });
      const agreement = compareAnswers(await ask({ dtype: 'fp32' }), int8);
      assert.equal(agreement.questions, 6);
      assert.ok(
        agreement.scoreDifference > 0 && agreement.scoreDifference < SCORE_TOLERANCE,
        JSON.stringify(agreement),
      );
    });
  }
});

import { availableParallelism } from 'node:os';
import { prepareImage } from '../../../functions/image/prepare-image.ts';
import { scoreLogits } from '../../../functions/pipeline/score-logits.ts';
import { checkText } from '../../../functions/text/check-text.ts';
import { encodeQuestion } from '../../../functions/text/encode-question.ts';
import { readModelFolder } from '../../lib/model-folder.ts';
import { createNodeHost } from '../../lib/node-host.ts';
import type { Answerer } from './answerer.ts';

/**
 * Loads a model into this process; a picture is encoded once for all its sentences.
 *
 * @param modelFolder A folder as `model-shards/README.md` describes it.
 * @throws {EntailError} what `createNodeHost()` throws.
 */
export async function openLocalAnswerer(modelFolder: string): Promise<Answerer> {
  await readModelFolder(modelFolder);
  const { model, codecs } = await createNodeHost(modelFolder, availableParallelism());
  const { manifest, revision, tokenizer, engine } = model;
  return {
    model: { name: manifest.name, revision, dtype: manifest.dtype },
    via: 'here',
    // The runtime's threads share out one inference; it has no room for a second.
    concurrency: 1,
    async open(picture) {
      const { pixels } = await prepareImage(picture, manifest.image.side, codecs);
      const tokens = await engine.encodeImage(pixels);
      return {
        async ask(hypothesis, premise) {
          const question = {
            hypothesis: checkText('hypothesis', hypothesis),
            premise: premise === null ? null : checkText('premise', premise),
          };
          const prompt = encodeQuestion(question, manifest.text, tokenizer);
          return scoreLogits(await engine.judge(tokens, prompt));
        },
        release: () => tokens.release(),
      };
    },
    close: () => model.release(),
  };
}

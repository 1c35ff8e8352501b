import { readFile } from 'node:fs/promises';
import { parsePrompt } from '../../functions/text/parse-prompt.ts';
import type { ModelSource } from './author-model.ts';
import type { Checkpoint } from './checkpoint/checkpoint.ts';
import { ConvertError } from './convert-error.ts';
import { readWeights } from './read-weights.ts';
import { answerIds } from './tokenizer/answer-ids.ts';
import { compileTokenizer } from './tokenizer/compile-tokenizer.ts';

/**
 * Reads everything of a checkpoint that a model is written from.
 *
 * @param onTensor Called after each tensor, with how many there are.
 * @throws {ConvertError} A prompt, vocabulary, answer or tensor that cannot be used.
 */
export async function readSource(
  checkpoint: Checkpoint,
  onTensor: (done: number, total: number) => void,
): Promise<ModelSource> {
  const { config } = checkpoint;
  if (config.prompt !== null) checkPrompt(config.prompt);
  const compiled = compileTokenizer(
    await readFile(checkpoint.vocabularyPath, 'utf8'),
    await readFile(checkpoint.mergesPath, 'utf8'),
  );
  const { entailment, neutral, contradiction } = config.answers;
  const [yes = 0, maybe = 0, no = 0] = answerIds([entailment, neutral, contradiction], compiled);
  return {
    config,
    weights: await readWeights(checkpoint, onTensor),
    answerIds: [yes, maybe, no],
    textRows: compiled.rows,
    tokenizer: compiled.table,
  };
}

/** A template that the Worker could not fill is refused here, not at the first question. */
function checkPrompt(prompt: string): void {
  try {
    parsePrompt(prompt);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConvertError(`cannot use model.prompt of configuration.json: ${reason}`, { cause });
  }
}

import { basename } from 'node:path';
import { createProgress } from '../lib/progress.ts';
import { answerPairs } from './answer/answer-pairs.ts';
import type { Answer, Answerer } from './answer/answerer.ts';
import { describeProgress } from './answer/describe-progress.ts';
import { openEndpointAnswerer } from './answer/endpoint-answerer.ts';
import { openLocalAnswerer } from './answer/local-answerer.ts';
import { openStateFile, type StateFile } from './answer/state-file.ts';
import type { Evaluation } from './evaluation.ts';
import { greyPicture } from './input/grey-picture.ts';
import type { EvalData } from './input/open-data.ts';
import type { Pair } from './input/pair.ts';
import type { ReadPicture } from './input/read-picture.ts';
import type { EvalOptions } from './parse-options.ts';
import { publishedModel } from './published-model.ts';
import { splitOf } from './split-of.ts';
import { summarise } from './summarise.ts';

/**
 * Asks the models all that was ordered, one after the other, and counts.
 *
 * @throws {Error} Pictures, state file or model cannot be used.
 */
export async function evaluate(
  { pairs, leftOut, isSnliVe, readPicture }: EvalData,
  options: EvalOptions,
): Promise<Evaluation> {
  const state = await openStateFile(options.state);
  try {
    const answerer = await openMain(options);
    const published = publishedModel(answerer.model.name, options.published);
    const ask = (step: string, by: Answerer, picture: ReadPicture) =>
      run(step, pairs, { by, readPicture: picture, state });
    const answers = await ask('answering', answerer, readPicture);
    const grey = greyPicture();
    const baseline = options.blank ? await ask('text only', answerer, async () => grey) : null;
    answerer.close();
    const other = options.against === null ? null : await openLocalAnswerer(options.against);
    const against = other === null ? null : await ask('comparing', other, readPicture);
    other?.close();
    const judged = pairs.map(({ kind, label: truth }, i) => ({
      kind,
      truth,
      answer: labelAt(answers, i),
      baseline: baseline?.[i]?.label,
      against: against?.[i]?.label,
    }));
    return {
      data: {
        file: basename(options.data),
        split: splitOf(options.data),
        leftOut,
        isSnliVe,
        premises: pairs.some(({ premise }) => premise !== null),
      },
      model: answerer.model,
      published,
      against: other?.model ?? null,
      pairs,
      answers,
      summary: summarise(judged),
    };
  } finally {
    await state.close();
  }
}

function openMain({ endpoint, model, concurrency }: EvalOptions): Promise<Answerer> {
  return endpoint === null ? openLocalAnswerer(model) : openEndpointAnswerer(endpoint, concurrency);
}

async function run(
  step: string,
  pairs: readonly Pair[],
  parts: { readonly by: Answerer; readonly readPicture: ReadPicture; readonly state: StateFile },
): Promise<Answer[]> {
  const progress = createProgress();
  let start: number | null = null;
  try {
    return await answerPairs(pairs, parts.by, {
      ...parts,
      onProgress(counts) {
        start ??= performance.now();
        if (counts.done === counts.known && counts.known > 0) {
          console.error(`${step}: ${counts.known} of ${counts.total} questions answered before`);
        }
        const note = describeProgress(counts, performance.now() - start);
        progress.show(step, counts.done, counts.total, { note });
      },
    });
  } finally {
    progress.stop();
  }
}

function labelAt(answers: readonly Answer[], index: number): Answer['label'] {
  const answer = answers[index];
  if (answer === undefined) throw new Error(`no answer to pair ${index + 1}`);
  return answer.label;
}

import type { Picture } from './client.ts';
import { type ClientOptions, createClient } from './create-client.ts';

/** A question in ModelScope's words. */
export interface PipelineInput {
  readonly image: Picture;
  /** The hypothesis. */
  readonly text: string;
  /** The premise, if there is one. */
  readonly text2?: string | undefined;
}

/** The answer in ModelScope's words: what its pipeline gives for one question. */
export interface PipelineOutput {
  /** The model's word: yes (entailment), no (contradiction) or maybe (neutral). */
  readonly labels: 'yes' | 'no' | 'maybe';
  /** The probability of that word. */
  readonly scores: number;
}

/**
 * Makes a function that answers as ModelScope's pipeline of that name does.
 *
 * @param task The only one there is.
 * @throws {TypeError} another task; as `createClient()`.
 * @example
 * const ofa = pipeline('visual-entailment', { endpoint: 'https://entail.example' });
 * await ofa({ image, text: 'there are two birds.' }); // { labels: 'no', scores: 0.99 }
 */
export function pipeline(
  task: 'visual-entailment',
  options: ClientOptions,
): (input: PipelineInput) => Promise<PipelineOutput> {
  if (task !== 'visual-entailment') {
    throw new TypeError(`cannot make a pipeline for ${task}: only visual-entailment is served`);
  }
  const client = createClient(options);
  return async ({ image, text, text2 }) => {
    const { answer, label, scores } = await client.entail({
      image,
      hypothesis: text,
      premise: text2,
    });
    return { labels: answer, scores: scores[label] };
  };
}

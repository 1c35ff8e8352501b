/** A checkpoint whose accuracy on SNLI-VE is published: OFA-tiny, distilled or fine-tuned directly. */
export type PublishedModel = 'distilled' | 'fine-tuned';

/** The model of a fresh clone: it knows drawn scenes, and nothing that is published was measured on it. */
export const DEFAULT_MODEL_NAME = 'drawn-scenes';

/** `model:convert` calls a model by its source: `ofa_visual-entailment_snli-ve_distilled_v2_en`. */
const DISTILLED_NAME = /snli-ve.*distilled/i;

/**
 * Says whether a model is one whose accuracy is published.
 *
 * A manifest keeps no origin, only the name; where that does not tell, a person must.
 *
 * @param name From the manifest.
 * @param asked What the person said, null for nothing.
 * @returns Null for a model that no published figure is about.
 * @throws {Error} The person said it of the default model.
 */
export function publishedModel(name: string, asked: PublishedModel | null): PublishedModel | null {
  if (name === DEFAULT_MODEL_NAME && asked !== null) {
    throw new Error(
      `cannot compare ${name} with published figures: it was trained on drawn scenes; convert the published checkpoint and give it with --model`,
    );
  }
  return asked ?? (DISTILLED_NAME.test(name) ? 'distilled' : null);
}

import type { Evaluation } from './evaluation.ts';
import { DEFAULT_MODEL_NAME } from './published-model.ts';

/**
 * Says why no published figures stand beside an evaluation on SNLI-VE.
 *
 * @returns Null when they do, and for other data.
 */
export function whyUnpublished({
  data,
  model,
  published,
}: Pick<Evaluation, 'data' | 'model' | 'published'>): string | null {
  if (!data.isSnliVe || published !== null) return null;
  const reason = `No published figures: they are those of OFA-tiny, and this model is called ${model.name}.`;
  if (model.name === DEFAULT_MODEL_NAME) return reason;
  return `${reason} If it is one of them, add --published distilled or --published fine-tuned.`;
}

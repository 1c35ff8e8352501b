import type { Evaluation } from './evaluation.ts';

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
  return `No published figures: those for OFA-tiny say nothing of ${model.name}, going by its name. If it is that checkpoint, add --published distilled or --published fine-tuned.`;
}

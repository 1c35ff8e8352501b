import * as z from 'zod';
import { LABELS } from '../labels.ts';
import type { Pair } from './pair.ts';

/** The label of a row in SNLI-VE's files; `-` where annotators found no majority. */
export const goldLabel = z.enum([...LABELS, '-']);

/** What SNLI-VE says of a picture, in whichever of its formats. */
export interface PublishedRow {
  readonly image: string;
  /** The picture's caption in Flickr30k; may be empty. */
  readonly caption: string;
  readonly hypothesis: string;
  readonly label: z.infer<typeof goldLabel>;
}

/**
 * Makes a pair of a row of SNLI-VE.
 *
 * @param options Whether the caption becomes the premise.
 * @returns Null where annotators found no majority.
 */
export function publishedPair(
  { image, caption, hypothesis, label }: PublishedRow,
  options: { readonly premise: boolean },
): Omit<Pair, 'where'> | null {
  if (label === '-') return null;
  const premise = options.premise && caption !== '' ? caption : null;
  return { image, hypothesis, premise, label, kind: 'snli-ve' };
}

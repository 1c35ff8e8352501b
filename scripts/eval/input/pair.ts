import type { Label } from '../../../functions/pipeline/verdict.ts';

/** A sentence about a picture, and the truth. */
export interface Pair {
  /** The picture's name in the folder of images. */
  readonly image: string;
  readonly hypothesis: string;
  /** A caption of the picture, null when the model is asked without one. */
  readonly premise: string | null;
  /** The truth. */
  readonly label: Label;
  /** What the sentence speaks of, for the table. */
  readonly kind: string;
  /** File and line, for messages. */
  readonly where: string;
}

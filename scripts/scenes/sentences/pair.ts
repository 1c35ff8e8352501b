import type { Verdict } from '../meaning/verdict.ts';

/** A sentence about a picture, and its label: a line of `pairs.jsonl`, and one of `mentions.jsonl`. */
export interface Pair {
  /** File name in `images/`. */
  readonly image: string;
  readonly hypothesis: string;
  /** A caption that is true of the picture. */
  readonly premise: string | null;
  /** What the picture says of the hypothesis; the premise adds nothing. */
  readonly label: Verdict;
  /** The kind of sentence. */
  readonly kind: string;
  /** What each phrase of the hypothesis may speak of, in its order: places in the scene's `objects`. */
  readonly mentions: readonly (readonly number[])[];
}

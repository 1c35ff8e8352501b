import type { ByLabel } from '../model/engine.ts';

/** What the picture does to the sentence. */
export type Label = keyof ByLabel;

/** The answer to one question, in the API's shape. */
export interface Verdict {
  /** The class with the highest score. */
  readonly label: Label;
  /** The same in the model's own words. */
  readonly answer: 'yes' | 'no' | 'maybe';
  /** Probabilities; they sum to 1. */
  readonly scores: ByLabel;
  /** The file that was sent; pixels after the EXIF orientation. */
  readonly image: {
    readonly format: 'jpeg' | 'png';
    readonly width: number;
    readonly height: number;
  };
  readonly model: {
    readonly name: string;
    /** `sha256:` and the hash of the manifest's bytes. */
    readonly revision: string;
    readonly dtype: 'int8' | 'fp32';
  };
}

/** The model's word for each class. */
export const ANSWERS = { entailment: 'yes', neutral: 'maybe', contradiction: 'no' } as const;

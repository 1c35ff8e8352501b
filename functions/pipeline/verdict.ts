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
  /** Only where it was asked for. */
  readonly explanation?: Explanation;
}

/** Where in the picture the model looked when it answered. */
export interface Explanation {
  /** Rows and columns of the cells; they cover the whole picture, however it is shaped. */
  readonly grid: readonly [number, number];
  /**
   * Cross-attention of the decoder's answer to each cell, row-major: the mean over layers and heads, six significant
   * digits. The words of the prompt have the rest of the 1 that it would sum to.
   */
  readonly attention: readonly number[];
}

/** The model's word for each class. */
export const ANSWERS = { entailment: 'yes', neutral: 'maybe', contradiction: 'no' } as const;

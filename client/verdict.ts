import type { ErrorCode } from './error-codes.ts';

/** What a picture may do to a sentence. */
export const LABELS = ['entailment', 'neutral', 'contradiction'] as const;

/** What a picture does to a sentence. */
export type Label = (typeof LABELS)[number];

/** Where the model looked: its decoder's attention to the picture at the answer. */
export interface Explanation {
  /** Rows and columns of the grid over the picture. */
  readonly grid: readonly [rows: number, columns: number];
  /** A weight for each cell, row-major; their sum is at most 1. */
  readonly attention: readonly number[];
}

/** The answer to one question. */
export interface Verdict {
  /** The class with the highest score. */
  readonly label: Label;
  /** The same in the model's own words. */
  readonly answer: 'yes' | 'no' | 'maybe';
  /** Probabilities; they sum to 1. */
  readonly scores: Readonly<Record<Label, number>>;
  /** The file that was sent; pixels after the EXIF orientation. */
  readonly image: {
    readonly format: 'jpeg' | 'png';
    readonly width: number;
    readonly height: number;
  };
  readonly model: ModelName;
  /** Only when it was asked for. */
  readonly explanation?: Explanation;
}

/** Which model answered. */
export interface ModelName {
  readonly name: string;
  /** `sha256:` and the hash of the manifest's bytes. */
  readonly revision: string;
  readonly dtype: 'int8' | 'fp32';
}

/** Why one sentence of a batch has no verdict (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** A sentence for a person. */
  readonly detail: string;
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly request_id: string;
}

/** What an endpoint says of its model. */
export interface ModelDescription extends ModelName {
  /** What runs the first stage. */
  readonly vision: string;
  readonly state: 'ready';
  /** Pixels a side that the model sees. */
  readonly image: { readonly side: number };
  /** What is taken, and how much of the prompt the model reads. */
  readonly text: {
    readonly max_characters: number;
    readonly max_source_tokens: number;
  };
}

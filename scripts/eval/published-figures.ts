import type { Evaluation } from './evaluation.ts';

/** Accuracies that others have published for SNLI-VE, and how ours were measured. */
export interface PublishedFigures {
  readonly rows: readonly {
    readonly name: string;
    /** On the splits of that name, 0-1. */
    readonly validation: number;
    readonly test: number;
  }[];
  /** Our own, on whatever split the data is. */
  readonly here: { readonly name: string; readonly accuracy: number };
  /** What to know before comparing, a sentence each. */
  readonly differences: readonly string[];
}

/** Pairs in SNLI-VE's splits; fewer here means that a part was measured. */
const SPLITS = { validation: 17_858, test: 17_901 } as const;

/**
 * Gives the published accuracies that stand beside ours, when the data is SNLI-VE.
 *
 * @returns Null for other data.
 * @see arXiv 2206.14366 (the distilled models), arXiv 2202.03052 (OFA)
 */
export function publishedFigures(evaluation: PublishedInput): PublishedFigures | null {
  const { data, model, summary } = evaluation;
  if (!data.isSnliVe) return null;
  const { validation, test } = SPLITS;
  const whole = summary.pairs === validation || summary.pairs === test;
  const differences = [
    data.premises
      ? 'Published and here: with the premise (the caption beside the picture).'
      : 'Published with the premise (the caption beside the picture), here without: use --premise to compare.',
    ...(whole
      ? []
      : [
          `Published on ${validation} pairs (validation) and ${test} (test), here on ${summary.pairs}.`,
        ]),
    `Published in floating point with PyTorch, here ${model.name} in ${model.dtype} with WebAssembly.`,
  ];
  return {
    rows: [
      { name: 'OFA-tiny, distilled', validation: 0.87, test: 0.869 },
      { name: 'OFA-tiny, fine-tuned', validation: 0.853, test: 0.852 },
    ],
    here: { name: `${model.name}, ${model.dtype}`, accuracy: summary.accuracy },
    differences,
  };
}

/** The parts of an evaluation that matter here. */
type PublishedInput = Pick<Evaluation, 'data' | 'model'> & {
  readonly summary: { readonly pairs: number; readonly accuracy: number };
};

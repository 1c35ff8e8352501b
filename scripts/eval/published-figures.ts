import { percent } from './percent.ts';
import { type PublishedInput, publishedDifferences } from './published-differences.ts';
import type { PublishedModel } from './published-model.ts';

/** Accuracies that others have published for SNLI-VE, and how ours were measured. */
export interface PublishedFigures {
  readonly rows: readonly {
    readonly name: string;
    /** On the splits of that name, 0-1. */
    readonly validation: number;
    readonly test: number;
  }[];
  /** Our own, on whatever split the data is. */
  readonly here: {
    readonly name: string;
    readonly accuracy: number;
    /** 95 %, Wilson's. */
    readonly interval: readonly [low: number, high: number];
  };
  /** What came out, and what to know before comparing, a sentence each. */
  readonly differences: readonly string[];
}

const FIGURES: Readonly<Record<PublishedModel, PublishedFigures['rows'][number]>> = {
  distilled: { name: 'OFA-tiny, distilled', validation: 0.87, test: 0.869 },
  'fine-tuned': { name: 'OFA-tiny, fine-tuned', validation: 0.853, test: 0.852 },
};

/**
 * Gives the published accuracies that stand beside ours, when the data is SNLI-VE and the model is one of theirs.
 *
 * @returns Null for other data, and for models that the figures are not about.
 * @see arXiv 2206.14366 (the distilled models), arXiv 2202.03052 (OFA)
 */
export function publishedFigures(evaluation: PublishedInput): PublishedFigures | null {
  const { data, model, summary } = evaluation;
  if (!data.isSnliVe || evaluation.published === null) return null;
  return {
    rows: [FIGURES.distilled, FIGURES['fine-tuned']],
    here: {
      name: `${model.name}, ${model.dtype}`,
      accuracy: summary.accuracy,
      interval: summary.interval,
    },
    differences: [
      compare(evaluation, FIGURES[evaluation.published]),
      ...publishedDifferences(evaluation),
    ],
  };
}

function compare(
  { data: { file, split }, summary: { accuracy, interval } }: PublishedInput,
  published: PublishedFigures['rows'][number],
): string {
  if (split === null || split === 'train') {
    return `${file} names ${split === null ? 'no split' : 'the training split'}: published are validation and test, so no difference is taken.`;
  }
  const figure = published[split];
  const points = Math.abs(accuracy - figure) * 100;
  const way = accuracy < figure ? 'below' : 'above';
  const [low, high] = interval;
  const place = figure >= low && figure <= high ? 'inside' : 'outside';
  return `By its name ${file} is the ${split} split: ${percent(accuracy)} here is ${points.toFixed(1)} points ${way} the ${percent(figure)} of ${published.name}, which lies ${place} the 95 % interval.`;
}

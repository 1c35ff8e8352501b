import type { Evaluation } from '../../../scripts/eval/evaluation.ts';
import type { PublishedModel } from '../../../scripts/eval/published-model.ts';
import { summarise } from '../../../scripts/eval/summarise.ts';

/** What the data and the model are said to be. */
export interface SampleOptions {
  readonly isSnliVe?: boolean;
  readonly published?: PublishedModel | null;
}

/** Six pairs, two of them wrong: the fourth by a narrow margin, the fifth with certainty. */
export function sampleEvaluation({
  isSnliVe = false,
  published = null,
}: SampleOptions = {}): Evaluation {
  const rows = [
    ['rgb.png', 'a "red" <car> & a bird', 'entailment', 'entailment', 0.9],
    ['rgb.png', 'two birds', 'neutral', 'neutral', 0.8],
    ['wide.png', 'no bird', 'contradiction', 'contradiction', 0.7],
    ['grey.jpg', 'three birds', 'contradiction', 'neutral', 0.5],
    ['wide.png', '<script>alert(1)</script>', 'entailment', 'contradiction', 0.98],
    ['tall.png', 'a tree', 'entailment', 'entailment', 0.99],
  ] as const;
  const pairs = rows.map(([image, hypothesis, label], i) => ({
    image,
    hypothesis,
    premise: i === 4 ? 'a <b>bold</b> caption' : null,
    label,
    kind: i % 2 === 0 ? 'count' : 'colour',
    where: `rows.jsonl:${i + 1}`,
  }));
  const answers = rows.map(([, , , label, score]) => {
    const rest = (1 - score) / 2;
    const scores = { entailment: rest, neutral: rest, contradiction: rest, [label]: score };
    return { label, scores };
  });
  const judged = pairs.map(({ kind, label: truth }, i) => ({
    kind,
    truth,
    answer: answers[i]?.label ?? 'neutral',
    baseline: 'entailment' as const,
    against: truth,
  }));
  const revision = `sha256:${'ab'.repeat(32)}`;
  return {
    data: {
      file: 'rows.jsonl',
      split: null,
      leftOut: [
        { where: 'rows.jsonl:7', reason: 'no_gold_label', detail: null },
        { where: 'rows.jsonl:8', reason: 'no_picture', detail: 'no picture <b>.jpg' },
      ],
      isSnliVe,
      premises: false,
    },
    published,
    model: { name: 'sample', revision, dtype: 'int8' },
    against: { name: 'sample', revision: `sha256:${'cd'.repeat(32)}`, dtype: 'fp32' },
    pairs,
    answers,
    summary: summarise(judged),
  };
}

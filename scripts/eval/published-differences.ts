import type { Evaluation } from './evaluation.ts';

/** The parts of an evaluation that matter beside published figures. */
export type PublishedInput = Pick<Evaluation, 'data' | 'model' | 'published'> & {
  readonly summary: Pick<Evaluation['summary'], 'pairs' | 'accuracy' | 'interval'>;
};

/** Pairs in SNLI-VE's splits; fewer here means that a part was measured. */
const SPLIT_PAIRS = { validation: 17_858, test: 17_901 } as const;

/** Lists how our measurement differs from the published one, a sentence each. */
export function publishedDifferences(evaluation: PublishedInput): string[] {
  const { data, model, summary } = evaluation;
  const { validation, test } = SPLIT_PAIRS;
  const counts: readonly number[] =
    data.split === 'validation' || data.split === 'test'
      ? [SPLIT_PAIRS[data.split]]
      : [validation, test];
  const sentences = [
    data.premises
      ? 'Prompt: published and here with the premise (the caption beside the picture).'
      : 'Prompt: published with the premise (the caption beside the picture), here without: use --premise to compare.',
  ];
  if (!counts.includes(summary.pairs)) {
    sentences.push(
      `Pairs: published on ${validation} (validation) and ${test} (test), here on ${summary.pairs}.`,
    );
  }
  sentences.push(
    `Arithmetic: published in floating point with PyTorch on a GPU, here ${model.dtype} in WebAssembly${model.dtype === 'int8' ? '; convert with --dtype fp32 and use --against to see what int8 costs' : ''}.`,
    `Weights: ${model.name} is taken for the published checkpoint by its name or by --published; nothing here checks it.`,
    'Answer: published the likeliest of the three answers, each scored with its end token along a trie; here the softmax over their first tokens. Each is one token, so both choose the same.',
  );
  sentences.push(
    data.file.endsWith('.tsv')
      ? 'Pictures: decoded here by mozjpeg, there by Pillow: single levels of 255 can differ.'
      : "Pictures: Flickr30k's files, decoded by mozjpeg; published from OFA's TSV, decoded by Pillow. Use the TSV to compare with its own bytes and its lower-case sentences.",
  );
  return sentences;
}

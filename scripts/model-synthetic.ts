import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { syntheticStateDict } from './synthetic/state-dict.ts';
import { SYNTHETIC_SHAPES } from './synthetic/synthetic-shapes.ts';
import { writeCheckpoint } from './synthetic/write-checkpoint.ts';

const USAGE = 'npm run model:synthetic -- --out DIR --shape full|micro [--tokenizer DIR]';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      shape: { type: 'string' },
      tokenizer: { type: 'string' },
    },
  });
  const { out, shape, tokenizer } = values;
  if (out === undefined || (shape !== 'full' && shape !== 'micro')) {
    throw new Error(`cannot write a checkpoint: --out and --shape are needed\nusage: ${USAGE}`);
  }
  const config = SYNTHETIC_SHAPES[shape];
  const contents = { config, tensors: syntheticStateDict(config) };
  const vocabulary = tokenizer === undefined ? {} : { vocabulary: await readTokenizer(tokenizer) };
  const bar = new cliProgress.SingleBar({ format: 'pytorch_model.bin {bar} {percentage} %' });
  if (shape === 'full') bar.start(1, 0);
  try {
    await writeCheckpoint(out, { ...contents, ...vocabulary }, (done, total) => {
      bar.setTotal(total);
      bar.update(done);
    });
  } finally {
    // A running bar would keep the process alive.
    bar.stop();
  }
  console.log(`wrote a synthetic checkpoint (${shape}, not trained) to ${out}`);
}

async function readTokenizer(folder: string): Promise<{ vocabJson: string; mergesText: string }> {
  return {
    vocabJson: await readFile(join(folder, 'vocab.json'), 'utf8'),
    mergesText: await readFile(join(folder, 'merges.txt'), 'utf8'),
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

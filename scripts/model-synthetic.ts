import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createProgress } from './lib/progress.ts';
import { runCommand } from './lib/run-command.ts';
import { userPath } from './lib/user-path.ts';
import { syntheticStateDict } from './synthetic/state-dict.ts';
import { SYNTHETIC_SHAPES } from './synthetic/synthetic-shapes.ts';
import { writeCheckpoint } from './synthetic/write-checkpoint.ts';

const USAGE = 'npm run model:synthetic -- --out DIR --shape full|micro [--tokenizer DIR]';

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
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
  const vocabulary =
    tokenizer === undefined ? {} : { vocabulary: await readTokenizer(userPath(tokenizer)) };
  const progress = createProgress();
  try {
    await writeCheckpoint(userPath(out), { ...contents, ...vocabulary }, (done, total) => {
      progress.show('pytorch_model.bin', done, total);
    });
  } finally {
    progress.stop();
  }
  console.log(`wrote a synthetic checkpoint (${shape}, not trained) to ${out}`);
});

async function readTokenizer(folder: string): Promise<{ vocabJson: string; mergesText: string }> {
  return {
    vocabJson: await readFile(join(folder, 'vocab.json'), 'utf8'),
    mergesText: await readFile(join(folder, 'merges.txt'), 'utf8'),
  };
}

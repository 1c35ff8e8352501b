import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ModelConfig } from './convert/checkpoint/model-config.ts';
import { createProgress } from './lib/progress.ts';
import { runCommand } from './lib/run-command.ts';
import { userPath } from './lib/user-path.ts';
import { syntheticStateDict } from './synthetic/state-dict.ts';
import { SYNTHETIC_SHAPES, type SyntheticShape } from './synthetic/synthetic-shapes.ts';
import { writeCheckpoint } from './synthetic/write-checkpoint.ts';

const USAGE = `npm run model:synthetic -- --out DIR --shape ${Object.keys(SYNTHETIC_SHAPES).join('|')}
  [--layers N]       of encoder and decoder each, fewer than the shape has
  [--tokenizer DIR]  whose vocab.json and merges.txt are copied`;

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string' },
      shape: { type: 'string' },
      layers: { type: 'string' },
      tokenizer: { type: 'string' },
    },
  });
  const { out, shape, layers, tokenizer } = values;
  if (out === undefined || !isShape(shape)) {
    throw new Error(`cannot write a checkpoint: --out and --shape are needed\nusage: ${USAGE}`);
  }
  const config = withLayers(SYNTHETIC_SHAPES[shape], layers);
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

function isShape(name: string | undefined): name is SyntheticShape {
  return name !== undefined && Object.hasOwn(SYNTHETIC_SHAPES, name);
}

function withLayers(config: ModelConfig, layers: string | undefined): ModelConfig {
  if (layers === undefined) return config;
  const count = Number(layers);
  if (!(Number.isInteger(count) && count >= 1 && count <= config.encoderLayers)) {
    throw new Error(
      `cannot write a checkpoint: --layers ${layers}, a whole number of 1 to ${config.encoderLayers} is needed`,
    );
  }
  return { ...config, encoderLayers: count, decoderLayers: count };
}

async function readTokenizer(folder: string): Promise<{ vocabJson: string; mergesText: string }> {
  return {
    vocabJson: await readFile(join(folder, 'vocab.json'), 'utf8'),
    mergesText: await readFile(join(folder, 'merges.txt'), 'utf8'),
  };
}

import { parseArgs } from 'node:util';
import { createCodecs } from '../../wasm/create-codecs.ts';
import { nodeModules } from '../lib/node-modules.ts';
import { createProgress } from '../lib/progress.ts';
import { runCommand } from '../lib/run-command.ts';
import { userPath } from '../lib/user-path.ts';
import { prepareScenes } from './prepare-scenes.ts';

const USAGE = `node scripts/train/prepare.ts --scenes DIR --out DIR
  [--tokenizer DIR]         vocab.json and merges.txt to use; learnt from the sentences unless told
  [--vocabulary N]          tokens of a learnt vocabulary, at most; 2000 unless told
  [--side PX]               pixels a side of the model's input; 128 unless told
  [--max-source-length N]   tokens kept of a prompt; 64 unless told`;

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      scenes: { type: 'string' },
      out: { type: 'string' },
      tokenizer: { type: 'string' },
      vocabulary: { type: 'string', default: '2000' },
      side: { type: 'string', default: '128' },
      'max-source-length': { type: 'string', default: '64' },
    },
  });
  const { scenes, out, tokenizer } = values;
  if (scenes === undefined || out === undefined) {
    throw new Error(`cannot prepare: --scenes and --out are needed\nusage: ${USAGE}`);
  }
  const modules = await nodeModules();
  const progress = createProgress();
  try {
    await prepareScenes({
      scenes: userPath(scenes),
      out: userPath(out),
      tokenizer: tokenizer === undefined ? null : userPath(tokenizer),
      vocabularySize: Number(values.vocabulary),
      side: Number(values.side),
      maxSourceLength: Number(values['max-source-length']),
      codecs: createCodecs(modules),
      onProgress: progress.show,
    });
  } finally {
    progress.stop();
  }
  console.log(`prepared ${scenes} for training in ${out}`);
});
